using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /template-layouts/{key}</summary>
public static class GetLayout
{
    public static void Map(IEndpointRouteBuilder layouts) => layouts.MapGet("/{key}", Handle).RequireScope(Scopes.ReadTemplates).ProducesApiError(404);

    public static async Task<Results<Ok<LayoutResponse>, ApiError>> Handle(string key, CurrentProject project, LayoutStore layouts, CancellationToken ct)
    {
        if (SourceRules.ProblemWithLayoutKey(key) is not null) return Failure.NotFound("Layout").ToApiError();
        if (await layouts.FindAsync(project.Id, key, ct) is { } own) return TypedResults.Ok(LayoutResponse.Of(key, own, builtIn: false));
        return BuiltInSources.Layout(key) is { } builtIn ? TypedResults.Ok(LayoutResponse.Of(key, builtIn, builtIn: true)) : Failure.NotFound("Layout").ToApiError();
    }
}
