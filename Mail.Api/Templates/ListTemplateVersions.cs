using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /templates/{id}/versions and /versions/{version}: what was published, the newest first.</summary>
public static class ListTemplateVersions
{
    public static void Map(IEndpointRouteBuilder templates)
    {
        templates.MapGet("/{id}/versions", ListAsync).WithSummary("List template versions").RequireScope(Scopes.ReadTemplates).ProducesApiError(404);
        templates.MapGet("/{id}/versions/{version:int}", GetAsync).WithSummary("Get template version").RequireScope(Scopes.ReadTemplates).ProducesApiError(404);
    }

    public sealed record Summary(int Version, string? Note, bool IsPublished, DateTimeOffset CreatedAt);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<Summary> Data);

    /// <param name="Html">As compiled.</param>
    /// <param name="Text">As written, or as generated from the HTML.</param>
    public sealed record VersionResponse(string Object, int Version, string? Note, DateTimeOffset CreatedAt, TemplateSource Source, string Html, string Text);

    public static async Task<Results<Ok<Response>, ApiError>> ListAsync(string id, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<StoredTemplate> found = await setup.FindAsync(project.Id, id, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        Result<StoredVersion[]> versions = await setup.VersionsAsync(project.Id, id, ct);
        if (!versions.IsSuccess) return versions.Failure.ToApiError();
        return TypedResults.Ok(new Response("list", false, [.. versions.Value.Select(one => new Summary(one.Version, one.Note, one.Version == found.Value.PublishedVersion, one.CreatedAt))]));
    }

    public static async Task<Results<Ok<VersionResponse>, ApiError>> GetAsync(string id, int version, CurrentProject project, TemplateSetup setup, CancellationToken ct)
    {
        Result<StoredVersion> found = await setup.VersionAsync(project.Id, id, version, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        StoredVersion one = found.Value;
        return TypedResults.Ok(new VersionResponse("template_version", one.Version, one.Note, one.CreatedAt, one.Source, one.Html, one.Text));
    }
}
