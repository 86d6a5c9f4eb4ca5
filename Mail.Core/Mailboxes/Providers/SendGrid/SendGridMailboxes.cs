using System.Globalization;

namespace Mail.Core.Mailboxes.Providers.SendGrid;

/// <summary>
/// A mailbox at SendGrid: an address of an authenticated domain, or a single sender that a person confirmed, and an API key that may send and no more. The key's name and the sender's nickname
/// are the mark. SendGrid ties no key to an address: a mailbox's key could send as any sender of its account.
/// </summary>
/// <param name="confirmsEachSender">Single senders in place of authenticated domains.</param>
internal sealed class SendGridMailboxes(SendGridApi api, string server, bool confirmsEachSender) : IMailboxProvider
{
    private const int Port = 587;
    private const string UserName = "apikey"; // the same for everybody: the password says who it is
    private const int MostKeys = 100;

    private static readonly string[] _sending = ["mail.send"];

    /// <summary>A key has one permission at least, so a suspended one keeps the least: it may ask whether a batch id is valid.</summary>
    private static readonly string[] _suspended = ["mail.batch.read"];

    private static readonly string[] _needed = ["api_keys.create", "api_keys.delete", "api_keys.read", "api_keys.update", "mail.send", "mail.batch.read", "whitelabel.read", "user.credits.read", "stats.read"];

