using Mail.Core.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Alerts;

/// <summary>
/// Looks how much of each project's mail bounced or was called spam in the last 24 hours, of what was sent in them or on an average day of the week, if that is more; out of what is counted by hour anyway. What was counted in an hour belongs to that whole hour, so a day is
/// 23 to 24 hours of it. Mail of test keys is in none of the counts.
/// </summary>
internal sealed class RateWatch(NpgsqlDataSource dataSource, IAlerts alerts, IOptions<AlertOptions> options, TimeProvider clock)
{
    private const int DaysCompared = 7;

    public async Task LookAsync(CancellationToken ct)
    {
        AlertOptions wanted = options.Value;
        DateTimeOffset now = clock.GetUtcNow();
        // A look that comes late, or the next host's, shall find it standing.
        DateTimeOffset ends = now + (wanted.StaleAfter > 3 * wanted.RatesLookEvery ? wanted.StaleAfter : 3 * wanted.RatesLookEvery);
        await using NpgsqlCommand command = dataSource.CreateCommand(AlertSql.Rates);
        command.Parameters.AddTyped(now.AddDays(-1).UtcDateTime).AddTyped(now.AddDays(-DaysCompared).UtcDateTime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            ProjectId project = new(reader.GetGuid(0));
            (long sent, long bounced, long complained, long sentInWeek, long bouncedInWeek) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5));
            (bool bouncesStand, bool complaintsStand) = (reader.GetBoolean(6), reader.GetBoolean(7));
            long all = Of(sent + bounced, sentInWeek + bouncedInWeek), written = Of(sent, sentInWeek); // a bounce that was reported after it was sent counts in both: the rate is never told too high
            Tell(new AlertKey(project, AlertKind.BounceRate, ""), all >= wanted.BounceRateLeast && bounced > Limit(wanted.BounceRate, bouncesStand) * all, bouncesStand, bounced, all, ends);
            Tell(new AlertKey(project, AlertKind.ComplaintRate, ""), complained >= wanted.ComplaintRateLeast && complained > Limit(wanted.ComplaintRate, complaintsStand) * written, complaintsStand, complained, written, ends);
        }
    }

    /// <summary>Complaints and late bounces come days after their mail: measured by a quiet day alone, three of a list of 50,000 would be a hundred percent.</summary>
    private static long Of(long inDay, long inWeek) => Math.Max(inDay, (inWeek + DaysCompared - 1) / DaysCompared);

    /// <summary>What stands ends clearly below the limit, so that a rate beside it does not come and go with each mail.</summary>
    private static double Limit(double rate, bool stands) => stands ? 0.8 * rate : rate;

    private void Tell(AlertKey key, bool isAbove, bool stands, long count, long all, DateTimeOffset ends)
    {
        if (isAbove) alerts.Raise(key, new AlertFacts { Used = count, Limit = all }, times: stands ? 0 : 1, endsAt: ends); // all hosts look: it happened once
        else if (stands) alerts.Resolve(key);
    }
}
