using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays;

/// <summary>One finished message for one or more recipients.</summary>
/// <param name="Sender">The envelope's sender (MAIL FROM).</param>
/// <param name="Recipients">At least one.</param>
/// <param name="Mime">The whole message with CRLF line ends, the same bytes at every attempt but for the time in its DKIM signature.</param>
/// <param name="MayStart">
/// Asked once a relay is ready and before it can have taken a byte: false withdraws the message. Here the lease is checked,
/// and for a message that must not arrive twice, it is written down that the transfer has begun.
/// </param>
public sealed record RelayMessage(
    ProjectId ProjectId, MessageId Id, Lane Lane, EmailAddress Sender, IReadOnlyList<RelayRecipient> Recipients, ReadOnlyMemory<byte> Mime,
    Func<CancellationToken, ValueTask<bool>> MayStart);

/// <summary>One recipient; the id makes a repeated hand-over recognisable where the relay is ours.</summary>
/// <param name="Attempt">Which attempt this is, from 1.</param>
public sealed record RelayRecipient(DeliveryId Id, EmailAddress Address, int Attempt = 1)
{
    /// <summary>The envelope's sender for this recipient alone, by which a bounce finds back; null for the message's. A relay that lets nobody choose goes by the message's.</summary>
    public EmailAddress? ReturnPath { get; init; }
}