    public async Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct)
    {
        ProviderOutcome<SendGridSender?> found = await api.FindSenderAsync(Has(address), ct);
        return found.Problem is { } problem ? problem : found.Value is not null;
    }

    public async Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<SendGridSender?> found = await api.FindSenderAsync(Has(order.Address), ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is { } sender) return sender.Nickname == order.Mark ? Account(sender) : SendGridProblems.Taken(order.Address, api.Words);
        if (!confirmsEachSender) return await DomainAsync(order.Domain, ct);
        SendGridSenderWish wish = new(order.Mark, order.Address, order.DisplayName.Length > 0 ? order.DisplayName : null, order.Address);
        ProviderOutcome<SendGridSender> made = await api.CreateSenderAsync(wish, ct);
        if (made.IsSuccess) return Account(made.Value);
        if (made.Problem!.Code != ProviderProblems.MailboxExists) return made.Problem;
        // Somebody was faster, perhaps we ourselves in another worker.
        ProviderOutcome<SendGridSender?> now = await api.FindSenderAsync(Has(order.Address), ct);
        return now.Problem ?? (now.Value?.Nickname == order.Mark ? Account(now.Value) : (ProviderOutcome<string>)made.Problem);
    }

    public async Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        if (!account.StartsWith("sender:", StringComparison.Ordinal)) return await DomainAsync(order.Domain, ct);
        ProviderOutcome<SendGridSender?> found = await api.FindSenderAsync(Ours(order), ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is not { } sender) return Gone(order);
        return sender.Verified ? Account(sender) : SendGridProblems.NotConfirmed(order.Address, api.Words);
    }

    public async Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<int> removed = await EachKeyAsync(order, key => api.DeleteKeyAsync(key, ct), ct);
        if (removed.Problem is { } problem) return problem;
        ProviderOutcome<SendGridNewKey> made = await api.CreateKeyAsync(order.Mark, _sending, ct);
        if (made.Problem is { } refused) return refused;
        return new MailboxCredentials(server, Port, UserName, made.Value.ApiKey, Webmail: null);
    }

    /// <summary>The key stays, so that it can be used again.</summary>
    public async Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct) => Any(await EachKeyAsync(order, key => api.SetScopesAsync(key, _suspended, ct), ct));

    public async Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct) => Any(await EachKeyAsync(order, key => api.SetScopesAsync(key, _sending, ct), ct));

    public async Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ProviderOutcome<int> keys = await EachKeyAsync(order, key => api.DeleteKeyAsync(key, ct), ct);
        if (keys.Problem is { } problem) return problem;
        ProviderOutcome<SendGridSender?> found = await api.FindSenderAsync(Ours(order), ct);
        if (found.Problem is { } unknown) return unknown;
        if (found.Value is not { } sender) return keys.Value > 0;
        ProviderOutcome<bool> deleted = await api.DeleteSenderAsync(sender, ct);
        return deleted.Problem is { } refused ? refused : deleted.Value || keys.Value > 0;
    }

    public async Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct)
    {
        DateOnly today = DateOnly.FromDateTime(api.Clock.GetUtcNow().UtcDateTime);
        ProviderOutcome<SendGridCredits?> credits = await api.CreditsAsync(ct);
        if (credits.Problem is { } problem) return problem;
        ProviderOutcome<SendGridDay[]> stats = await api.StatsAsync(new DateOnly(today.Year, today.Month, 1), today, ct);
        if (stats.Problem is { } noStats) return noStats;
        ProviderOutcome<IReadOnlyList<SendGridKey>> keys = await api.KeysAsync(ct);
        if (keys.Problem is { } noKeys) return noKeys;
        bool isDaily = credits.Value?.ResetFrequency == "daily";
        bool isMonthly = credits.Value?.ResetFrequency == "monthly";
        return new ProviderQuota(
            isDaily ? credits.Value!.Used : Requests(stats.Value.Where(day => day.Date == today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
            isDaily ? credits.Value!.Total : null,
            isMonthly ? credits.Value!.Used : Requests(stats.Value),
            isMonthly ? credits.Value!.Total : null,
            keys.Value.Count,
            MostKeys);
    }

    public async Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct)
    {
        ProviderOutcome<SendGridScopes> scopes = await api.ScopesAsync(ct);
        if (scopes.Problem is { } problem) return problem;
        string[] missing = [.. _needed.Except(scopes.Value.Scopes)];
        if (missing.Length > 0)
            return api.Words.Problem(ProviderProblems.Forbidden, $"The API key does not have: {string.Join(", ", missing)}.", "Add these permissions to it at SendGrid (Settings, API Keys, Edit), or make a key that has them.");
        if (domain is null || confirmsEachSender) return true;
        ProviderOutcome<string> found = await DomainAsync(domain, ct);
        return found.Problem is { } notVerified ? notVerified : true;
    }

    private static Func<SendGridSender, bool> Has(string address) => sender => address.Equals(sender.FromEmail, StringComparison.OrdinalIgnoreCase);

    private static Func<SendGridSender, bool> Ours(MailboxOrder order) => sender => sender.Nickname == order.Mark && Has(order.Address)(sender);

    private static string Account(SendGridSender sender) => string.Create(CultureInfo.InvariantCulture, $"sender:{sender.Id}");

    private static long Requests(IEnumerable<SendGridDay> days) => days.SelectMany(day => day.Stats).Sum(stats => stats.Metrics?.Requests ?? 0);

    private static ProviderOutcome<bool> Any(ProviderOutcome<int> met) => met.Problem is { } problem ? problem : met.Value > 0;

    private ProviderProblem Gone(MailboxOrder order) => api.Words.Problem(
        ProviderProblems.Gone, $"The sender {order.Address} is not at SendGrid any more.", "Delete the mailbox here, and make it anew.");

    private async Task<ProviderOutcome<string>> DomainAsync(string domain, CancellationToken ct)
    {
        ProviderOutcome<SendGridDomain?> found = await api.FindDomainAsync(domain, ct);
        if (found.Problem is { } problem) return problem;
        return found.Value is { } known ? string.Create(CultureInfo.InvariantCulture, $"domain:{known.Id}") : SendGridProblems.NotAuthenticated(domain, api.Words);
    }

    /// <returns>How many there were.</returns>
    private async Task<ProviderOutcome<int>> EachKeyAsync(MailboxOrder order, Func<SendGridKey, Task<ProviderOutcome<bool>>> act, CancellationToken ct)
    {
        ProviderOutcome<IReadOnlyList<SendGridKey>> keys = await api.KeysAsync(ct);
        if (keys.Problem is { } problem) return problem;
        int met = 0;
        foreach (SendGridKey key in keys.Value.Where(key => key.Name == order.Mark))
        {
            ProviderOutcome<bool> done = await act(key);
            if (done.Problem is { } refused) return refused;
            if (done.Value) met++;
        }

        return met;
    }
}
