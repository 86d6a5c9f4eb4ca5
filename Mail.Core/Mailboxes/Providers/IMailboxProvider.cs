namespace Mail.Core.Mailboxes.Providers;

/// <summary>
/// One connection to a provider of mailboxes. Every call may be repeated: the saga does not know whether the provider acted when a worker died. A call finds what an earlier one made by the
/// mark of the order (<see cref="MailboxOrder.Mark"/>), and what bears no mark of ours is somebody else's and is never changed.
/// Expected refusals are values; only bugs throw. Safe for many threads.
/// </summary>
public interface IMailboxProvider
{
    /// <summary>Whether the provider has anything of this address: a user, an alias, a group, a sender.</summary>
    Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct);

    /// <summary>Makes the account, or finds the one that this order made before.</summary>
    /// <returns>What the provider calls it, for the calls that follow. A refusal with the code `mailbox_exists` when the address is somebody else's.</returns>
    Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct);

    /// <summary>Lets it send as its address: a verified sender, an identity, a licence, a send-as alias. Nothing where the account alone may.</summary>
    /// <returns>What the provider calls the sending identity; empty for none.</returns>
    Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct);

    /// <summary>New credentials; those that were issued for this order before stop working.</summary>
    Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct);

    /// <summary>It neither sends nor receives until it is resumed; what it holds is kept.</summary>
    Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct);

    /// <summary>The credentials of before work again where the provider allows it.</summary>
    /// <returns>Whether they do: where not, new ones are issued.</returns>
    Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct);

    /// <summary>Removes all that the order made: credentials, sending identity, account. Also the compensation of a half-made one, so it finds what there is by the mark.</summary>
    /// <param name="account">Null when it is not known whether there is one.</param>
    /// <returns>Whether there was anything.</returns>
    Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct);

    /// <summary>What is used of what the provider allows; a number that it does not tell is null.</summary>
    Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct);

    /// <summary>Whether the settings work and the domain may be used: asked when they are saved, and by a person.</summary>
    Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct);
}

/// <summary>What one mailbox is to be.</summary>
/// <param name="Id">The mailbox's id: the mark by which the provider's things are ours.</param>
/// <param name="Address">In lower case, ASCII in both parts.</param>
/// <param name="DisplayName">Without control characters; may be empty.</param>
public sealed record MailboxOrder(Guid Id, string Address, string DisplayName)
{
    /// <summary>Stands at the provider in a field that nobody sees: a tag, an external id, a key's name.</summary>
    public string Mark => $"mail-mailbox-{Id:N}";

    public string UserName => Address[..Address.IndexOf('@', StringComparison.Ordinal)];

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];
}

/// <summary>How a program sends as the mailbox, and where people read it.</summary>
/// <param name="UsesOurSubmission">The provider has no password for programs: they use our own SMTP submission, which the saga issues a password for; then Server, Port, UserName and Password are empty.</param>
/// <param name="Webmail">Null when it cannot be read anywhere.</param>
/// <param name="WebPassword">For the webmail, where it is another one.</param>
public sealed record MailboxCredentials(string Server, int Port, string UserName, string Password, Uri? Webmail, string? WebPassword = null, bool UsesOurSubmission = false)
{
    /// <summary>Never the secrets: a record would print them.</summary>
    public override string ToString() => $"{UserName} at {Server}:{Port}";
}

/// <summary>The day and the month are the provider's.</summary>
public sealed record ProviderQuota(long? SentToday, long? DayLimit, long? SentThisMonth, long? MonthLimit, long? Mailboxes, long? MailboxLimit);
