using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers;

namespace Mail.Core.Mailboxes;

/// <summary>What is counted of mailboxes, on the meter `Mail`.</summary>
internal static class MailboxMetrics
{
    private static readonly Counter<long> _steps = MailTelemetry.Meter.CreateCounter<long>("mail.mailboxes.steps", "{step}", "Calls of the machine to providers, by call, provider and outcome: done, waits, refused.");

    private static readonly Histogram<double> _duration = MailTelemetry.Meter.CreateHistogram<double>("mail.mailboxes.duration", "s", "From the wish for a mailbox to its being ready, by provider.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 300, 1800, 7200, 86400] });

    private static readonly Histogram<double> _calls = MailTelemetry.Meter.CreateHistogram<double>("mail.mailboxes.provider_calls", "s", "Calls to providers, by call, provider and the problem's code, or `ok`.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] });

    private static readonly Gauge<long> _accounts = MailTelemetry.Meter.CreateGauge<long>("mail.mailboxes.accounts", "{mailbox}", "Mailboxes of all projects, by state and provider, as counted last.");

    private static readonly Gauge<double> _quota = MailTelemetry.Meter.CreateGauge<double>("mail.mailboxes.quota", "1", "Share of a provider's quota that is used, by connection, provider and quota: day, month, mailboxes.");

    public static Call StartCall(string provider, string call) => new(provider, call);

    public static void Step(MailboxCall call, string provider, string outcome) => _steps.Add(1, new("mail.call", call.Name()), new("mail.provider", provider), new("mail.outcome", outcome));

    public static void Ready(string provider, TimeSpan took) => _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("mail.provider", provider));

    public static void Accounts(string state, string provider, long count) => _accounts.Record(count, new("mail.state", state), new("mail.provider", provider));

    public static void Quota(Guid connection, string provider, string quota, double share) => _quota.Record(share, new("mail.connection", connection), new("mail.provider", provider), new("mail.quota", quota));

    /// <summary>One call to a provider: its time and its span.</summary>
    internal sealed class Call(string provider, string call) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly Activity? _activity = Start(provider, call);
        private string _outcome = "stopped";

        public void End(ProviderProblem? problem)
        {
            _outcome = problem?.Code ?? "ok";
            if (problem is not null) _activity?.SetStatus(ActivityStatusCode.Error, problem.Code);
        }

        public void Dispose()
        {
            _calls.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new("mail.call", call), new("mail.provider", provider), new("mail.outcome", _outcome));
            _activity?.SetTag("mail.outcome", _outcome);
            _activity?.Dispose();
        }

        private static Activity? Start(string provider, string call) => MailTelemetry.Source.StartActivity($"mailbox {call}", ActivityKind.Client)?.SetTag("mail.provider", provider);
    }
}
