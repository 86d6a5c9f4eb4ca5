namespace Mail.Core.Feedback.Mailboxes;

/// <summary>A mailbox in which reports land, at whatever provider. A mail stays in it until what it says is committed.</summary>
internal interface IMailbox : IDisposable
{
    /// <summary>As people are told of it, and as it is known in the database: `bounces@example.com at Microsoft 365`.</summary>
    string Name { get; }

    /// <exception cref="MailboxException">It cannot be opened.</exception>
    Task<IMailboxSession> OpenAsync(CancellationToken ct);
}

/// <summary>One look into a mailbox. Each of its methods throws <see cref="MailboxException"/> when the mailbox can be read no further.</summary>
internal interface IMailboxSession : IAsyncDisposable
{
    /// <summary>Whether <see cref="ListAsync"/> names every mail that is there, and not only those of the last weeks.</summary>
    bool ListsAll { get; }

    /// <summary>What is there, page by page. Nothing is moved or removed until the caller has all pages that it wants: they would shift.</summary>
    IAsyncEnumerable<IReadOnlyList<MailboxMail>> ListAsync(CancellationToken ct);

    Task<FetchedMail> FetchAsync(MailboxMail mail, CancellationToken ct);

    /// <summary>What it says is committed. It goes to the provider's bin where there is one. Nothing happens when it is gone already.</summary>
    Task RemoveAsync(MailboxMail mail, CancellationToken ct);

    /// <summary>It cannot be read: it goes where people find it and we do not look. Where there is no such place, it stays.</summary>
    Task SetApartAsync(MailboxMail mail, CancellationToken ct);

    /// <summary>Ends the look properly; what was removed may be gone only now.</summary>
    Task CloseAsync(CancellationToken ct);
}

/// <param name="Id">The same at every look; null where the server has no such names.</param>
/// <param name="Size">In bytes, where the list tells.</param>
internal sealed record MailboxMail(string? Id, long? Size = null)
{
    /// <summary>Its number in a session over POP3.</summary>
    public int Number { get; init; }
}

/// <summary>A mail from its first header on, or why there is none.</summary>
internal readonly record struct FetchedMail(ReadOnlyMemory<byte> Content, string? Problem = null)
{
    /// <summary>Somebody else took it away meanwhile.</summary>
    public bool IsGone { get; private init; }

    public static FetchedMail Gone => new() { IsGone = true };

    /// <summary>Whether there is no use in trying again.</summary>
    public bool IsFinal { get; private init; }

    public static FetchedMail TooLarge(int most) => new(default, $"It is larger than Feedback__MaxReportBytes ({most}).") { IsFinal = true };
}

/// <summary>A mailbox cannot be read; the message says why, for a person and without a secret.</summary>
/// <param name="retryAfter">How long the server asks us to stay away.</param>
internal sealed class MailboxException(string message, Exception cause, TimeSpan? retryAfter = null) : Exception(message, cause)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the one mail that was being fetched is to blame, so that the others could be read without it.</summary>
    public bool BlamesMail { get; init; }
}
