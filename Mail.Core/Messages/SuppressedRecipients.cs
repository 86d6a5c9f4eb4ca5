using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Suppressions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>
/// The suppression list at acceptance, before anything is stored. Concurrent requests share a look-up. It is asked again when the message is claimed, so when the
/// database does not answer now, that look has the last word, and the commit decides whether the message is taken.
/// </summary>
public sealed partial class SuppressedRecipients(SuppressionLookup lookup, ILogger<SuppressedRecipients> logger)
{
    private const int MostNamed = 5;

    public async Task<SuppressionMatches> FindAsync(IReadOnlyList<PreparedMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<SuppressionKey> wanted = new(messages.Count);
        foreach (PreparedMessage message in messages)
            foreach (NewDelivery delivery in message.New.Deliveries) wanted.Add(KeyOf(message, delivery));
        try
        {
            return await lookup.FindAsync(wanted);
        }
        catch (NpgsqlException e) when (DatabaseAway.IsCauseOf(e))
        {
            LogNotAsked(e);
            return SuppressionMatches.None;
        }
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The suppression list could not be asked at acceptance; it is asked again before the message leaves")]
    private partial void LogNotAsked(Exception e);
}
