using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>PATCH /templates/{id}: what is given changes in the draft, everything else stays. What is published stays as it is.</summary>
public static class ChangeTemplate
{
    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteTemplates).Accepts<TemplateRequest>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413);

    public static async Task<Results<Ok<TemplateResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<TemplateRequest> request = await TemplateRequest.ReadAsync(http, ct);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<StoredTemplate> changed = await setup.ChangeAsync(project.Id, id, request.Value.WantedKey, request.Value.Revision, draft => request.Value.Apply(draft), ct);
        return changed.IsSuccess ? TypedResults.Ok(TemplateResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
