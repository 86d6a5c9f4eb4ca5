using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>Who a message comes from and goes to, apart from its headers (RFC 5321 §2.3.1).</summary>
public sealed class SmtpEnvelope
{
    /// <summary>Makes an envelope.</summary>
    /// <param name="mailFrom">Where reports of failures go, or <see langword="null"/> for the empty path <c>&lt;&gt;</c> of mail that nobody may answer by a report.</param>
    /// <param name="recipients">At least one.</param>
    /// <exception cref="ArgumentException">No recipient.</exception>
    public SmtpEnvelope(EmailAddress? mailFrom, IReadOnlyList<EmailAddress> recipients)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        if (recipients.Count == 0) throw new ArgumentException("An envelope has at least one recipient.", nameof(recipients));
        MailFrom = mailFrom;
        Recipients = recipients;
    }

    /// <summary>Where reports of failures go; <see langword="null"/> is the empty path <c>&lt;&gt;</c>.</summary>
    public EmailAddress? MailFrom { get; }

    /// <summary>Who gets the message; at least one.</summary>
    public IReadOnlyList<EmailAddress> Recipients { get; }

    internal bool RequiresSmtpUtf8
    {
        get
        {
            if (MailFrom is { RequiresSmtpUtf8: true }) return true;
            for (int i = 0; i < Recipients.Count; i++)
                if (Recipients[i].RequiresSmtpUtf8) return true;
            return false;
        }
    }
}
