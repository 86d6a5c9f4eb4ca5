using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Templates.Environments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Templates;

/// <summary>GET /templates/export: all templates and layouts of the project as the files of a folder; with `Accept: application/zip` as an archive.</summary>
public static class ExportTemplates
{
    public static void Map(IEndpointRouteBuilder templates) =>
        templates.MapGet("/export", Handle).RequireScope(Scopes.ReadTemplates).Produces<Response>().ProducesApiError(413);

    /// <param name="State">Of the project at this moment.</param>
    /// <param name="Files">By path the text of each file.</param>
    public sealed record Response(string Object, string State, IReadOnlyDictionary<string, string> Files);

    /// <param name="published">True for what messages take, in place of the drafts.</param>
    public static async Task<Results<Ok<Response>, FileContentHttpResult, ApiError>> Handle(HttpRequest http, bool? published, CurrentProject project, TemplateEnvironments environments, CancellationToken ct)
    {
        Result<(string State, IReadOnlyDictionary<string, string> Files)> export = await environments.ExportAsync(project.Id, published == true, ct);
        if (!export.IsSuccess) return export.Failure.ToApiError();
        return http.Headers.Accept.ToString().Contains("application/zip", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.File(FolderArchive.Write(export.Value.Files), "application/zip", "templates.zip")
            : TypedResults.Ok(new Response("template_export", export.Value.State, export.Value.Files));
    }
}
