using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports;

/// <summary>What became of one recipient, as a notification of ours tells it (RFC 3464 §2.3).</summary>
/// <param name="FinalRecipient">The address at which delivery ended.</param>
/// <param name="Action">What happened.</param>
/// <param name="Status">Why: class 5 for a failure, 4 for a delay, 2 for a success.</param>
public sealed record DeliveryStatusRecipient(EmailAddress FinalRecipient, BounceAction Action, EnhancedStatusCode Status)
{
    /// <summary>The address that the sender used (ORCPT, RFC 3461 §4.2), or <see langword="null"/>.</summary>
    public EmailAddress? OriginalRecipient { get; init; }

    /// <summary>The host name of the server that answered, or <see langword="null"/>.</summary>
    /// <exception cref="ArgumentException">Not 1 to 255 printable ASCII characters without spaces.</exception>
    public string? RemoteMta
    {
        get;
        init => field = value is null ? null : DeliveryStatusFields.Host(value, "remote MTA");
    }

    /// <summary>What that server answered, or <see langword="null"/>. Its text is untrusted: what is not printable ASCII becomes a question mark, at most 900 characters are kept.</summary>
    public SmtpReply? Diagnostic { get; init; }

    /// <summary>When it was last tried, or <see langword="null"/>.</summary>
    public DateTimeOffset? LastAttempt { get; init; }

    /// <summary>When a delayed message will be given up, or <see langword="null"/>.</summary>
    public DateTimeOffset? WillRetryUntil { get; init; }
}
