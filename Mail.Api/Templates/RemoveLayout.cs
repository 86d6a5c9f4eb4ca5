using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>DELETE /template-layouts/{key}: versions that were published with it stay as they are. Without its own `_layout` a project uses the built-in one.</summary>
public static class RemoveLayout
{
    public static void Map(IEndpointRouteBuilder layouts) => layouts.MapDelete("/{key}", Handle).RequireScope(Scopes.WriteTemplates).ProducesApiError(404);

    public sealed record Response(string Object, string Key, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string key, CurrentProject project, LayoutStore layouts, CancellationToken ct) =>
        SourceRules.ProblemWithLayoutKey(key) is null && await layouts.RemoveAsync(project.Id, key, ct) ? TypedResults.Ok(new Response("template_layout", key, Deleted: true)) : Failure.NotFound("Layout").ToApiError();
}
