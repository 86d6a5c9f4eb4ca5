using Mail.Core.Common;
using Mail.Core.Suppressions;
using Mail.Protocol.Mime;

namespace Mail.Core.Messages;

/// <summary>The suppression list at acceptance, before anything is stored. It is asked again when the message is claimed, and that look has the last word.</summary>
public static class SuppressedRecipients
{
    private const int MostNamed = 5;

    /// <summary>The list's keys of all recipients that are addresses; of none when there are more than any message may have.</summary>
    internal static IEnumerable<SuppressionKey> KeysOf(ProjectId project, EmailRequest request, int most)
    {
        if ((request.To?.Length ?? 0) + (request.Cc?.Length ?? 0) + (request.Bcc?.Length ?? 0) > most) yield break;
        foreach (string recipient in (request.To ?? []).Concat(request.Cc ?? []).Concat(request.Bcc ?? []))
            if (EmailAddress.TryParse(recipient, out EmailAddress? address, out _) && TextRules.IsStorable(address.Address)) yield return new SuppressionKey(project, NormalAddress.Of(address.Address));
    }

    /// <returns>The message with its suppressed recipients marked; or the refusal when nobody else is left.</returns>
    public static Result<PreparedMessage> Apply(PreparedMessage message, SuppressionMatches matches, string path)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(matches);
        if (matches.IsEmpty) return message;
        MailKind kind = message.New.Message.Kind;
        List<string> named = [];
        List<NewDelivery> deliveries = new(message.New.Deliveries.Count);
        foreach (NewDelivery delivery in message.New.Deliveries)
        {
            SuppressionMatch? match = matches.Find(KeyOf(message, delivery), kind);
            if (match is not null) named.Add($"{delivery.Recipient}: {match.Words()}");
            deliveries.Add(match is null ? delivery : delivery with { Suppressed = match.Words() });
        }

        if (named.Count == 0) return message;
        if (deliveries.All(delivery => delivery.Suppressed is not null)) return Refusal(path, named);
        return message with { New = message.New with { Deliveries = deliveries } };
    }

    private static Failure Refusal(string path, List<string> named)
    {
        string more = named.Count > MostNamed ? $" And {named.Count - MostNamed} more." : "";
        return new Failure(FailureKind.Invalid, "recipient_suppressed", $"`{path}to` has no recipient that may be written to. {string.Join(" ", named.Take(MostNamed))}{more}");
    }

    private static SuppressionKey KeyOf(PreparedMessage message, NewDelivery delivery) => new(message.New.Message.ProjectId, NormalAddress.Of(delivery.Recipient));
}
