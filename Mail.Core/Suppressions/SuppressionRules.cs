using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Messages;

namespace Mail.Core.Suppressions;

/// <summary>What a mail is, as far as the suppression list asks.</summary>
/// <param name="Topic">Empty without one.</param>
/// <param name="IsListMail">Whether an unsubscription concerns it: bulk mail, and what has a topic or carries an unsubscribe link. Never a code.</param>
public readonly record struct MailKind(Lane Lane, string Topic, bool IsListMail)
{
    /// <summary>Tells the owner of a console account of that account. It stands among a project's messages, and is not that project's.</summary>
    public bool IsOfAccount { get; init; }

    public static MailKind Of(Lane lane, string? topic, bool unsubscribes) =>
        new(lane, topic ?? "", lane != Lane.Critical && (lane == Lane.Bulk || unsubscribes || !string.IsNullOrEmpty(topic)));
}

/// <summary>An entry of the list, as far as sending asks.</summary>
public sealed record SuppressionMatch(string Topic, SuppressionReason Reason, DateTimeOffset CreatedAt);

/// <summary>Which entry stops which mail. The one place for it; docs/guides/suppressions.md says the same as a table.</summary>
public static class SuppressionRules
{
    /// <summary>
    /// An address that does not exist and a person who complained get nothing, codes neither: each further mail harms the sender's reputation. An
    /// unsubscription is about list mail: who wants no newsletter wants to sign in all the same. A mailbox that was full may have room for a code again. Nothing stops what
    /// is told the owner of an account: whoever may write the list could keep an attack from them, or a new password.
    /// </summary>
    public static bool Stops(this SuppressionMatch entry, MailKind mail)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (mail.IsOfAccount) return false;
        return entry.Reason switch
        {
            SuppressionReason.HardBounce or SuppressionReason.Complaint => true,
            SuppressionReason.Manual => entry.Topic.Length == 0 || (mail.Lane != Lane.Critical && entry.Topic == mail.Topic),
            SuppressionReason.Unsubscribe => mail.IsListMail && (entry.Topic.Length == 0 || entry.Topic == mail.Topic),
            _ => mail.Lane != Lane.Critical,
        };
    }

    /// <summary>Why nothing is sent, for the sender.</summary>
    public static string Words(this SuppressionMatch entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string topic = entry.Topic.Length == 0 ? "" : $" for the topic '{entry.Topic}'";
        string since = entry.CreatedAt.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        return entry.Reason switch
        {
            SuppressionReason.HardBounce => $"Not sent: the address is on the suppression list since {since}, because mail to it bounced for good.",
            SuppressionReason.Complaint => $"Not sent: the address is on the suppression list since {since}, because its owner reported a message as spam.",
            SuppressionReason.Unsubscribe => $"Not sent: the recipient unsubscribed{topic} on {since}.",
            SuppressionReason.SoftBounce => $"Not sent: the address rests on the suppression list since {since}, because mail to it was given up several times.",
            _ => $"Not sent: somebody put the address on the suppression list{topic} on {since}.",
        };
    }
}

/// <summary>A project's address, in its normal form.</summary>
public readonly record struct SuppressionKey(ProjectId ProjectId, string Address);

/// <summary>What the list says about the addresses that were looked up.</summary>
public sealed class SuppressionMatches(IReadOnlyDictionary<SuppressionKey, List<SuppressionMatch>> found)
{
    /// <summary>The usual answer.</summary>
    public static SuppressionMatches None { get; } = new(new Dictionary<SuppressionKey, List<SuppressionMatch>>());

    public bool IsEmpty { get; } = found.Count == 0;

    /// <returns>The strongest entry that stops the mail; null when it may go out.</returns>
    public SuppressionMatch? Find(SuppressionKey key, MailKind mail) =>
        found.TryGetValue(key, out List<SuppressionMatch>? entries) ? entries.Where(entry => entry.Stops(mail)).MinBy(entry => entry.Reason) : null;
}
