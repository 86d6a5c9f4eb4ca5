using System.Diagnostics.Metrics;
using Mail.Core.Common;
using Mail.Core.Feedback.Providers;
using Mail.Protocol.Reports;

namespace Mail.Core.Feedback;

/// <summary>What came back, on the meter `Mail`.</summary>
internal static class FeedbackMetrics
{
    private static readonly Counter<long> _reports = MailTelemetry.Meter.CreateCounter<long>(
        "mail.feedback.reports", "{report}", "What reports that came as mail said, by the way they came, their kind and what came of it.");

    public static void Read(ReportSource source, ReportKind kind, string effect) => _reports.Add(
        1, new KeyValuePair<string, object?>("source", SourceName(source)), new KeyValuePair<string, object?>("kind", kind.Name()), new KeyValuePair<string, object?>("effect", effect));

    private static readonly Counter<long> _providerEvents = MailTelemetry.Meter.CreateCounter<long>(
        "mail.feedback.provider_events", "{event}", "What providers told by their webhooks, by provider and kind; `unmatched` for what fits no message.");

    private static readonly Counter<long> _refused = MailTelemetry.Meter.CreateCounter<long>(
        "mail.feedback.provider_refusals", "{request}", "Requests to the addresses of providers' webhooks that were refused, by provider and reason.");

    public static void Told(string provider, ProviderEventKind kind) =>
        _providerEvents.Add(1, new KeyValuePair<string, object?>("provider", provider), new KeyValuePair<string, object?>("kind", NameOf(kind)));

    public static void Unmatched(string provider, int events)
    {
        if (events > 0) _providerEvents.Add(events, new KeyValuePair<string, object?>("provider", provider), new KeyValuePair<string, object?>("kind", "unmatched"));
    }

    public static void Refused(string provider, string reason) => _refused.Add(1, new KeyValuePair<string, object?>("provider", provider), new KeyValuePair<string, object?>("reason", reason));

    private static string NameOf(ProviderEventKind kind) => kind switch
    {
        ProviderEventKind.Delivered => "delivered",
        ProviderEventKind.Delayed => "delayed",
        ProviderEventKind.Bounced => "bounced",
        ProviderEventKind.Complained => "complained",
        ProviderEventKind.Unsubscribed => "unsubscribed",
        ProviderEventKind.Opened => "opened",
        _ => "clicked",
    };

    private static string SourceName(ReportSource source) => source switch
    {
        ReportSource.Smtp => "smtp",
        ReportSource.Http => "http",
        _ => "mailbox",
    };
}
