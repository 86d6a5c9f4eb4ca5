using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp.Server;

/// <summary>What MAIL says (RFC 5321 §4.1.1.2).</summary>
public sealed class SmtpSender
{
    /// <summary>Where reports go, or <see langword="null"/> for the empty path <c>&lt;&gt;</c>: a report itself, which must never be answered by one.
    /// May be an address literal (<see cref="EmailAddress.IsAddressLiteral"/>), as a recipient may.</summary>
    public required EmailAddress? Address { get; init; }

    /// <summary>How long the message will be, in octets, as the client says (SIZE, RFC 1870); not longer than the endpoint allows.</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>Whether the client announced octets above 127 (BODY=8BITMIME, RFC 6152). Some send them unannounced.</summary>
    public bool Is8BitMime { get; init; }

    /// <summary>Whether addresses and headers may be in UTF-8 (RFC 6531): the message can only be sent on to servers that take that.</summary>
    public bool IsSmtpUtf8 { get; init; }

    /// <summary>How much a report of failure shall bring back (RET, RFC 3461 §4.3).</summary>
    public DsnReturn Return { get; init; }

    /// <summary>The sender's own name for this message, which reports repeat (ENVID, RFC 3461 §4.4): decoded, printable ASCII, at most 100 characters.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>Who handed the message in first, as the client says (AUTH=, RFC 4954 §5): an address, or <c>&lt;&gt;</c> when that is not known. Believe it from trusted clients only.</summary>
    public string? SubmittedBy { get; init; }
}
