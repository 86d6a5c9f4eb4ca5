using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /templates/{id}/diff?from=1&amp;to=2: what differs, file by file, as a unified diff. `to` is the draft when it is not given, `from` what is published.</summary>
public static class CompareTemplateVersions
{
    public static void Map(IEndpointRouteBuilder templates) => templates.MapGet("/{id}/diff", Handle).RequireScope(Scopes.ReadTemplates).ProducesApiError(404);

    /// <param name="Status">`added`, `removed` or `changed`.</param>
    public sealed record FileDiff(string File, string Status, string Diff);

    public sealed record Response(string Object, string From, string To, IReadOnlyList<FileDiff> Files);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, int? from, int? to, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<StoredTemplate> found = await setup.FindAsync(project.Id, id, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        from ??= found.Value.PublishedVersion;
        Result<TemplateSource?> before = from is { } first ? await SourceAsync(first) : (TemplateSource?)null;
        if (!before.IsSuccess) return before.Failure.ToApiError();
        Result<TemplateSource?> after = to is { } second ? await SourceAsync(second) : found.Value.Draft;
        if (!after.IsSuccess) return after.Failure.ToApiError();
        string key = found.Value.Key;
        IReadOnlyList<FileDiff> files = [.. FolderDiff.Of(before.Value is null ? [] : TemplateFolder.Write(key, before.Value), TemplateFolder.Write(key, after.Value!)).Select(file => new FileDiff(file.Name, file.Status, file.Text))];
        return TypedResults.Ok(new Response("template_diff", from is { } old ? $"v{old}" : "nothing", to is { } next ? $"v{next}" : "draft", files));

        async Task<Result<TemplateSource?>> SourceAsync(int version)
        {
            Result<StoredVersion> one = await setup.VersionAsync(project.Id, id, version, ct);
            return one.IsSuccess ? one.Value.Source : one.Failure;
        }
    }
}
