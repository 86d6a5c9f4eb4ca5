using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp.Server;

/// <summary>What one RCPT says (RFC 5321 §4.1.1.3).</summary>
public sealed class SmtpRecipient
{
    /// <summary>Who shall get the message. <c>postmaster</c> without a domain (RFC 5321 §4.5.1) stands here with the endpoint's host name.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>When the sender wants a report (NOTIFY, RFC 3461 §4.1).</summary>
    public DsnNotify Notify { get; init; }

    /// <summary>Whom the sender first wrote to (ORCPT, RFC 3461 §4.2), or <see langword="null"/>.</summary>
    public DsnOriginalRecipient? OriginalRecipient { get; init; }
}
