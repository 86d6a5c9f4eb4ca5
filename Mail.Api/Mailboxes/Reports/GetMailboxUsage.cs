using System.Globalization;
using System.Text;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Usage;
using Mail.Core.Projects;

namespace Mail.Api.Mailboxes.Reports;

/// <summary>GET /mailboxes/usage: what is to be billed for a month, by mailbox, as JSON or CSV.</summary>
public static class GetMailboxUsage
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapGet("/usage", Handle).RequireScope(Scopes.AdministerMailboxes).Produces<Response>().Produces<string>(contentType: "text/csv")
        .WithSummary("Get the metered usage of a month").WithDescription("Months and days are UTC. A month that is not over is told as far as it is.");

    /// <param name="Final">Whether the month is over: its numbers change no more but for bounces that come late.</param>
    public sealed record Response(string Object, string ProjectId, string Month, bool Final, TotalFacts Total, IReadOnlyList<Line> Data);

    /// <param name="Mailboxes">That were there on any day of the month.</param>
    /// <param name="MailboxDays">Their days together.</param>
    public sealed record TotalFacts(int Mailboxes, long MailboxDays, long Sent, long Refused, long Bounced);

    /// <param name="Days">On which it was there, wholly or in part; also suspended.</param>
    /// <param name="Sent">Recipients that were reached by mails of its address.</param>
    public sealed record Line(string Id, string Email, string User, string Provider, string Status, DateTimeOffset ActiveAt, DateTimeOffset? EndedAt, int Days, long Sent, long Refused, long Bounced);

    /// <param name="month">Such as `2026-11`; the current one without it.</param>
    /// <param name="format">`json` or `csv`.</param>
    public static async Task<IResult> Handle(HttpContext http, CurrentProject project, MailboxMeter meter, TimeProvider clock, CancellationToken ct, string? month = null, string? format = null)
    {
        DateTime now = clock.GetUtcNow().UtcDateTime;
        DateOnly first = new(now.Year, now.Month, 1);
        if (month is not null && (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out first) || first.Year < 2000 || first > DateOnly.FromDateTime(now)))
            return Failure.Field("month", "must be a month such as `2026-11`, and not one to come.").ToApiError();
        if (format is not (null or "json" or "csv")) return Failure.Field("format", "must be `json` or `csv`.").ToApiError();
        IReadOnlyList<MeteredMailbox> lines = await meter.ReadAsync(project.Id, first, ct);
        http.Response.Headers.CacheControl = "private, no-store";
        string name = first.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        if (format == "csv") return TypedResults.File(Encoding.UTF8.GetBytes(CsvOf(project, name, lines)), "text/csv; charset=utf-8", $"mailboxes-{name}.csv");
        return TypedResults.Ok(new Response(
            "mailbox_usage", project.Id.ToString(), name, first.AddMonths(1) <= DateOnly.FromDateTime(now),
            new TotalFacts(lines.Count, lines.Sum(line => (long)line.Days), lines.Sum(line => line.Sent), lines.Sum(line => line.Refused), lines.Sum(line => line.Bounced)),
            [.. lines.Select(line => new Line(line.Id.ToString(), line.Address, line.Owner, line.Provider, line.State, line.ActiveAt, line.EndedAt, line.Days, line.Sent, line.Refused, line.Bounced))]));
    }

    private static string CsvOf(CurrentProject project, string month, IReadOnlyList<MeteredMailbox> lines)
    {
        StringBuilder csv = new("project_id,month,mailbox_id,email,user,provider,status,active_at,ended_at,days,sent,refused,bounced\r\n");
        foreach (MeteredMailbox line in lines)
        {
            csv.Append(Csv.Line(
                project.Id.ToString(), month, line.Id.ToString(), line.Address, line.Owner, line.Provider, line.State, Time(line.ActiveAt), Time(line.EndedAt), Text(line.Days), Text(line.Sent), Text(line.Refused), Text(line.Bounced))).Append("\r\n");
        }

        return csv.ToString();
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
