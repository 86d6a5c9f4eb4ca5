using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>How a message is offered to a server by what both are like, and who cannot get it because of that.</summary>
/// <param name="Uses8Bit"><c>BODY=8BITMIME</c>.</param>
/// <param name="UsesBinary"><c>BODY=BINARYMIME</c>.</param>
/// <param name="UsesUtf8"><c>SMTPUTF8</c>.</param>
/// <param name="UsesChunks">The content goes by BDAT instead of DATA.</param>
internal readonly record struct SmtpOffer(bool Uses8Bit, bool UsesBinary, bool UsesUtf8, bool UsesChunks)
{
    /// <summary>From this size on BDAT is worth its replies: a server can refuse a part instead of having to read the whole.</summary>
    public const int LargeMessage = 256 * 1024;

    private static readonly SmtpReply _needsUtf8 = new(553, "5.6.7 The address is not ASCII, and the server does not offer SMTPUTF8.");

    public static SmtpOffer Of(SmtpEnvelope envelope, MessageShape shape, SmtpCapabilities capabilities)
    {
        bool chunks = capabilities.Chunking && (shape.Is8Bit || shape.HasBareLineEnd || shape.Length >= LargeMessage);
        bool binary = chunks && capabilities.BinaryMime && shape.HasBareLineEnd;
        bool utf8 = capabilities.SmtpUtf8 && (shape.HasUtf8Headers || NeedsUtf8(envelope.MailFrom) || AnyNeedsUtf8(envelope));
        return new SmtpOffer(shape.Is8Bit && capabilities.EightBitMime && !binary, binary, utf8, chunks);
    }

    /// <summary>The reply, for all recipients, to a message that the server, by its own words in EHLO, cannot take.</summary>
    public static SmtpReply? RefusalForAll(SmtpEnvelope envelope, MessageShape shape, SmtpCapabilities capabilities)
    {
        // By BDAT it would arrive as it is, but the next server may send it on by DATA, or read it as lines: that is how mail is smuggled. RFC 3030 §3 allows it as binary only.
        if (shape.HasBareLineEnd && !(capabilities.Chunking && capabilities.BinaryMime))
            return new SmtpReply(554, "5.6.0 The message contains a CR or LF alone; servers would read it differently. Its lines must end with CRLF.");
        if (shape.Length > capabilities.MaxSize) return new SmtpReply(552, $"5.3.4 The message has {shape.Length} octets; the server takes at most {capabilities.MaxSize}.");
        if (!capabilities.SmtpUtf8 && NeedsUtf8(envelope.MailFrom)) return new SmtpReply(553, "5.6.7 The sender's address is not ASCII, and the server does not offer SMTPUTF8.");
        if (!capabilities.SmtpUtf8 && shape.HasUtf8Headers) return new SmtpReply(553, "5.6.7 A header is not ASCII, and the server does not offer SMTPUTF8.");
        if (shape.Is8Bit && !capabilities.EightBitMime) return new SmtpReply(554, "5.6.3 The message is not 7-bit, and the server does not offer 8BITMIME.");
        return null;
    }

    /// <summary>The reply to one recipient whom the server cannot take; it leaves the others alone.</summary>
    public static SmtpReply? RefusalFor(EmailAddress recipient, SmtpCapabilities capabilities) =>
        recipient.RequiresSmtpUtf8 && !capabilities.SmtpUtf8 ? _needsUtf8 : null;

    private static bool NeedsUtf8(EmailAddress? address) => address is { RequiresSmtpUtf8: true };

    private static bool AnyNeedsUtf8(SmtpEnvelope envelope)
    {
        for (int i = 0; i < envelope.Recipients.Count; i++)
            if (envelope.Recipients[i].Address.RequiresSmtpUtf8) return true;
        return false;
    }
}
