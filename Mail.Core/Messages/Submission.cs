using Mail.Core.Common;
using Mail.Core.Templates.Experiments;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>One request's messages on their way into the database: all of them are committed, or none.</summary>
/// <param name="Response">The answer that the caller gets, known before the commit because we make the ids; it is what a replay of the key gets too.</param>
public sealed record Submission(ProjectId ProjectId, IReadOnlyList<NewMessage> Messages, IdempotencyRecord? Idempotency, string Response)
{
    /// <summary>About how many bytes the commit carries for it, to cap a group's size.</summary>
    public int Bytes { get; } = Messages.Sum(message => message.Bytes) + Response.Length;
}

/// <summary>A validated message with everything that its rows hold.</summary>
/// <param name="EnvelopeJson">The column `envelope` (<see cref="MessageEnvelope"/>).</param>
/// <param name="ContentJson">The column `content` (<see cref="MessageContent"/>).</param>
public sealed record NewMessage(StoredMessage Message, string EnvelopeJson, string ContentJson, IReadOnlyList<NewDelivery> Deliveries)
{
    /// <summary>Which version of its template an experiment chose for it; null for a message that takes part in none.</summary>
    public ExperimentUse? Experiment { get; init; }

    /// <summary>The API key that handed it over; null for the console and for mail of the platform's own.</summary>
    public Guid? ApiKeyId { get; init; }

    public int Bytes => EnvelopeJson.Length + ContentJson.Length + (Deliveries.Count * 128);
}

/// <param name="Recipient">The bare address, as the SMTP envelope wants it.</param>
public sealed record NewDelivery(DeliveryId Id, string Recipient, RecipientKind Kind)
{
    /// <summary>Why nothing is sent to this recipient, in words; null for one that is queued.</summary>
    public string? Suppressed { get; init; }
}

/// <summary>What stands under an Idempotency-Key: the same key with another hash is another request.</summary>
public sealed record IdempotencyRecord(string Key, byte[] RequestHash);

/// <summary>What is stored with a message in one transaction.</summary>
/// <param name="StoreAsync">Stores it over the connection, whose transaction is open; a failure takes the message back too.</param>
/// <param name="Answer">What the caller gets, and a replay of its key.</param>
public sealed record IntakeCompanion(Func<NpgsqlConnection, CancellationToken, Task<Failure?>> StoreAsync, Func<MessageId, string> Answer);

/// <summary>How a <see cref="Submission"/> ended.</summary>
public enum IntakeOutcome
{
    /// <summary>Committed now.</summary>
    Accepted,

    /// <summary>The same request was committed before under this key; the stored answer stands.</summary>
    Replayed,

    /// <summary>Another request was committed under this key.</summary>
    KeyUsedForAnotherRequest,
}

/// <param name="Response">The answer for the caller; empty when the key belongs to another request.</param>
public readonly record struct IntakeResult(IntakeOutcome Outcome, string Response);
