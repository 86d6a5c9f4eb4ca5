using Mail.Api.Access;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /template-layouts: the project's own, and the built-in one that it has not replaced.</summary>
public static class ListLayouts
{
    public static void Map(IEndpointRouteBuilder layouts) => layouts.MapGet("/", Handle).RequireScope(Scopes.ReadTemplates);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<LayoutResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, LayoutStore layouts, CancellationToken ct)
    {
        IReadOnlyDictionary<string, LayoutSource> own = await layouts.ListAsync(project.Id, ct);
        List<LayoutResponse> all = [.. own.Select(layout => LayoutResponse.Of(layout.Key, layout.Value, builtIn: false))];
        if (!own.ContainsKey(BuiltInSources.LayoutKey)) all.Add(LayoutResponse.Of(BuiltInSources.LayoutKey, BuiltInSources.Layout(BuiltInSources.LayoutKey)!, builtIn: true));
        return TypedResults.Ok(new Response("list", false, all));
    }
}
