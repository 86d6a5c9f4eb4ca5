using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>POST /templates/{id}/rollback: messages take an earlier version again. The draft stays as it is.</summary>
public static class RollBackTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapPost("/{id}/rollback", Handle).RequireScope(Scopes.WriteTemplates).Accepts<Request>("application/json").ProducesApiError(404);

    /// <param name="Version">One of the versions of GET /templates/{id}/versions.</param>
    public sealed record Request(int? Version);

    public static async Task<Results<Ok<TemplateResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.RollBackTemplateRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Version is not { } version) return Failure.Missing("version").ToApiError();
        Result<StoredTemplate> changed = await setup.RollBackAsync(project.Id, id, version, ct);
        return changed.IsSuccess ? TypedResults.Ok(TemplateResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
