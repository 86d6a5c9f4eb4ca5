using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /templates: the project's own, then those of the built-in set that it has not replaced; each in the order of keys, by pages.</summary>
public static class ListTemplates
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapGet("/", Handle).RequireScope(Scopes.ReadTemplates);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<TemplateSummary> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page, or the key of a built-in template, which has no id: what follows.</param>
    /// <param name="before">The first id of this page, or key: the page before.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, TemplateSetup setup, TemplateCatalog builtIn, CancellationToken ct, string? limit = null, string? after = null, string? before = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        if (after is not null && before is not null) return Failure.Field("before", "cannot be used together with `after`.").ToApiError();

        IReadOnlyList<(Guid Id, string Key)> own = await setup.NamesAsync(project.Id, ct);
        HashSet<string> keys = [.. own.Select(template => template.Key)];
        (Guid? Id, string Key)[] all = [.. own.Select(template => ((Guid?)template.Id, template.Key)), .. builtIn.All.Where(template => !keys.Contains(template.Key)).Select(template => ((Guid?)null, template.Key))];
        int mark = (after ?? before) is { } name ? Array.FindIndex(all, template => template.Key == name || (Guid.TryParse(name, out Guid id) && template.Id == id)) : -1;
        if (mark < 0 && (after ?? before) is not null) return Failure.Field(after is null ? "before" : "after", "must be the id or the key of a template in the list.").ToApiError();
        int to = before is null ? Math.Min(mark + 1 + count, all.Length) : mark, from = before is null ? mark + 1 : Math.Max(0, mark - count);

        IReadOnlyDictionary<Guid, StoredTemplate> stored = await setup.FindAsync(project.Id, [.. all[from..to].Select(template => template.Id).OfType<Guid>()], ct);
        IEnumerable<TemplateSummary?> page = all[from..to].Select(template => template.Id is not { } id ? TemplateSummary.Of(builtIn.Find(template.Key)!)
            : stored.TryGetValue(id, out StoredTemplate? one) ? TemplateSummary.Of(one) : null); // null where it was removed meanwhile
        return TypedResults.Ok(new Response("list", before is null ? to < all.Length : from > 0, [.. page.OfType<TemplateSummary>()]));
    }
}
