using System.Diagnostics.Metrics;
using Mail.Core.Common;

namespace Mail.Core.Webhooks;

/// <summary>What the webhooks count, on the meter `Mail`. Not by endpoint: their number has no limit.</summary>
internal static class WebhookMetrics
{
    private static readonly Counter<long> _attempts = MailTelemetry.Meter.CreateCounter<long>("mail.webhook.attempts", "{request}", "Requests to endpoints, by outcome: taken, failed, given_up.");
    private static readonly Counter<long> _late = MailTelemetry.Meter.CreateCounter<long>("mail.webhook.late", "{request}", "Outcomes that changed nothing: the lease had ended, or the endpoint was removed.");
    private static readonly Counter<long> _takenOver = MailTelemetry.Meter.CreateCounter<long>("mail.webhook.taken_over", "{event}", "Events taken over from workers that stopped.");
    private static readonly Counter<long> _disabled = MailTelemetry.Meter.CreateCounter<long>("mail.webhook.disabled", "{endpoint}", "Endpoints that were switched off by themselves.");

    private static readonly Histogram<double> _duration = MailTelemetry.Meter.CreateHistogram<double>("mail.webhook.duration", "s", "From the request to the answer's end.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30] });

    private static readonly Histogram<double> _lag = MailTelemetry.Meter.CreateHistogram<double>("mail.webhook.lag", "s", "From the event to the answer that took it.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86400] });

    public static void Attempted(WebhookOutcome outcome)
    {
        _attempts.Add(1, new KeyValuePair<string, object?>("mail.outcome", outcome.IsTaken ? "taken" : outcome.NextAttemptAt is null ? "given_up" : "failed"));
        _duration.Record(outcome.Took.TotalSeconds);
        if (outcome.IsTaken) _lag.Record(Math.Max(0, (outcome.At + outcome.Took - outcome.Event.HappenedAt).TotalSeconds));
    }

    public static void Late(int count) => _late.Add(count);

    public static void TakenOver(int count) => _takenOver.Add(count);

    public static void Disabled() => _disabled.Add(1);
}
