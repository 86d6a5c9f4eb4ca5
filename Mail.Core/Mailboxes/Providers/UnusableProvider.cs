namespace Mail.Core.Mailboxes.Providers;

/// <summary>A connection whose settings do not go together: whatever is asked of it, it says why.</summary>
internal sealed class UnusableProvider(ProviderProblem problem) : IMailboxProvider
{
    public static UnusableProvider Because(string detail, string remedy) => new(new ProviderProblem(ProviderProblems.Settings, detail, remedy, IsTransient: false));

    public Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct) => Task.FromResult<ProviderOutcome<bool>>(problem);

    public Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct) => Task.FromResult<ProviderOutcome<string>>(problem);

    public Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct) => Task.FromResult<ProviderOutcome<string>>(problem);

    public Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct) => Task.FromResult<ProviderOutcome<MailboxCredentials>>(problem);

    public Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct) => Task.FromResult<ProviderOutcome<bool>>(problem);

    public Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct) => Task.FromResult<ProviderOutcome<bool>>(problem);

    public Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct) => Task.FromResult<ProviderOutcome<bool>>(problem);

    public Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct) => Task.FromResult<ProviderOutcome<ProviderQuota>>(problem);

    public Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct) => Task.FromResult<ProviderOutcome<bool>>(problem);
}
