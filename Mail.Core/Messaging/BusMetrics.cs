using System.Diagnostics.Metrics;
using Mail.Core.Common;

namespace Mail.Core.Messaging;

/// <summary>What the bus counts, on the meter `Mail`, by the message's or handler's wire name.</summary>
internal static class BusMetrics
{
    private static readonly Counter<long> _published = MailTelemetry.Meter.CreateCounter<long>("mail.bus.published", "{message}", "Messages and timers stored; those whose transaction was rolled back count too.");
    private static readonly Counter<long> _attempts = MailTelemetry.Meter.CreateCounter<long>("mail.bus.attempts", "{attempt}", "Attempts to handle a message, by outcome: handled, retried, dead, lost, given_back.");
    private static readonly Counter<long> _takenOver = MailTelemetry.Meter.CreateCounter<long>("mail.bus.taken_over", "{message}", "Messages taken over from workers that stopped.");
    private static readonly Counter<long> _dead = MailTelemetry.Meter.CreateCounter<long>("mail.bus.dead_letters", "{message}", "Messages that were given up.");

    private static readonly Histogram<double> _duration = MailTelemetry.Meter.CreateHistogram<double>("mail.bus.duration", "s", "From a handler's start to its commit or failure.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });

    private static readonly Histogram<double> _lag = MailTelemetry.Meter.CreateHistogram<double>("mail.bus.lag", "s", "From the time at which a message was due to the commit of its effect.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200, 86400] });

    public static void Published(string message) => _published.Add(1, new KeyValuePair<string, object?>("mail.message", message));

    public static void Attempted(string handler, string outcome, TimeSpan took)
    {
        KeyValuePair<string, object?> name = new("mail.handler", handler);
        _attempts.Add(1, name, new KeyValuePair<string, object?>("mail.outcome", outcome));
        _duration.Record(took.TotalSeconds, name);
        if (outcome == "dead") _dead.Add(1, name);
    }

    public static void Handled(TimeSpan lag) => _lag.Record(Math.Max(0, lag.TotalSeconds));

    public static void TakenOver(int count) => _takenOver.Add(count);
}
