using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>Who a message comes from and goes to, apart from its headers (RFC 5321 §2.3.1), and what reports it wants (RFC 3461).</summary>
public sealed class SmtpEnvelope
{
    /// <summary>Makes an envelope that says nothing about reports.</summary>
    /// <param name="mailFrom">Where reports of failures go, or <see langword="null"/> for the empty path <c>&lt;&gt;</c> of mail that nobody may answer by a report.</param>
    /// <param name="recipients">At least one.</param>
    /// <exception cref="ArgumentException">No recipient.</exception>
    public SmtpEnvelope(EmailAddress? mailFrom, IReadOnlyList<EmailAddress> recipients)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        if (recipients.Count == 0) throw new ArgumentException("An envelope has at least one recipient.", nameof(recipients));
        SmtpRecipient[] plain = new SmtpRecipient[recipients.Count];
        for (int i = 0; i < plain.Length; i++) plain[i] = new SmtpRecipient(recipients[i]);
        MailFrom = mailFrom;
        Recipients = plain;
    }

    /// <summary>Makes an envelope.</summary>
    /// <param name="mailFrom">Where reports of failures go, or <see langword="null"/> for the empty path <c>&lt;&gt;</c> of mail that nobody may answer by a report.</param>
    /// <param name="recipients">At least one, each with the reports that are wanted about it.</param>
    /// <exception cref="ArgumentException">No recipient, or something about reports that cannot be said: <see cref="DsnNotify.Never"/> beside another value,
    /// an original recipient with a control character, of a type that is no atom, or of more than 500 octets (RFC 3461 §4.2).</exception>
    public SmtpEnvelope(EmailAddress? mailFrom, IReadOnlyList<SmtpRecipient> recipients)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        if (recipients.Count == 0) throw new ArgumentException("An envelope has at least one recipient.", nameof(recipients));
        foreach (SmtpRecipient recipient in recipients) DsnParameters.Check(recipient);
        MailFrom = mailFrom;
        Recipients = recipients;
    }

    /// <summary>Where reports of failures go; <see langword="null"/> is the empty path <c>&lt;&gt;</c>.</summary>
    public EmailAddress? MailFrom { get; }

    /// <summary>Who gets the message; at least one.</summary>
    public IReadOnlyList<SmtpRecipient> Recipients { get; }

    /// <summary>How much of the message a report of failure shall bring back.</summary>
    public DsnReturn Return { get; init; }

    /// <summary>What reports shall repeat, so that they can be told apart: printable ASCII of up to 100 octets as it is sent (RFC 3461 §4.4), or <see langword="null"/>.</summary>
    /// <exception cref="ArgumentException">Empty, too long or not printable ASCII.</exception>
    public string? EnvelopeId
    {
        get;
        init
        {
            if (value is not null) DsnParameters.CheckEnvelopeId(value);
            field = value;
        }
    }
}
