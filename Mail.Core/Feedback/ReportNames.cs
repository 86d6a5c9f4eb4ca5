using Mail.Protocol.Reports;

namespace Mail.Core.Feedback;

/// <summary>How kinds and effects of reports stand on the wire and in metrics.</summary>
public static class ReportNames
{
    public static string Name(this ReportEffect effect) => effect switch
    {
        ReportEffect.Changed => "changed",
        ReportEffect.NothingNew => "nothing_new",
        ReportEffect.Told => "told",
        ReportEffect.TooEarly => "too_early",
        ReportEffect.StillWaiting => "still_waiting",
        _ => "unmatched",
    };

    public static string Name(this ReportKind kind) => kind switch
    {
        ReportKind.Delivery => "delivery",
        ReportKind.Disposition => "read_receipt",
        ReportKind.Feedback => "complaint",
        ReportKind.AutoReply => "auto_reply",
        _ => "none",
    };
}
