using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Delivery;

/// <summary>What the engine counts, on the meter `Mail`.</summary>
internal static class DeliveryMetrics
{
    private static readonly Counter<long> _sent = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.sent", "{delivery}", "Deliveries that a relay took, by lane, relay and the recipient's provider.");
    private static readonly Counter<long> _delayed = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.delayed", "{delivery}", "Attempts that did not succeed for now, by lane, relay and the recipient's provider.");
    private static readonly Counter<long> _held = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.held", "{delivery}", "How often a delivery had to wait because its relays were full, by lane, relay and the recipient's provider.");
    private static readonly Counter<long> _bounced = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.bounced", "{delivery}", "Deliveries refused for good, by lane, relay and the recipient's provider.");
    private static readonly Counter<long> _failed = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.failed", "{delivery}", "Deliveries given up, by lane, relay and the recipient's provider.");
    private static readonly Counter<long> _reported = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.reported", "{delivery}", "Deliveries that a later report changed, by the state reported.");
    private static readonly Counter<long> _late = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.late", "{delivery}", "Outcomes that changed nothing because the lease had been taken over.");
    private static readonly Counter<long> _takenOver = MailTelemetry.Meter.CreateCounter<long>("mail.deliveries.taken_over", "{delivery}", "Deliveries taken over from workers that stopped.");
    private static readonly Counter<long> _pauses = MailTelemetry.Meter.CreateCounter<long>("mail.relay.pauses", "{pause}", "How often a relay could not be used any more, by relay.");
    private static readonly Gauge<int> _paused = MailTelemetry.Meter.CreateGauge<int>("mail.relay.paused", "", "1 while this worker leaves a relay alone (its circuit breaker is open), else 0, by relay.");
    private static readonly Histogram<int> _claimSize = MailTelemetry.Meter.CreateHistogram<int>("mail.claim.size", "{delivery}", "Deliveries in one claim that found any.");

    private static readonly Histogram<double> _queueWait = MailTelemetry.Meter.CreateHistogram<double>("mail.queue.wait", "s", "From when an attempt was due to its claim, by lane.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] });

    private static readonly Histogram<double> _sendTime = MailTelemetry.Meter.CreateHistogram<double>("mail.send.duration", "s", "A message's time with its relay, the wait for a connection included, by lane and relay.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });

    private static readonly Histogram<double> _composeTime = MailTelemetry.Meter.CreateHistogram<double>("mail.compose.duration", "s", "To render, compose and sign a message, by lane.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });

    public static void Claimed(List<Delivery> claimed, DateTimeOffset now)
    {
        _claimSize.Record(claimed.Count);
        if (!_queueWait.Enabled) return;
        foreach (Delivery delivery in claimed) _queueWait.Record(Math.Max(0, (now - delivery.DueAt).TotalSeconds), Lane(delivery.Lane));
    }

    public static void Sent(Lane lane, string relay, TimeSpan took) => _sendTime.Record(took.TotalSeconds, Lane(lane), Relay(relay));

    public static void Recorded(Delivery delivery)
    {
        Counter<long> counter = delivery.State switch
        {
            DeliveryState.Sent => _sent,
            _ when delivery.Held is not null => _held,
            DeliveryState.DeliveryDelayed => _delayed,
            DeliveryState.Bounced => _bounced,
            DeliveryState.Failed => _failed,
            _ => throw new UnreachableException($"{delivery.State}"),
        };
        if (counter.Enabled) counter.Add(1, Lane(delivery.Lane), Relay(delivery.Relay ?? "none"), new("mail.domain_class", DomainClass.Of(delivery.Recipient)));
    }

    public static void Reported(DeliveryState state) => _reported.Add(1, new KeyValuePair<string, object?>("mail.state", state.Name()));

    public static void Late(int count) => _late.Add(count);

    public static void TakenOver(int count) => _takenOver.Add(count);

    public static void Composed(Lane lane, TimeSpan took) => _composeTime.Record(took.TotalSeconds, Lane(lane));

    public static void RelayIs(string relay, bool isPaused) => _paused.Record(isPaused ? 1 : 0, Relay(relay));

    public static void RelayPaused(string relay) => _pauses.Add(1, Relay(relay));

    private static KeyValuePair<string, object?> Lane(Lane lane) => new("mail.lane", lane.Name());

    private static KeyValuePair<string, object?> Relay(string relay) => new("mail.relay", relay);
}
