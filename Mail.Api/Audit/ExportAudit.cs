using System.Globalization;
using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Audit;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Audit;

/// <summary>GET /audit-log/export: the log as a CSV file, written as it is read, however long it is.</summary>
public static class ExportAudit
{
    public static void Map(IEndpointRouteBuilder audit) => audit.MapGet("/export", Handle).RequireScope(Scopes.ReadAudit).Produces<string>(contentType: "text/csv");

    /// <param name="action">An action (`relay.change`), or all of a kind (`relay`).</param>
    /// <param name="actorId">A member's or a key's id.</param>
    /// <param name="subjectId">The id of what was changed.</param>
    /// <param name="since">From this time on.</param>
    /// <param name="until">Before this time.</param>
    public static async Task<IResult> Handle(
        HttpContext http, CurrentProject project, AuditLog log, CancellationToken ct, string? action = null,
        [FromQuery(Name = "actor_id")] string? actorId = null, [FromQuery(Name = "subject_id")] string? subjectId = null, string? since = null, string? until = null)
    {
        Result<AuditFilter> filter = AuditRequests.Filter(action, actorId, subjectId, since, until, after: null);
        if (!filter.IsSuccess) return filter.Failure.ToApiError();
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"audit-log.csv\"";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await using StreamWriter writer = new(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync("at,actor_kind,actor_id,actor,ip,action,subject_id,outcome,before,after".AsMemory(), ct);
        await foreach (AuditEntry entry in log.ReadAsync(project.Id, filter.Value, int.MaxValue, ct))
        {
            await writer.WriteLineAsync(Csv.Line(
                entry.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), entry.ActorKind.StoredName(), entry.ActorId?.ToString(), entry.ActorName, entry.Client,
                entry.Action, entry.SubjectId, entry.Status is null ? "unknown" : "done", entry.Before, entry.After).AsMemory(), ct);
        }

        return Results.Empty;
    }
}
