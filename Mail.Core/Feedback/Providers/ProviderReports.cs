using System.Text.Json.Nodes;
using Mail.Core.Delivery;
using Mail.Core.Delivery.Catalogue;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;

namespace Mail.Core.Feedback.Providers;

/// <summary>A provider's events in the words of our own: states, reasons, causes and the details of events.</summary>
internal static class ProviderReports
{
    /// <summary>Causes that do not contradict a provider who says that the address is dead. Of what was blocked as spam he says so too, and it is not true of the address.</summary>
    private static readonly HashSet<string> _saysLittle = ["unclear", "no_reason_given", "recipient_inactive", "recipient_filter", "bad_address"];

    /// <summary>Null for what changes no state.</summary>
    public static DeliveryState? StateOf(ProviderEventKind kind) => kind switch
    {
        ProviderEventKind.Delivered => DeliveryState.Delivered,
        ProviderEventKind.Bounced => DeliveryState.Bounced,
        ProviderEventKind.Complained => DeliveryState.Complained,
        _ => null,
    };

    /// <param name="title">The provider's name.</param>
    public static DeliveryReport Of(ProviderEvent told, FoundDelivery delivery, DeliveryState state, string title)
    {
        DeliveryReport report = new(delivery.ProjectId, delivery.MessageId, delivery.Id, state)
        {
            Reason = Reason(told, title), Code = told.Code, EnhancedCode = told.EnhancedCode, Text = told.Text, Cause = state == DeliveryState.Bounced ? told.Cause : null,
        };
        bool? isHard = state == DeliveryState.Bounced ? IsHard(told, report) : null;
        return report with { IsHardBounce = isHard, Detail = Detail(told, isHard, title)?.ToJsonString() };
    }

    public static string Reason(ProviderEvent told, string title)
    {
        string why = (told.Text ?? told.Words) is { Length: > 0 } words ? $": {words}" : ".";
        return told.Kind switch
        {
            ProviderEventKind.Delivered => $"{title} reported that it was delivered.",
            ProviderEventKind.Delayed => $"{title} reported that it waits there and is still being tried{why}",
            ProviderEventKind.Complained => $"{title} reported that the recipient, or its provider, called it spam.",
            _ => $"{title} reported that it was not delivered{why}",
        };
    }

    /// <summary>Under the same names as what reports by mail say.</summary>
    public static JsonObject? Detail(ProviderEvent told, bool? isHard, string title)
    {
        JsonObject said = new() { ["reported_by"] = title };
        if (told.Word is { Length: > 0 } word) said["provider_type"] = word;
        switch (told.Kind)
        {
            case ProviderEventKind.Bounced:
                said["reason"] = Class(told, 550).WireName();
                said["type"] = isHard == false ? "transient" : "permanent";
                said["hard"] = isHard == true;
                return new JsonObject { ["bounce"] = said };
            case ProviderEventKind.Delayed:
                said["reason"] = Class(told, 450).WireName();
                return new JsonObject { ["delay"] = said };
            case ProviderEventKind.Complained:
                return new JsonObject { ["complaint"] = said };
            default:
                return null;
        }
    }

    private static BounceReason Class(ProviderEvent told, int usual) =>
        told.Text is { Length: > 0 } text ? BounceClassifier.Classify(new SmtpReply(told.Code is >= 400 ? told.Code.Value : usual, text), SmtpStage.Rcpt) : BounceReason.Undefined;

    private static bool? IsHard(ProviderEvent told, DeliveryReport report)
    {
        if (told.IsDead is not true) return told.IsDead;
        string cause = CauseFinder.OfReport(report) ?? "";
        return _saysLittle.Contains(cause) || AddressCauses.SuppressionOf(cause) is Suppressions.SuppressionReason.HardBounce;
    }
}
