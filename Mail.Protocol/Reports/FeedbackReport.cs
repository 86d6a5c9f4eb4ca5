using System.Net;

namespace Mail.Protocol.Reports;

/// <summary>What a feedback loop reports (the Feedback-Type field, RFC 5965 §7.3 and the IANA registry).</summary>
public enum FeedbackType
{
    /// <summary>A type that has no value of its own here.</summary>
    Other = 0,

    /// <summary>Spam, in the recipient's eyes: the usual complaint.</summary>
    Abuse,

    /// <summary>Fraud or phishing.</summary>
    Fraud,

    /// <summary>A virus was found.</summary>
    Virus,

    /// <summary>The recipient says that it is no spam.</summary>
    NotSpam,

    /// <summary>The recipient asks to be removed.</summary>
    OptOut,

    /// <summary>SPF, DKIM or DMARC failed for mail that names this domain as its sender (RFC 6591): about the sender's DNS or a forger, not about a
    /// recipient.</summary>
    AuthFailure,
}

/// <summary>One report of a feedback loop (RFC 5965), or a failure report of DMARC (RFC 7489 §7.3).</summary>
public sealed record FeedbackReport
{
    /// <summary>What is reported.</summary>
    public required FeedbackType Type { get; init; }

    /// <summary>The type as it is written, in lower case.</summary>
    public required string TypeName { get; init; }

    /// <summary>Whether a recipient complained or wants no more mail: stop sending to <see cref="Recipients"/>. Not so for <see cref="FeedbackType.AuthFailure"/>
    /// and <see cref="FeedbackType.NotSpam"/>.</summary>
    public bool IsComplaint => Type is not (FeedbackType.AuthFailure or FeedbackType.NotSpam);

    /// <summary>Who received the message: Original-Rcpt-To, else the To of the enclosed message; several loops hide them.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The envelope sender of the message, without brackets, or <see langword="null"/>.</summary>
    public string? OriginalMailFrom { get; init; }

    /// <summary>The address from which the message came, or <see langword="null"/>.</summary>
    public IPAddress? SourceIp { get; init; }

    /// <summary>When the message arrived, or <see langword="null"/>.</summary>
    public DateTimeOffset? ArrivalDate { get; init; }

    /// <summary>The domains that the report is about.</summary>
    public IReadOnlyList<string> ReportedDomains { get; init; } = [];

    /// <summary>What failed (<c>dmarc</c>, <c>spf</c>, <c>signature</c>...), for <see cref="FeedbackType.AuthFailure"/>; else <see langword="null"/>.</summary>
    public string? AuthFailure { get; init; }

    /// <summary>What was done with the message (<c>delivered</c>, <c>reject</c>...), or <see langword="null"/> (RFC 6591 §3.2.2).</summary>
    public string? DeliveryResult { get; init; }

    /// <summary>The program that wrote the report, or <see langword="null"/>.</summary>
    public string? UserAgent { get; init; }

    /// <summary>How many messages the report stands for; 1 where it does not say.</summary>
    public int Incidents { get; init; } = 1;

    /// <summary>The Message-ID of the message without angle brackets, or <see langword="null"/>.</summary>
    public string? OriginalMessageId { get; init; }
}
