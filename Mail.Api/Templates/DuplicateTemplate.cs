using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>POST /templates/{id}/duplicate: a new draft that begins as a copy, also of one of the built-in set.</summary>
public static class DuplicateTemplate
{
    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapPost("/{id}/duplicate", Handle).RequireScope(Scopes.WriteTemplates).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409);

    /// <param name="Key">Of the copy. A copy of a built-in template may keep its key: it then takes its place in this project.</param>
    /// <param name="Name">Of the copy; that of the original when it is not given.</param>
    public sealed record Request(string? Key, string? Name);

    public static async Task<Results<Created<TemplateResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.DuplicateTemplateRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Key is not { } key) return Failure.Missing("key").ToApiError();
        Result<StoredTemplate> found = await setup.FindAsync(project.Id, id, ct);
        if ((found.IsSuccess ? found.Value.Draft : BuiltInSources.Template(id)) is not { } source) return found.Failure!.ToApiError();
        Result<StoredTemplate> added = await setup.AddAsync(project.Id, key, source with { Name = request.Value.Name ?? source.Name }, ct);
        return added.IsSuccess ? TypedResults.Created($"/templates/{added.Value.Id}", TemplateResponse.Of(added.Value)) : added.Failure.ToApiError();
    }
}
