using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Reservations;

/// <summary>How a project's trips go.</summary>
/// <param name="Pending">Requests that wait for an answer.</param>
/// <param name="Overdue">Of those, whose time is up: 0, or the worker does not run.</param>
/// <param name="AcceptanceRate">Accepted among those that were answered or expired, 0 to 1; null without any.</param>
/// <param name="MailsToday">Since midnight, UTC.</param>
/// <param name="MailsRefusedToday">Those that could not go: a suppressed address, a template that needs more.</param>
public sealed record ReservationFigures(
    long Pending, long Overdue, long Requested, long Accepted, long Refused, long Expired, long Cancelled, long Removed, long OffersCancelled, double? AcceptanceRate, long MailsToday, long MailsRefusedToday);

/// <summary>Counts.</summary>
public sealed class ReservationStatistics(NpgsqlDataSource dataSource, TimeProvider clock)
{
    /// <param name="since">What happened from then on; what waits is counted whenever it came.</param>
    public async Task<ReservationFigures> CountAsync(ProjectId project, bool isTest, DateTimeOffset since, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (long pending, long overdue) = await TwoAsync(OfferSql.CountPending, project, isTest, now, ct);
        (long mails, long refusedMails) = await TwoAsync(OfferSql.CountMails, project, isTest, new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), ct);
        Dictionary<string, long> events = [];
        await using NpgsqlCommand command = dataSource.CreateCommand(OfferSql.CountEvents);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(since.UtcDateTime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) events[reader.GetString(0)] = reader.GetInt64(1);
        long accepted = Of(OfferEvent.Accepted), refused = Of(OfferEvent.Refused), expired = Of(OfferEvent.Expired), settled = accepted + refused + expired;
        return new ReservationFigures(
            pending, overdue, Of(OfferEvent.Requested), accepted, refused, expired, Of(OfferEvent.Cancelled), Of(OfferEvent.Removed), Of(OfferEvent.OfferCancelled),
            settled == 0 ? null : (double)accepted / settled, mails, refusedMails);

        long Of(OfferEvent what) => events.GetValueOrDefault(StateNames.Of(what));
    }

    private async Task<(long, long)> TwoAsync(string sql, ProjectId project, bool isTest, DateTimeOffset at, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, null);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(at.UtcDateTime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
