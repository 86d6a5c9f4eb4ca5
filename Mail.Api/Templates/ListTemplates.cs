using Mail.Api.Access;
using Mail.Core.Projects;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /templates: the project's own, then those of the built-in set that it has not replaced.</summary>
public static class ListTemplates
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapGet("/", Handle).RequireScope(Scopes.ReadTemplates);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<TemplateSummary> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, TemplateSetup setup, TemplateCatalog builtIn, CancellationToken ct)
    {
        IReadOnlyList<StoredTemplate> own = await setup.ListAsync(project.Id, ct);
        HashSet<string> keys = [.. own.Select(template => template.Key)];
        IEnumerable<TemplateSummary> others = builtIn.All.Where(template => !keys.Contains(template.Key)).Select(TemplateSummary.Of);
        return TypedResults.Ok(new Response("list", false, [.. own.Select(TemplateSummary.Of), .. others]));
    }
}
