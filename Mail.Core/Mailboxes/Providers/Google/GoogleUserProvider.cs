using System.Text.Json;
using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>Each mailbox is a user with a licence of its own.</summary>
/// <param name="orgUnit">Where new ones are put; null for the top.</param>
internal sealed class GoogleUserProvider(GoogleConnection connection, string? orgUnit) : IMailboxProvider
{
    private const int LongestName = 60;

    private static readonly Uri _webmail = new("https://mail.google.com/");
    private static readonly TimeSpan _untilMailbox = TimeSpan.FromSeconds(15);

    private readonly GoogleDirectory _directory = new(connection);

    private ProviderWords Words => connection.Words;

    public Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct) => _directory.IsTakenAsync(address, ct);

    public async Task<ProviderOutcome<string>> CreateAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<string?> known = await WhoHasItAsync(order, ct);
        if (known.Problem is { } problem) return problem;
        if (known.Value is { } id) return id;
        ProviderOutcome<GoogleUser> made = await _directory.CreateUserAsync(NewUser(order), ct);
        if (made.IsSuccess) return made.Value.Id is { Length: > 0 } fresh ? fresh : _directory.NotYet($"{Words.Title} made a user and did not say which.");
        if (made.Problem!.Code != ProviderProblems.MailboxExists) return made.Problem;
        ProviderOutcome<string?> seen = await WhoHasItAsync(order, ct); // ours, when the answer of an earlier call was lost
        if (seen.Problem is { } taken) return taken;
        return seen.Value is { } ours ? ours : _directory.NotYet($"{Words.Title} says that the address exists, and does not show yet whose it is.");
    }

    public async Task<ProviderOutcome<string>> SetUpSendingAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value.IsMailboxSetup != true)
            return Words.Problem(ProviderProblems.Unavailable, $"{Words.Title} is still setting up Gmail for the user.", "Check that new users get a licence with Gmail and that it is switched on for them, if it lasts. It is looked at again by itself.", isTransient: true) with { RetryAfter = _untilMailbox };
        return await new GmailSettings(connection, order.Address).NameAsync(order, ct);
    }

    public async Task<ProviderOutcome<MailboxCredentials>> IssueCredentialsAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        string password = GeneratedPassword.For(order.UserName, Words);
        ProviderOutcome<bool> changed = await _directory.ChangeUserAsync(found.Value.Id!, new GoogleUser { Password = password, ChangePasswordAtNextLogin = false }, ct);
        if (changed.Problem is { } refused) return refused;
        ProviderOutcome<bool> signedOut = await _directory.SignOutAsync(found.Value.Id!, ct); // who is in with the old one stays in otherwise
        if (signedOut.Problem is { } unended) return unended;
        // Google gives passwords for programs to people only, at their own account's page, and to no administrator.
        return new MailboxCredentials("", 0, "", "", _webmail, password, UsesOurSubmission: true);
    }

    public Task<ProviderOutcome<bool>> SuspendAsync(MailboxOrder order, string account, CancellationToken ct) => SetSuspendedAsync(order, account, true, ct);

    public Task<ProviderOutcome<bool>> ResumeAsync(MailboxOrder order, string account, CancellationToken ct) => SetSuspendedAsync(order, account, false, ct);

    public async Task<ProviderOutcome<bool>> DeleteAsync(MailboxOrder order, string? account, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser?> found = await _directory.FindUserAsync(account ?? order.Address, ct);
        if (found.IsSuccess && found.Value is null && account is not null) found = await _directory.FindUserAsync(order.Address, ct); // a fresh one is known by its address first
        if (found.Problem is { } problem) return problem;
        if (found.Value is not { Id: { } id } user || !user.IsOf(order)) return false;
        ProviderOutcome<bool> deleted = await _directory.DeleteUserAsync(id, ct);
        if (deleted.Problem is { } refused) return refused;
        return deleted.Value ? true : _directory.NotYet($"{Words.Title} shows the user by its address and not yet by its id."); // no proof that it is gone: it was seen a moment ago
    }

    /// <summary>How many users there are; how many there may be stands at the reseller's, and what is sent in reports that come days later.</summary>
    public async Task<ProviderOutcome<ProviderQuota>> ReadQuotaAsync(CancellationToken ct)
    {
        ProviderOutcome<long> users = await _directory.CountUsersAsync(ct);
        return users.Problem is { } problem ? problem : new ProviderQuota(null, null, null, null, users.Value, null);
    }

    public async Task<ProviderOutcome<bool>> CheckAsync(string? domain, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser?> admin = await _directory.FindUserAsync(connection.Admin, ct);
        if (admin.Problem is { } problem) return problem;
        if (admin.Value is null) return Words.Problem(ProviderProblems.Settings, $"The organisation has no user {connection.Admin}.", "Correct `admin` of the connection.");
        return domain is null ? true : await _directory.CheckDomainAsync(domain, ct);
    }

    private GoogleUser NewUser(MailboxOrder order) => new()
    {
        PrimaryEmail = order.Address,
        Name = Name(order),
        Password = GeneratedPassword.For(order.UserName, Words), // nobody gets to see this one: credentials are issued later
        ChangePasswordAtNextLogin = false,
        OrgUnitPath = orgUnit,
        ExternalIds = JsonSerializer.SerializeToElement([new GoogleExternalId("custom", GoogleUser.MarkType, order.Mark)], GoogleJson.Default.IReadOnlyListGoogleExternalId),
    };

    /// <summary>Cut at the last space; who has one name only is of the house. What is seen is the third, whole.</summary>
    private static GoogleName Name(MailboxOrder order)
    {
        string name = order.DisplayName.Length > 0 ? order.DisplayName : order.UserName;
        int space = name.LastIndexOf(' ');
        (string given, string family) = space > 0 && space < name.Length - 1 ? (name[..space], name[(space + 1)..]) : (name, order.Domain);
        return new GoogleName(Cut(given), Cut(family), name.Length <= 256 ? name : null);
    }

    private static string Cut(string text) => text.Length <= LongestName ? text : text[..(char.IsHighSurrogate(text[LongestName - 1]) ? LongestName - 1 : LongestName)];

    /// <returns>Our user's id; null when nothing has the address.</returns>
    private async Task<ProviderOutcome<string?>> WhoHasItAsync(MailboxOrder order, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser?> user = await _directory.FindUserAsync(order.Address, ct);
        if (user.Problem is { } problem) return problem;
        if (user.Value is { } known) return known.IsOf(order) && known.Id is { Length: > 0 } id ? id : _directory.TakenBySomebody(order);
        ProviderOutcome<GoogleGroup?> group = await _directory.FindGroupAsync(order.Address, ct);
        if (group.Problem is { } unknown) return unknown;
        return group.Value is null ? (string?)null : _directory.TakenBySomebody(order);
    }

    /// <returns>The user, who bears our mark.</returns>
    private async Task<ProviderOutcome<GoogleUser>> FindAsync(MailboxOrder order, string account, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser?> found = await _directory.FindUserAsync(account, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value is { Id: not null } user) return user.IsOf(order) ? user : _directory.TakenBySomebody(order);
        ProviderOutcome<bool> deleted = await _directory.IsDeletedAsync(account, ct);
        if (deleted.Problem is { } unknown) return unknown;
        return deleted.Value
            ? Words.Problem(ProviderProblems.Gone, $"The user was deleted at {Words.Title}.", "Restore it there, at Users, Recently deleted, or delete the mailbox here and make it again.")
            : _directory.NotYet($"{Words.Title} does not show the user yet.");
    }

    private async Task<ProviderOutcome<bool>> SetSuspendedAsync(MailboxOrder order, string account, bool isSuspended, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser> found = await FindAsync(order, account, ct);
        if (found.Problem is { } problem) return problem;
        if (found.Value.Suspended == isSuspended) return true;
        ProviderOutcome<bool> changed = await _directory.ChangeUserAsync(found.Value.Id!, new GoogleUser { Suspended = isSuspended }, ct);
        if (changed.Problem is { } refused) return refused;
        return changed.Value ? true : _directory.NotYet($"{Words.Title} does not show the user yet.");
    }
}
