namespace Mail.Protocol.Reports;

/// <summary>What a mail program did with a message (RFC 8098): a read receipt. Never a bounce, also when the message was deleted unread.</summary>
public sealed record DispositionReport
{
    /// <summary>The recipient whose program answers, or <see langword="null"/>.</summary>
    public string? Recipient { get; init; }

    /// <summary>The address that the sender used, where it differs, or <see langword="null"/>.</summary>
    public string? OriginalRecipient { get; init; }

    /// <summary>What was done, in lower case: <c>displayed</c>, <c>deleted</c>, <c>dispatched</c>, <c>processed</c>, or whatever the program writes.</summary>
    public required string Disposition { get; init; }

    /// <summary>Whether the message was shown to the recipient.</summary>
    public bool IsDisplayed => Disposition is "displayed";

    /// <summary>Whether the recipient agreed to send the receipt (<c>MDN-sent-manually</c>).</summary>
    public bool IsSentManually { get; init; }

    /// <summary>The Message-ID of the message without angle brackets, or <see langword="null"/>.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>The mail program, or <see langword="null"/>.</summary>
    public string? ReportingUserAgent { get; init; }
}
