using System.Diagnostics.Metrics;
using Mail.Core.Common;

namespace Mail.Core.Tracking;

/// <summary>Opens and clicks, on the meter `Mail`.</summary>
public static class TrackingMetrics
{
    private static readonly Counter<long> _hits = MailTelemetry.Meter.CreateCounter<long>(
        "mail.tracking.hits", "{hit}", "Pictures asked for and links followed in tracked mail, by kind and what came of it; `lost` ones were answered while the database was away.");

    public static void Count(bool isClick, HitOutcome outcome) => _hits.Add(1, new KeyValuePair<string, object?>("kind", isClick ? "click" : "open"), new KeyValuePair<string, object?>("outcome", Name(outcome)));

    private static string Name(HitOutcome outcome) => outcome switch
    {
        HitOutcome.Recorded => "recorded",
        HitOutcome.Machine => "machine",
        HitOutcome.Repeated => "repeated",
        HitOutcome.Capped => "capped",
        HitOutcome.Objected => "objected",
        HitOutcome.Gone => "gone",
        _ => "lost",
    };
}
