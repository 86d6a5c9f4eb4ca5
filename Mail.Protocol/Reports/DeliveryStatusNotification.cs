using System.Buffers;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Reports;

/// <summary>
/// A delivery status notification of ours (RFC 3464): told to the sender of a message that could not be delivered, is late, or has arrived. It goes to the
/// envelope's sender with the empty path <c>&lt;&gt;</c> as its own (RFC 5321 §4.5.5), and never for a message that itself came with the empty path.
/// </summary>
public sealed class DeliveryStatusNotification
{
    /// <summary>The host name of the server that tells it.</summary>
    /// <exception cref="ArgumentException">Not 1 to 255 printable ASCII characters without spaces.</exception>
    public required string ReportingMta
    {
        get;
        init => field = DeliveryStatusFields.Host(value, "reporting MTA");
    }

    /// <summary>The envelope id that the sender gave (ENVID, RFC 3461 §4.4), or <see langword="null"/>.</summary>
    /// <exception cref="ArgumentException">Not 1 to 100 printable ASCII characters.</exception>
    public string? EnvelopeId
    {
        get;
        init => field = value is null || (value.Length is >= 1 and <= 100 && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            ? value
            : throw new ArgumentException("The envelope id has 1 to 100 printable ASCII characters.", nameof(value));
    }

    /// <summary>When the message came, or <see langword="null"/>.</summary>
    public DateTimeOffset? ArrivalDate { get; init; }

    /// <summary>What became of whom; at least one.</summary>
    public IList<DeliveryStatusRecipient> Recipients { get; } = [];

    /// <summary>Makes the parts that a <see cref="MimeMessage"/> with the text for people takes as its <see cref="MimeMessage.Report"/>.</summary>
    /// <param name="original">The message that it is about, as it was received.</param>
    /// <param name="headersOnly">Whether only its headers come back (RET=HDRS, RFC 3461 §4.3); large messages should not travel twice.</param>
    /// <exception cref="InvalidOperationException">No recipient.</exception>
    public MimeReport ToReport(ReadOnlyMemory<byte> original, bool headersOnly)
    {
        if (Recipients.Count == 0) throw new InvalidOperationException("A notification names at least one recipient.");
        ArrayBufferWriter<byte> fields = new(1024);
        DeliveryStatusFields.Write(this, fields);
        return new MimeReport("delivery-status", fields.WrittenMemory, headersOnly ? EnclosedMessage.PrepareHeaders(original) : EnclosedMessage.Prepare(MimeContentType.MessageRfc822, original));
    }
}
