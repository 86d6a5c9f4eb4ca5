using System.Text.Json.Nodes;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays;
using Mail.Core.Tracking;

namespace Mail.Core.Feedback.Providers;

/// <summary>An event that is told beside the state of a delivery.</summary>
/// <param name="IsOnce">Told once for each wording: who is still trying says so again and again.</param>
internal sealed record ProviderNote(FoundDelivery Delivery, string Type, bool IsOnce)
{
    /// <summary>Tells it from every other one.</summary>
    public object Id { get; } = new();

    public int? Code { get; private init; }

    public string? EnhancedCode { get; private init; }

    public string? Text { get; private init; }

    public string? Reason { get; private init; }

    public string? Cause { get; private init; }

    /// <summary>A JSON object; null for nothing.</summary>
    public string? Detail { get; private init; }

    public static ProviderNote Of(ProviderEvent told, FoundDelivery delivery, string title)
    {
        if (told.Kind == ProviderEventKind.Delayed)
        {
            string? cause = told.Text is { Length: > 0 } text ? CauseFinder.OfReply(new RelayReply(RelayVerdict.Transient, told.Code is >= 400 ? told.Code : 450, told.EnhancedCode, text)) : null;
            return new ProviderNote(delivery, "email.delivery_delayed", IsOnce: true)
            {
                Code = told.Code, EnhancedCode = told.EnhancedCode, Text = told.Text, Reason = ProviderReports.Reason(told, title), Cause = cause, Detail = ProviderReports.Detail(told, null, title)?.ToJsonString(),
            };
        }

        // As our own tracking tells it: of the reader's program no more than whether a person used it.
        JsonObject seen = new() { ["machine"] = told.IsMachine, ["reported_by"] = title };
        if (told.Kind == ProviderEventKind.Clicked) seen["click"] = new JsonObject { ["link"] = told.Link, ["timestamp"] = told.At.UtcDateTime };
        return new ProviderNote(delivery, told.Kind == ProviderEventKind.Clicked ? TrackingEvents.Clicked : TrackingEvents.Opened, IsOnce: false) { Detail = seen.ToJsonString() };
    }
}
