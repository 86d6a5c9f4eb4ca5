using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Mail.Api.Suppressions;

/// <summary>
/// POST /suppressions/import: a CSV file, as the body (text/csv) or as the first file of a form (multipart/form-data). It is read as it comes; wrong lines are
/// told with their numbers and the others are taken.
/// </summary>
public static class ImportSuppressions
{
    private const int LargestFile = 512 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder suppressions) =>
        suppressions.MapPost("/import", Handle).RequireScope(Scopes.WriteSuppressions).WithMetadata(new RequestSizeLimitAttribute(LargestFile)).Accepts<string>("text/csv", "multipart/form-data", "*/*")
            .ProducesApiError(413);

    /// <param name="Lines">With an address, right or wrong.</param>
    /// <param name="Known">Of the right ones, how many stood there before.</param>
    /// <param name="Errors">The first 1,000 wrong lines.</param>
    public sealed record Response(string Object, long Lines, long Added, long Known, long Refused, IReadOnlyList<SuppressionImportProblem> Errors);

    /// <param name="reason">Of lines that name none; `manual` without it.</param>
    /// <param name="topicId">Of lines that name none.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        HttpRequest http, CurrentProject project, SuppressionImport import, CancellationToken ct, string? reason = null, [FromQuery(Name = "topic_id")] string? topicId = null)
    {
        if (SuppressionRequest.Refusal(project) is { } refusal) return refusal.ToApiError();
        SuppressionReason why = SuppressionReason.Manual;
        if (!string.IsNullOrEmpty(reason) && !SuppressionReasons.TryParse(reason, out why)) return Failure.Field("reason", SuppressionRequest.ReasonProblem).ToApiError();
        if (!string.IsNullOrEmpty(topicId) && !why.MayHaveTopic()) return Failure.Field("topic_id", $"cannot be set for the reason `{why.Name()}`, which is about all mail.").ToApiError();
        if (!string.IsNullOrEmpty(topicId) && Topics.Problem(topicId) is { } problem) return Failure.Field("topic_id", problem).ToApiError();
        Result<Stream> file = await FileAsync(http, ct);
        if (!file.IsSuccess) return file.Failure.ToApiError();

        // By its byte order mark, else UTF-8; what is neither becomes characters that no address has.
        using StreamReader text = new(file.Value, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        SuppressionImportReport report = await import.ReadAsync(project.Id, text, why, topicId ?? "", ct);
        return TypedResults.Ok(new Response("suppression_import", report.Lines, report.Added, report.Known, report.Refused, report.Problems));
    }

    private static async Task<Result<Stream>> FileAsync(HttpRequest http, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(http.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return http.ContentType is null || type?.Type.Equals("text", StringComparison.OrdinalIgnoreCase) == true || type?.MediaType.Value is "application/csv" or "application/vnd.ms-excel" or "application/octet-stream"
                ? http.Body
                : new Failure(FailureKind.Malformed, "validation_error", "Send the file as the body, with the header Content-Type: text/csv, or in a form (multipart/form-data).");
        }

        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "";
        if (boundary.Length is 0 or > 128) return new Failure(FailureKind.Malformed, "validation_error", "The form has no boundary, or one that is too long.");
        MultipartReader form = new(boundary, http.Body) { BodyLengthLimit = LargestFile };
        try
        {
            while (await form.ReadNextSectionAsync(ct) is { } section)
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) && disposition.IsFileDisposition()) return section.Body;
        }
        catch (InvalidDataException e)
        {
            return new Failure(FailureKind.Malformed, "validation_error", $"The form cannot be read: {e.Message}");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return new Failure(FailureKind.Malformed, "validation_error", "The form ends before it is complete.");
        }

        return Failure.Missing("file");
    }
}
