using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>DELETE /templates/{id}: calls that name it are refused from now on; what was accepted is sent.</summary>
public static class RemoveTemplate
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteTemplates).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<StoredTemplate> removed = await setup.RemoveAsync(project.Id, id, ct);
        return removed.IsSuccess ? TypedResults.Ok(new Response("template", removed.Value.Id.ToString(), Deleted: true)) : removed.Failure.ToApiError();
    }
}
