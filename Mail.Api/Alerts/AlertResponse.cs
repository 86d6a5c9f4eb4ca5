using Mail.Core.Alerts;

namespace Mail.Api.Alerts;

/// <summary>An alert as the API shows it, in the language of the request.</summary>
/// <param name="Kind">Such as `relay_paused`.</param>
/// <param name="Subject">The relay's name; empty where it is about the whole queue.</param>
/// <param name="Scope">`project`, or `installation` for what concerns every project that uses the default relay.</param>
/// <param name="Open">Whether it still stands.</param>
/// <param name="Reason">What the relay or the system said.</param>
/// <param name="Count">How often it happened: recipients served by another relay, pauses.</param>
/// <param name="ToldAt">When people were told by mail; null while nobody could be, or needed to be.</param>
public sealed record AlertResponse(
    string Object, string Id, string Kind, string Subject, string Scope, bool Open, string Title, string Summary, string Remedy, string? Reason, string? Cause, long Count,
    DateTimeOffset OpenedAt, DateTimeOffset LastAt, DateTimeOffset? ResolvedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? ToldAt)
{
    public static AlertResponse Of(Alert alert, string language)
    {
        ArgumentNullException.ThrowIfNull(alert);
        AlertText text = AlertText.Of(alert, language);
        return new AlertResponse(
            "alert", alert.Id.ToString(), alert.Key.Kind.Name(), alert.Key.Subject, alert.IsInstallations ? "installation" : "project", alert.IsOpen, text.Title, text.Summary, text.Remedy,
            alert.Facts.Reason, alert.Facts.Cause, alert.Count, alert.OpenedAt, alert.LastAt, alert.ResolvedAt, alert.AcknowledgedAt, alert.ToldAt);
    }
}
