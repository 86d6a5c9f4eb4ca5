using Mail.Core.Mailboxes.Providers;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>Any kind of provider, with a look before and after each call: where tests kill the worker.</summary>
internal sealed class WatchedKind(MailboxProviderKind kind) : MailboxProviderKind
{
    public override string Name => kind.Name;

    public override string Title => kind.Title;

    public override IReadOnlyList<ProviderField> Fields => kind.Fields;

    /// <summary>Told of a call before the provider hears of it.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Told of a call when the provider has acted, before anybody here knows.</summary>
    public Func<string, Task> Acted { get; set; } = _ => Task.CompletedTask;

    public override IMailboxProvider Open(ProviderScope scope, IReadOnlyDictionary<string, string> settings) => new Watched(this, kind.Open(scope, settings));

    /// <summary>What is answered to a call in place of the provider, which does not hear of it.</summary>
    public Func<string, ProviderProblem?> Refuses { get; set; } = _ => null;

    private sealed class Watched(WatchedKind watch, IMailboxProvider provider) : IMailboxProvider
    {
        public Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct) => provider.IsTakenAsync(address, ct);

        public Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct) => CallAsync("create", () => provider.CreateAsync(order, ct));

        public Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct) => CallAsync("set_up_sending", () => provider.SetUpSendingAsync(order, account, ct));

        public Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct) =>
            CallAsync("issue_credentials", () => provider.IssueCredentialsAsync(order, account, ct));

        public Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct) => CallAsync("suspend", () => provider.SuspendAsync(order, account, ct));

        public Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct) => CallAsync("resume", () => provider.ResumeAsync(order, account, ct));

        public Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct) => CallAsync("delete", () => provider.DeleteAsync(order, account, ct));

        public Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct) => provider.ReadQuotaAsync(ct);

        public Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct) => provider.CheckAsync(domain, ct);

        private async Task<ProviderOutcome<T>> CallAsync<T>(string call, Func<Task<ProviderOutcome<T>>> make)
        {
            await watch.Before(call);
            ProviderOutcome<T> outcome = watch.Refuses(call) is { } problem ? problem : await make();
            await watch.Acted(call);
            return outcome;
        }
    }
}
