using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mail.Core.Common;

namespace Mail.Core.Workers;

/// <summary>
/// What stands in the database and is therefore the same whoever asks: gauges, on the meter `Mail`. Each host tells what it saw last, so take the largest of all hosts
/// (`max by`), never the sum. What was seen too long ago is told no more: an old figure looks like a good one.
/// </summary>
internal static class SystemMetrics
{
    private static readonly TimeSpan _valid = TimeSpan.FromSeconds(90);

    private static volatile Seen? _seen;

    private static readonly Instrument[] _all =
    [
        Longs("mail.queue.depth", "{delivery}", "Recipients that wait, by lane and why: due, parked, later, sending. Counted up to 100,000 each.", seen => seen.State.Queue.SelectMany(lane => (Measurement<long>[])
            [Of(lane.Due, lane.Lane, "due"), Of(lane.Parked, lane.Lane, "parked"), Of(lane.Later, lane.Lane, "later"), Of(lane.Sending, lane.Lane, "sending")])),
        Doubles("mail.queue.oldest", "s", "For how long the oldest delivery that is due has been due, by lane; 0 when none is.",
            seen => seen.State.Queue.Select(lane => new Measurement<double>(Age(seen, lane.OldestDueAt), new KeyValuePair<string, object?>("mail.lane", lane.Lane)))),
        Longs("mail.bus.depth", "{message}", "Messages of the bus, by state: due, later (timers), running. Counted up to 100,000.", seen => Queue(seen.State.Bus)),
        Doubles("mail.bus.oldest", "s", "For how long the oldest message of the bus that is due has been due; 0 when none is.", seen => [new(Age(seen, seen.State.Bus.OldestDueAt))]),
        Longs("mail.dead_letters", "{message}", "Messages of the bus that were given up and wait for a person.", seen => [new(seen.State.DeadLetters)]),
        Longs("mail.webhook.depth", "{event}", "Events that webhooks have still to hear, by state: due, later, running. Counted up to 100,000.", seen => Queue(seen.State.Webhooks)),
        Doubles("mail.webhook.oldest", "s", "For how long the oldest event that is due for a webhook has been due; 0 when none is.", seen => [new(Age(seen, seen.State.Webhooks.OldestDueAt))]),
        Longs("mail.webhook.given_up", "{event}", "Events that no webhook took and that are sent again only when somebody asks.", seen => [new(seen.State.GivenUpEvents)]),
        Longs("mail.webhook.failing", "{webhook}", "Webhooks whose last request failed.", seen => [new(seen.State.FailingWebhooks)]),
        Longs("mail.workers", "{worker}", "Workers that were heard of just now.", seen => [new(seen.State.Workers.Count(worker => worker.IsAlive))]),
        Longs("mail.database.size", "By", "The database on disk, indexes included.", seen => OfDatabase(seen, database => database.Bytes)),
        Longs("mail.database.connections", "{connection}", "Sessions of clients at the database's server.", seen => OfDatabase(seen, database => (long)database.Connections)),
        Longs("mail.database.connections.limit", "{connection}", "Sessions that the database's server allows.", seen => OfDatabase(seen, database => (long)database.MostConnections)),
        Doubles("mail.database.latency", "s", "One question and its answer.", seen => OfDatabase(seen, database => database.Latency.TotalSeconds)),
        Doubles("mail.database.oldest_transaction", "s", "For how long the oldest open transaction has been open; 0 when none is.", seen => OfDatabase(seen, database => database.OldestTransaction?.TotalSeconds ?? 0)),
        Doubles("mail.database.clock_offset", "s", "How much the database's clock is before that of this host.", seen => OfDatabase(seen, database => database.ClockAhead.TotalSeconds)),
        Longs("mail.database.stray_rows", "{message}", "About how many messages stand in no month's partition.", seen => OfDatabase(seen, database => database.StrayRows)),
        Longs("mail.cache.up", "", "1 when Redis answers, 0 when it is configured and does not.", seen => seen.State.Cache is { IsConfigured: true } cache ? [new(cache.Latency is null ? 0 : 1)] : []),
        Longs("mail.alerts.open", "{alert}", "Alerts that are open, of all projects, by kind.", seen => seen.Alerts.Select(alert => new Measurement<long>(alert.Value, new KeyValuePair<string, object?>("mail.alert", alert.Key)))),
        Doubles("mail.relay.quota", "1", "Share of a relay's quota that is used, by relay and period: day, month. Of relays of one name the fullest.",
            seen => seen.Quotas.Select(quota => new Measurement<double>(quota.Share, new("mail.relay", quota.Relay), new("mail.period", quota.Period)))),
    ];

    /// <summary>Whether anybody listens; nothing need be asked for nobody.</summary>
    public static bool AreWanted => _all[0].Enabled;

    public static void Show(SystemState state, IReadOnlyDictionary<string, long> alerts, IReadOnlyList<QuotaShare> quotas) => _seen = new Seen(state, alerts, quotas, Stopwatch.GetTimestamp());

    private static ObservableGauge<long> Longs(string name, string unit, string description, Func<Seen, IEnumerable<Measurement<long>>> of) =>
        MailTelemetry.Meter.CreateObservableGauge(name, () => Valid() is { } seen ? of(seen) : [], unit, description);

    private static ObservableGauge<double> Doubles(string name, string unit, string description, Func<Seen, IEnumerable<Measurement<double>>> of) =>
        MailTelemetry.Meter.CreateObservableGauge(name, () => Valid() is { } seen ? of(seen) : [], unit, description);

    private static Seen? Valid() => _seen is { } seen && Stopwatch.GetElapsedTime(seen.Timestamp) < _valid ? seen : null;

    private static Measurement<long> Of(long count, string lane, string state) => new(count, new("mail.lane", lane), new("mail.state", state));

    private static Measurement<long>[] Queue(QueueState queue) => [Of(queue.Due, "due"), Of(queue.Later, "later"), Of(queue.Running, "running")];

    private static Measurement<long> Of(long count, string state) => new(count, new KeyValuePair<string, object?>("mail.state", state));

    private static Measurement<T>[] OfDatabase<T>(Seen seen, Func<DatabaseState, T> of) where T : struct => seen.State.Database is { } database ? [new(of(database))] : [];

    private static double Age(Seen seen, DateTimeOffset? oldest) => oldest is { } at ? Math.Max(0, (seen.State.At - at).TotalSeconds + Stopwatch.GetElapsedTime(seen.Timestamp).TotalSeconds) : 0;

    private sealed record Seen(SystemState State, IReadOnlyDictionary<string, long> Alerts, IReadOnlyList<QuotaShare> Quotas, long Timestamp);
}

/// <param name="Share">1 when all is used.</param>
internal sealed record QuotaShare(string Relay, string Period, double Share);
