using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Suppressions;

/// <summary>GET /suppressions/export: the list as a CSV file, which the import takes back as it is. Written as it is read, however long it is.</summary>
public static class ExportSuppressions
{
    public static void Map(IEndpointRouteBuilder suppressions) => suppressions.MapGet("/export", Handle).RequireScope(Scopes.ReadSuppressions).Produces<string>(contentType: "text/csv");

    /// <param name="email">Part of the address.</param>
    /// <param name="reason">Such as `hard_bounce`.</param>
    /// <param name="topicId">Entries about this topic.</param>
    public static async Task<IResult> Handle(HttpContext http, CurrentProject project, SuppressionList list, CancellationToken ct, string? email = null, string? reason = null, [FromQuery(Name = "topic_id")] string? topicId = null)
    {
        Result<SuppressionFilter> filter = ListSuppressions.Filter(null, null, null, email, reason, topicId);
        if (!filter.IsSuccess) return filter.Failure.ToApiError();
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"suppressions.csv\"";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await using StreamWriter writer = new(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await foreach (string line in SuppressionCsv.LinesAsync(list.ExportAsync(project.Id, filter.Value, ct))) await writer.WriteLineAsync(line.AsMemory(), ct);
        return Results.Empty;
    }
}
