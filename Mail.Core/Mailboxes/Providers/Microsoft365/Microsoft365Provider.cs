using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>
/// Accounts with a mailbox of Exchange Online. Graph makes no shared mailboxes as Exchange knows them: the mode `shared` is an account whose sign-in is blocked, which Exchange serves like any other.
/// </summary>
internal sealed class Microsoft365Provider(Microsoft365Settings settings, GraphConnection connection) : IMailboxProvider
{
    private const int SmtpPort = 587;
    private const int LongestNickname = 64;

    private static readonly TimeSpan _untilVisible = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _untilMailbox = TimeSpan.FromSeconds(15); // usually one to five minutes after the licence

    private readonly GraphDirectory _graph = new(connection);
    private readonly GraphLicensing _licensing = new(new GraphDirectory(connection), settings.Licence);

    private ProviderWords Words => _graph.Words;

    public async Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct)
    {
        ProviderOutcome<GraphUser?> user = await _graph.FindUserAsync(address, ct); // at once true of what was just made
        if (user.Problem is { } problem) return problem;
        return user.Value is not null ? true : await IsUsedElsewhereAsync(address, ct);
    }

    public async Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<GraphUser?> known = await _graph.FindUserAsync(order.Address, ct);
        if (known.Problem is { } problem) return problem;
        if (known.Value is { } user) return Ours(user, order);
        ProviderOutcome<bool> used = await IsUsedElsewhereAsync(order.Address, ct, order);
        if (used.Problem is { } unknown) return unknown;
        if (used.Value) return TakenBySomebody(order);
        ProviderOutcome<GraphUser> made = await _graph.CreateUserAsync(NewUser(order), ct);
        if (made.IsSuccess) return made.Value.Id is { Length: > 0 } id ? id : Words.Problem(ProviderProblems.Unreadable, $"{Words.Title} made an account and did not say which.", "Nothing to do: it is tried again by itself.", isTransient: true);
        return made.Problem!.Code == ProviderProblems.MailboxExists ? await WhoHasItAsync(order, made.Problem, ct) : made.Problem;
    }

    public async Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GraphUser> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        ProviderOutcome<bool> licensed = await _licensing.LicenseAsync(found.Value, ct);
        if (licensed.Problem is { } unlicensed) return unlicensed;
        if (!licensed.Value) return NotYetVisible();
        string receives = $"SMTP:{order.Address}";
        if (found.Value.Mail is { Length: > 0 } && found.Value.ProxyAddresses?.Contains(receives, StringComparer.OrdinalIgnoreCase) == true) return order.Address;
        return Words.Problem(ProviderProblems.Unavailable, $"{Words.Title} is still making the mailbox.", settings.Licence is null ? "Give the account a licence with Exchange Online, if no group does. It is looked at again by itself." : "Nothing to do: it is looked at again by itself.", isTransient: true) with { RetryAfter = _untilMailbox };
    }

    public async Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        Uri webmail = settings.Webmail(order.Address);
        ProviderOutcome<GraphUser> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        if (settings.IsShared) return new MailboxCredentials("", 0, "", "", webmail, UsesOurSubmission: true);
        string password = GeneratedPassword.For(order.UserName, Words);
        ProviderOutcome<bool> changed = await _graph.ChangeUserAsync(found.Value.Id!, new GraphUser { PasswordProfile = new GraphPassword(password, ForceChangePasswordNextSignIn: false) }, ct);
        if (changed.Problem is { } refused) return refused;
        if (!changed.Value) return NotYetVisible();
        return settings.UsesSmtpAuth
            ? new MailboxCredentials(settings.SmtpServer, SmtpPort, order.Address, password, webmail)
            : new MailboxCredentials("", 0, "", "", webmail, password, UsesOurSubmission: true);
    }

    public async Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GraphUser> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        ProviderOutcome<bool> disabled = await _graph.ChangeUserAsync(found.Value.Id!, new GraphUser { AccountEnabled = false }, ct);
        if (disabled.Problem is { } refused) return refused;
        ProviderOutcome<bool> revoked = await _graph.RevokeSessionsAsync(found.Value.Id!, ct);
        return revoked.Problem is { } unrevoked ? unrevoked : true;
    }

    public async Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GraphUser> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        if (settings.IsShared) return true; // nobody ever signs in
        ProviderOutcome<bool> enabled = await _graph.ChangeUserAsync(found.Value.Id!, new GraphUser { AccountEnabled = true }, ct);
        return enabled.Problem is { } refused ? refused : true;
    }

    /// <summary>For good: what only lies among the deleted ones for 30 days keeps its address.</summary>
    public async Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ProviderOutcome<GraphUser?> found = await FindForDeletionAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is not { } user) return await PurgeAsync(order, account, ct);
        if (!user.IsOf(order)) return false; // somebody else's: nothing of ours is there
        ProviderOutcome<bool> deleted = await _graph.DeleteUserAsync(user.Id!, ct);
        if (deleted.Problem is { } refused) return refused;
        ProviderOutcome<bool> purged = await _graph.PurgeAsync(user.Id!, ct);
        if (purged.Problem is { } unpurged) return unpurged;
        return purged.Value ? true : Words.Problem(ProviderProblems.Unavailable, $"{Words.Title} has not yet moved the account to the deleted ones.", "Nothing to do: it is tried again by itself.", isTransient: true) with { RetryAfter = _untilVisible };
    }

    public Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct) => _licensing.ReadQuotaAsync(ct);

    public async Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct)
    {
        ProviderOutcome<bool> subscribed = await _licensing.CheckAsync(ct);
        if (!subscribed.IsSuccess || domain is null) return subscribed;
        ProviderOutcome<GraphDomain?> found = await _graph.FindDomainAsync(domain, ct);
        if (found.Problem is { } problem) return problem;
        const string Remedy = "Add and verify it at Microsoft 365 admin center, Settings, Domains, and let it be used for mail.";
        return found.Value switch
        {
            null => Words.Problem(ProviderProblems.DomainNotVerified, $"The tenant has no domain {domain}.", Remedy),
            { IsVerified: not true } => Words.Problem(ProviderProblems.DomainNotVerified, $"The domain {domain} is not verified.", Remedy),
            { SupportedServices: { } services } when !services.Contains("Email") => Words.Problem(ProviderProblems.DomainNotVerified, $"The domain {domain} is not used for mail.", Remedy),
            _ => true,
        };
    }

    private GraphUser NewUser(MailboxOrder order) => new()
    {
        AccountEnabled = !settings.IsShared,
        DisplayName = order.DisplayName.Length > 0 ? order.DisplayName : order.UserName,
        MailNickname = order.UserName.Length <= LongestNickname ? order.UserName : order.UserName[..LongestNickname],
        UserPrincipalName = order.Address,
        PasswordProfile = new GraphPassword(GeneratedPassword.For(order.UserName, Words), ForceChangePasswordNextSignIn: false), // nobody gets to see this one: credentials are issued later
        PasswordPolicies = "DisablePasswordExpiration", // a program cannot change its password
        UsageLocation = settings.UsageLocation,
        OnPremisesExtensionAttributes = new GraphMarks { ExtensionAttribute15 = order.Mark },
    };

    private ProviderOutcome<string> Ours(GraphUser user, MailboxOrder order) => user.IsOf(order) && user.Id is { Length: > 0 } id ? id : TakenBySomebody(order);

    private ProviderProblem TakenBySomebody(MailboxOrder order) =>
        Words.Problem(ProviderProblems.MailboxExists, $"{Words.Title} has an account or a group with the address {order.Address} that is not this mailbox.", "Choose another name.");

    private ProviderProblem NotYetVisible() =>
        Words.Problem(ProviderProblems.Unavailable, $"{Words.Title} does not show the account yet.", "Nothing to do: it is tried again by itself.", isTransient: true) with { RetryAfter = _untilVisible };

    /// <param name="order">Whose own account does not count; null counts all.</param>
    private async Task<ProviderOutcome<bool>> IsUsedElsewhereAsync(string address, CancellationToken ct, MailboxOrder? order = null)
    {
        ProviderOutcome<GraphUser?> user = await _graph.FindByAddressAsync(address, one => order is null || !one.IsOf(order), ct);
        if (user.Problem is { } problem) return problem;
        if (user.Value is not null) return true;
        ProviderOutcome<GraphObject?> group = await _graph.FindGroupAsync(address, ct);
        return group.Problem is { } unknown ? unknown : group.Value is not null;
    }

    /// <summary>Entra says that there is one: that may be ours, made by a call whose answer was lost, and not yet visible everywhere.</summary>
    private async Task<ProviderOutcome<string>> WhoHasItAsync(MailboxOrder order, ProviderProblem refusal, CancellationToken ct)
    {
        ProviderOutcome<GraphUser?> user = await _graph.FindUserAsync(order.Address, ct);
        if (user.Problem is { } problem) return problem;
        if (user.Value is { } seen) return Ours(seen, order);
        ProviderOutcome<GraphUser?> indexed = await _graph.FindByAddressAsync(order.Address, _ => true, ct);
        if (indexed.Problem is { } unknown) return unknown;
        if (indexed.Value is { } found) return Ours(found, order);
        return refusal with { Code = ProviderProblems.Unavailable, Remedy = "Nothing to do: it is looked at again by itself, until Microsoft 365 shows who has the address.", IsTransient = true, RetryAfter = _untilVisible };
    }

    /// <returns>The account, which bears our mark.</returns>
    private async Task<ProviderOutcome<GraphUser>> FindAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GraphUser?> found = await _graph.FindUserAsync(account, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is { Id: not null } user) return user.IsOf(order) ? user : TakenBySomebody(order);
        ProviderOutcome<GraphUser?> deleted = await _graph.FindDeletedAsync(account, ct);
        if (deleted.Problem is { } unknown) return unknown;
        return deleted.Value is null ? NotYetVisible() : Words.Problem(ProviderProblems.Gone, $"The account was deleted at {Words.Title}.", "Restore it there, at Users, Deleted users, or delete the mailbox here and make it again.");
    }

    /// <summary>By its id, else by its address: whoever undoes a half-made one may not know the id.</summary>
    private async Task<ProviderOutcome<GraphUser?>> FindForDeletionAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ProviderOutcome<GraphUser?> found = await _graph.FindUserAsync(account ?? order.Address, ct);
        if (!found.IsSuccess || found.Value is not null || account is not null) return found;
        return await _graph.FindByAddressAsync(order.Address, user => user.IsOf(order), ct);
    }

    private async Task<ProviderOutcome<bool>> PurgeAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ProviderOutcome<GraphUser?> deleted = account is null ? await _graph.FindDeletedAsync(user => user.IsOf(order), ct) : await _graph.FindDeletedAsync(account, ct);
        if (deleted.Problem is { } problem) return problem;
        return deleted.Value is { Id: { } id } user && user.IsOf(order) ? await _graph.PurgeAsync(id, ct) : false;
    }
}
