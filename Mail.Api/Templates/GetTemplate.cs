using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /templates/{id}: the draft and its state, by id or key; one of the built-in set where the project has none of that key.</summary>
public static class GetTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapGet("/{id}", Handle).RequireScope(Scopes.ReadTemplates).ProducesApiError(404);

    public static async Task<Results<Ok<TemplateResponse>, ApiError>> Handle(string id, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<StoredTemplate> found = await setup.FindAsync(project.Id, id, ct);
        if (found.IsSuccess) return TypedResults.Ok(TemplateResponse.Of(found.Value));
        return BuiltInSources.Template(id) is { } builtIn ? TypedResults.Ok(TemplateResponse.Of(id, builtIn)) : found.Failure.ToApiError();
    }
}
