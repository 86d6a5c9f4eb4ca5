using Mail.Core.Relays.Http;
namespace Mail.Core.Mailboxes.Providers.Ses;

/// <summary>
/// A mailbox at SES: an address of a verified domain, or an identity of its own that a person confirmed, and an IAM user that may send as this address and do nothing else. The user's name and
/// the identity's tag are the mark. Its access key is the SMTP user name, and the SMTP password is derived from the key's secret, which is kept nowhere.
/// </summary>
/// <param name="confirmsEachSender">An identity for each address in place of a verified domain.</param>
internal sealed class SesMailboxes(SesApi ses, IamApi iam, string region, string server, bool confirmsEachSender) : IMailboxProvider
{
    public const string Tag = "mail-mailbox";

    private const int Port = 587;
    private const string PolicyName = "send-as-its-address";

    public async Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct)
    {
        ProviderOutcome<SesIdentity?> found = await ses.FindAsync(address, ct);
        return found.Problem is { } problem ? problem : found.Value is not null;
    }

    public async Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<SesIdentity?> found = await ses.FindAsync(order.Address, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is { } identity && !IsOurs(identity, order)) return AwsProblems.Taken(order.Address, ses.Words);
        if (!confirmsEachSender && (await DomainAsync(order.Domain, ct)).Problem is { } notVerified) return notVerified;
        ProviderOutcome<bool> made = await iam.CreateUserAsync(order.Mark, ct);
        return made.Problem is { } refused ? refused : order.Mark;
    }

    public async Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<string> sender = confirmsEachSender ? await IdentityAsync(order, ct) : await DomainAsync(order.Domain, ct);
        if (!sender.IsSuccess) return sender;
        ProviderOutcome<bool> allowed = await iam.PutPolicyAsync(order.Mark, PolicyName, SesApi.Policy(order.Address), ct);
        if (allowed.Problem is not { } refused) return sender;
        return refused.Code == ProviderProblems.Gone ? await NotYetAsync(order, refused, ct) : refused;
    }

    public async Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<int> removed = await EachKeyAsync(order, key => iam.DeleteKeyAsync(order.Mark, key.Id, ct), ct);
        if (removed.Problem is { } problem) return problem;
        ProviderOutcome<IamNewKey> made = await iam.CreateKeyAsync(order.Mark, ct);
        if (made.Problem is { } refused) return refused;
        return new MailboxCredentials(server, Port, made.Value.Id, SesSmtpPassword.Derive(made.Value.Secret, region), Webmail: null);
    }

    public async Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct) => await SwitchAsync(order, isActive: false, ct);

    public async Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct) => await SwitchAsync(order, isActive: true, ct);

    /// <summary>IAM deletes a user only when nothing is left that belongs to it.</summary>
    public async Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ProviderOutcome<int> keys = await EachKeyAsync(order, key => iam.DeleteKeyAsync(order.Mark, key.Id, ct), ct);
        if (keys.Problem is { } problem) return problem;
        ProviderOutcome<bool> policy = await iam.DeletePolicyAsync(order.Mark, PolicyName, ct);
        if (!policy.IsSuccess) return policy;
        ProviderOutcome<bool> user = await iam.DeleteUserAsync(order.Mark, ct);
        if (!user.IsSuccess) return user;
        ProviderOutcome<SesIdentity?> found = await ses.FindAsync(order.Address, ct);
        if (found.Problem is { } unknown) return unknown;
        if (found.Value is not { } identity || !IsOurs(identity, order)) return user;
        ProviderOutcome<bool> deleted = await ses.DeleteAsync(order.Address, ct);
        return deleted.Problem is { } refused ? refused : deleted.Value || user.Value;
    }

    public async Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct)
    {
        ProviderOutcome<SesAccount> account = await ses.AccountAsync(ct);
        if (account.Problem is { } problem) return problem;
        DateTimeOffset now = ses.Clock.GetUtcNow();
        ProviderOutcome<long?> month = await ses.SentSinceAsync(new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero), ct);
        if (month.Problem is { } noMonth) return noMonth;
        ProviderOutcome<(long? Users, long? Limit)> users = await iam.UsersAsync(ct);
        if (users.Problem is { } noUsers) return noUsers;
        SesSendQuota quota = account.Value.SendQuota;
        return new ProviderQuota((long)quota.SentLast24Hours, quota.Max24HourSend >= 0 ? (long)quota.Max24HourSend : null, month.Value, null, users.Value.Users, users.Value.Limit);
    }

    public async Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct)
    {
        ProviderOutcome<SesAccount> account = await ses.AccountAsync(ct);
        if (account.Problem is { } problem) return problem;
        if (account.Value.SendingEnabled == false)
            return ses.Words.Problem(ProviderProblems.Forbidden, $"SES does not let this account send in {region}.", "See the account dashboard of SES: AWS has switched sending off for this account and region.");
        ProviderOutcome<bool> user = await iam.HasUserAsync($"{Tag}-check", ct); // there is none: only that we may ask is of interest
        if (!user.IsSuccess) return user;
        if (domain is null || confirmsEachSender) return true;
        ProviderOutcome<string> found = await DomainAsync(domain, ct);
        return found.Problem is { } notVerified ? notVerified : true;
    }

    private static bool IsOurs(SesIdentity identity, MailboxOrder order) => identity.Tags?.Any(tag => tag.Key == Tag && tag.Value == order.Mark) == true;

    /// <summary>A verified domain lets its subdomains send too.</summary>
    /// <returns>The identity that holds for the domain.</returns>
    private async Task<ProviderOutcome<string>> DomainAsync(string domain, CancellationToken ct)
    {
        for (string at = domain; at.Contains('.', StringComparison.Ordinal); at = at[(at.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            ProviderOutcome<SesIdentity?> found = await ses.FindAsync(at, ct);
            if (found.Problem is { } problem) return problem;
            if (found.Value is { VerifiedForSendingStatus: true }) return at;
        }

        return AwsProblems.NotVerified(domain, region, ses.Words);
    }

    private async Task<ProviderOutcome<string>> IdentityAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<SesIdentity?> found = await ses.FindAsync(order.Address, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is { } identity)
            return !IsOurs(identity, order) ? AwsProblems.Taken(order.Address, ses.Words) : identity.VerifiedForSendingStatus ? order.Address : AwsProblems.NotConfirmed(order.Address, ses.Words);
        ProviderOutcome<SesIdentity> made = await ses.CreateAsync(new SesIdentityWish(order.Address, [new SesTag(Tag, order.Mark)]), ct);
        if (made.Problem is { } refused) return refused;
        return made.Value.VerifiedForSendingStatus ? order.Address : AwsProblems.NotConfirmed(order.Address, ses.Words);
    }

    /// <summary>What IAM made a moment ago it does not know everywhere at once: asked too early it denies the user that the step before made. Whatever is true, there is one after this.</summary>
    private async Task<ProviderProblem> NotYetAsync(MailboxOrder order, ProviderProblem denied, CancellationToken ct) =>
        (await iam.CreateUserAsync(order.Mark, ct)).Problem ?? denied with { IsTransient = true, RetryAfter = TimeSpan.FromSeconds(5), Remedy = "Nothing to do: AWS needs some seconds to know a new user everywhere. It is tried again by itself." };

    private async Task<ProviderOutcome<bool>> SwitchAsync(MailboxOrder order, bool isActive, CancellationToken ct)
    {
        ProviderOutcome<int> met = await EachKeyAsync(order, async key => key.IsActive == isActive ? true : await iam.SetKeyAsync(order.Mark, key.Id, isActive, ct), ct);
        return met.Problem is { } problem ? problem : met.Value > 0;
    }

    /// <returns>How many there were.</returns>
    private async Task<ProviderOutcome<int>> EachKeyAsync(MailboxOrder order, Func<IamKey, Task<ProviderOutcome<bool>>> act, CancellationToken ct)
    {
        ProviderOutcome<IReadOnlyList<IamKey>> keys = await iam.KeysAsync(order.Mark, ct);
        if (keys.Problem is { } problem) return problem;
        int met = 0;
        foreach (IamKey key in keys.Value)
        {
            ProviderOutcome<bool> done = await act(key);
            if (done.Problem is { } refused) return refused;
            if (done.Value) met++;
        }

        return met;
    }
}
