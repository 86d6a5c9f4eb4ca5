using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>Each mailbox is a group, which needs no licence: one user reads the mail of all of them and may send in their names.</summary>
internal sealed class GoogleGroupProvider(GoogleConnection connection, string reader) : IMailboxProvider
{
    private const int LongestName = 73; // Google's

    private static readonly Uri _webmail = new("https://mail.google.com/");

    private readonly GoogleDirectory _directory = new(connection);
    private readonly GmailSettings _gmail = new(connection, reader);

    private ProviderWords Words => connection.Words;

    public Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct) => _directory.IsTakenAsync(address, ct);

    public async Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<string?> known = await WhoHasItAsync(order, ct);
        if (known.Problem is { } problem) return problem;
        if (known.Value is { } id) return id;
        ProviderOutcome<GoogleGroup> made = await _directory.CreateGroupAsync(NewGroup(order), ct);
        if (made.IsSuccess) return made.Value.Id is { Length: > 0 } fresh ? fresh : _directory.NotYet($"{Words.Title} made a group and did not say which.");
        if (made.Problem!.Code != ProviderProblems.MailboxExists) return made.Problem;
        ProviderOutcome<string?> seen = await WhoHasItAsync(order, ct);
        if (seen.Problem is { } taken) return taken;
        return seen.Value is { } ours ? ours : _directory.NotYet($"{Words.Title} says that the address exists, and does not show yet whose it is.");
    }

    public async Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<bool> joined = await SetReaderAsync(order, account, "ALL_MAIL", ct);
        return joined.Problem is { } problem ? problem : await _gmail.AddAsync(order, ct);
    }

    /// <summary>A group has no password: the reader has one already, and programs use our own submission.</summary>
    public async Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GoogleGroup> found = await FindAsync(order, account, ct);
        return found.Problem is { } problem ? problem : new MailboxCredentials("", 0, "", "", _webmail, UsesOurSubmission: true);
    }

    /// <summary>The reader gets nothing of it and cannot send as it; the group keeps what comes.</summary>
    public async Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<bool> silenced = await SetReaderAsync(order, account, "NONE", ct);
        if (silenced.Problem is { } problem) return problem;
        ProviderOutcome<bool> removed = await _gmail.RemoveAsync(order.Address, ct);
        return removed.Problem is { } refused ? refused : true;
    }

    public async Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<string> set = await SetUpSendingAsync(order, account, ct);
        return set.Problem is { } problem ? problem : true;
    }

    public async Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ProviderOutcome<GoogleGroup?> found = await _directory.FindGroupAsync(account ?? order.Address, ct);
        if (found.IsSuccess && found.Value is null && account is not null) found = await _directory.FindGroupAsync(order.Address, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is not { Id: { } id } group || !group.IsOf(order)) return false;
        ProviderOutcome<bool> removed = await _gmail.RemoveAsync(order.Address, ct); // first: without the group nobody would know that it was ours
        return removed.Problem is { } refused ? refused : await _directory.DeleteGroupAsync(id, ct);
    }

    public async Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct)
    {
        ProviderOutcome<long> groups = await _directory.CountGroupsAsync(ct);
        return groups.Problem is { } problem ? problem : new ProviderQuota(null, null, null, null, groups.Value, null);
    }

    public async Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser?> found = await _directory.FindUserAsync(reader, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is null) return Words.Problem(ProviderProblems.Settings, $"The organisation has no user {reader}.", "Correct `reader` of the connection.");
        return domain is null ? true : await _directory.CheckDomainAsync(domain, ct);
    }

    private static GoogleGroup NewGroup(MailboxOrder order)
    {
        string name = order.DisplayName.Length > 0 ? order.DisplayName : order.UserName;
        return new GoogleGroup { Email = order.Address, Name = name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)], Description = order.Mark };
    }

    /// <returns>Our group's id; null when nothing has the address.</returns>
    private async Task<ProviderOutcome<string?>> WhoHasItAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<GoogleGroup?> group = await _directory.FindGroupAsync(order.Address, ct);
        if (group.Problem is { } problem) return problem;
        if (group.Value is { } known) return known.IsOf(order) && known.Id is { Length: > 0 } id ? id : _directory.TakenBySomebody(order);
        ProviderOutcome<GoogleUser?> user = await _directory.FindUserAsync(order.Address, ct);
        if (user.Problem is { } unknown) return unknown;
        return user.Value is null ? (string?)null : _directory.TakenBySomebody(order);
    }

    /// <returns>The group, which bears our mark.</returns>
    private async Task<ProviderOutcome<GoogleGroup>> FindAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GoogleGroup?> found = await _directory.FindGroupAsync(account, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is { Id: not null } group) return group.IsOf(order) ? group : _directory.TakenBySomebody(order);
        return _directory.NotYet($"{Words.Title} does not show the group."); // a deleted one is kept nowhere: it cannot be told from one that is to appear
    }

    private async Task<ProviderOutcome<bool>> SetReaderAsync(MailboxOrder order, string account, string delivery, CancellationToken ct)
    {
        ProviderOutcome<GoogleGroup> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        ProviderOutcome<bool> set = await _directory.SetMemberAsync(found.Value.Id!, new GoogleMember { Email = reader, Role = "MEMBER", DeliverySettings = delivery }, ct);
        if (set.Problem is { } refused) return refused;
        return set.Value ? true : _directory.NotYet($"{Words.Title} does not show the group yet.");
    }
}
