using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Invitations;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Invitations;

/// <summary>Candidates as CSV files: as the body (text/csv), or the first file of a form.</summary>
public static class CandidateFiles
{
    private const int LargestFile = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder candidates)
    {
        candidates.MapPost("/import", ImportAsync).RequireScope(Scopes.WriteInvitations).WithMetadata(new RequestSizeLimitAttribute(LargestFile)).Accepts<string>("text/csv", "multipart/form-data", "*/*").DisableAntiforgery()
            .ProducesApiError(404).ProducesApiError(413).WithSummary("Import candidates")
            .WithDescription("The first line names the columns: application_id, email, and perhaps name, locale, time_zone. Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252. Right rows are taken, wrong ones told with row and column. The same file again changes nothing.");
        candidates.MapGet("/export", ExportAsync).RequireScope(Scopes.ReadInvitations).Produces<string>(contentType: "text/csv").ProducesApiError(404).WithSummary("Export candidates");
    }

    /// <param name="Rows">Of candidates, right or wrong.</param>
    /// <param name="Refused">Wrong ones.</param>
    /// <param name="Errors">The first thousand; rows as a program for tables counts them, the line of names being 1.</param>
    public sealed record Response(string Object, bool DryRun, int Rows, int Added, int Changed, int Unchanged, int Refused, IReadOnlyList<CandidateProblem> Errors);

    /// <param name="dryRun">`true` to hear what would come of it, and store nothing.</param>
    public static async Task<Results<Ok<Response>, ApiError>> ImportAsync(
        string id, HttpRequest http, CurrentProject project, InvitationStore store, CandidateImport import, CancellationToken ct, [FromQuery(Name = "dry_run")] string? dryRun = null)
    {
        if (dryRun is not (null or "true" or "false")) return Failure.Field("dry_run", "must be true or false.").ToApiError();
        if (await Campaigns.FindAsync(id, project, store, ct) is not { } campaign) return Campaigns.NotFound;
        Result<byte[]> file = await FileAsync(http, ct);
        if (!file.IsSuccess) return file.Failure.ToApiError();
        string text = CsvText.Decode(file.Value);
        if (text.Contains('\0', StringComparison.Ordinal)) return Failure.Field("file", "is no text: it holds NUL characters.").ToApiError();
        Result<CandidateReport> report = await import.ReadAsync(campaign, text, dryRun == "true", InvitationPages.Cause(project) with { Via = "import" }, ct);
        return report.IsSuccess
            ? TypedResults.Ok(new Response("candidate_import", dryRun == "true", report.Value.Rows, report.Value.Added, report.Value.Changed, report.Value.Unchanged, report.Value.Refused, report.Value.Problems))
            : report.Failure.ToApiError();
    }

    public static async Task<IResult> ExportAsync(string id, HttpContext http, CurrentProject project, InvitationStore store, CampaignReader reader, CancellationToken ct)
    {
        if (await Campaigns.FindAsync(id, project, store, ct) is not { } campaign) return Campaigns.NotFound;
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"candidates.csv\"";
        http.Response.Headers.CacheControl = "private, no-store";
        // With a byte order mark, by which programs for tables know the encoding; our import takes it off again.
        await using StreamWriter writer = new(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await foreach (string line in reader.ExportAsync(campaign, ct)) await writer.WriteLineAsync(line.AsMemory(), ct);
        return Results.Empty;
    }

    private static async Task<Result<byte[]>> FileAsync(HttpRequest http, CancellationToken ct)
    {
        if (!http.HasFormContentType) return await JsonBody.ReadBytesAsync(http, ct);
        if (await PublicPage.FormAsync(http, ct) is not { } form) return new Failure(FailureKind.Malformed, "validation_error", "The form cannot be read.");
        if (form.Files is not [{ } first, ..]) return Failure.Missing("file");
        using MemoryStream file = new();
        await first.CopyToAsync(file, ct);
        return file.ToArray();
    }
}
