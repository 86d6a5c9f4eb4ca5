using System.Text.Json.Nodes;
using Mail.Core.Delivery;
using Mail.Core.Delivery.Catalogue;
using Mail.Protocol.Reports;

namespace Mail.Core.Feedback;

/// <summary>One thing that a report says about one recipient, in our words.</summary>
internal sealed record ReportedWords
{
    /// <summary>The addresses it may be about, as the report names them; empty when it hides them.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>Null for a delay.</summary>
    public required DeliveryState? State { get; init; }

    public required string Reason { get; init; }

    public int? Code { get; init; }

    public string? EnhancedCode { get; init; }

    public string? Text { get; init; }

    public string? Cause { get; init; }

    public bool IsHard { get; init; }

    public string? MessageId { get; init; }

    /// <summary>The envelope sender of the message, where the report tells: with return paths of ours it names the delivery.</summary>
    public string? MailFrom { get; init; }

    /// <summary>What the event says beyond its columns.</summary>
    public required JsonObject Detail { get; init; }

    /// <summary>What says something about a delivery. Read receipts, automatic answers, failed DMARC checks and "no spam" do not.</summary>
    public static List<ReportedWords> Of(MailReport report) =>
        [.. report.Recipients.Select(Of).Concat(report.Feedback.Where(feedback => feedback.IsComplaint).Select(Of)).Where(words => words is not null).Select(words => words!)];

    public bool IsAbout(string recipient) => Recipients.Contains(recipient, StringComparer.OrdinalIgnoreCase);

    private static ReportedWords? Of(BounceReport report)
    {
        string who = report.ReportingMta ?? report.RemoteMta ?? "The receiving server";
        string why = report.Diagnostic is { } text ? $": {text}" : ".";
        (DeliveryState? State, string Reason)? fate = report.Action switch
        {
            BounceAction.Failed => (DeliveryState.Bounced, $"{who} reported that it was not delivered{why}"),
            BounceAction.Delayed => ((DeliveryState?)null, $"{who} reported that it waits there and is still being tried{why}"),
            BounceAction.Delivered => (DeliveryState.Delivered, $"{who} reported that it was delivered."),
            _ => null, // handed on to where no reports come from: nothing is known that was not known before
        };
        if (fate is not { } known) return null;
        JsonObject detail = new() { ["reason"] = report.Reason.WireName(), ["type"] = report.IsPermanent ? "permanent" : "transient", ["hard"] = report.IsHard };
        if (report.RemoteMta is { } remote) detail["remote_mta"] = DeliveryReports.Storable(remote);
        if (report.ReportingMta is { } reporting) detail["reporting_mta"] = DeliveryReports.Storable(reporting);
        if (report.WillRetryUntil is { } until) detail["will_retry_until"] = until;
        return new ReportedWords
        {
            Recipients = report.FinalRecipient == report.Recipient ? [report.Recipient] : [report.Recipient, report.FinalRecipient],
            State = known.State,
            Reason = known.Reason,
            Code = report.SmtpCode,
            EnhancedCode = report.Status?.ToString(),
            Text = report.Diagnostic,
            Cause = known.State == DeliveryState.Delivered ? null : CauseFinder.OfReason(report.Reason),
            IsHard = report.IsHard,
            MessageId = report.OriginalMessageId,
            Detail = known.State == DeliveryState.Delivered ? [] : new JsonObject { [known.State is null ? "delay" : "bounce"] = detail },
        };
    }

    private static ReportedWords Of(FeedbackReport report) => new()
    {
        Recipients = report.Recipients,
        State = DeliveryState.Complained,
        Reason = report.Type is FeedbackType.OptOut ? "The recipient asked its provider to be removed from the list." : $"The recipient, or its provider, reported it as {report.TypeName}.",
        MessageId = report.OriginalMessageId,
        MailFrom = report.OriginalMailFrom,
        Detail = new JsonObject { ["complaint"] = new JsonObject { ["type"] = DeliveryReports.Storable(report.TypeName), ["reported_by"] = DeliveryReports.Storable(report.UserAgent) } },
    };
}
