using System.Buffers;

namespace Mail.Protocol.Smtp.Server;

/// <summary>A whole message with its envelope, as it stands when the client has sent the last octet.</summary>
public sealed class SmtpServerMessage
{
    /// <summary>The sender.</summary>
    public required SmtpSender Sender { get; init; }

    /// <summary>The recipients that were accepted; at least one.</summary>
    public required IReadOnlyList<SmtpRecipient> Recipients { get; init; }

    /// <summary>
    /// Headers and body as the client sent them, without the dots of the transfer: every line ends with CRLF and there is no other CR or LF. May hold NUL, may be
    /// empty, need not be well-formed. It lies in pooled memory and is valid only until <see cref="ISmtpServerHandler.MessageAsync"/> completes: copy what you keep.
    /// </summary>
    public required ReadOnlySequence<byte> Content { get; init; }

    /// <summary>Whether an octet is above 127, announced or not: the message can only be sent on as it is to servers with 8BITMIME.</summary>
    public bool Is8Bit { get; init; }

    /// <summary>The longest line, in octets without CRLF. Above 998 many servers refuse the message (RFC 5321 §4.5.3.1.6): encode it anew before it is sent on.</summary>
    public int LongestLine { get; init; }
}
