using System.Diagnostics.Metrics;
using Mail.Core.Common;
using Mail.Protocol.Reports;

namespace Mail.Core.Feedback;

/// <summary>What came back, on the meter `Mail`.</summary>
internal static class FeedbackMetrics
{
    private static readonly Counter<long> _reports = MailTelemetry.Meter.CreateCounter<long>(
        "mail.feedback.reports", "{report}", "What reports that came as mail said, by the way they came, their kind and what came of it.");

    public static void Read(ReportSource source, ReportKind kind, string effect) => _reports.Add(
        1, new KeyValuePair<string, object?>("source", SourceName(source)), new KeyValuePair<string, object?>("kind", kind.Name()), new KeyValuePair<string, object?>("effect", effect));

    private static string SourceName(ReportSource source) => source switch
    {
        ReportSource.Smtp => "smtp",
        ReportSource.Http => "http",
        _ => "mailbox",
    };
}
