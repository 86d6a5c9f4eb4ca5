using System.Text.Json.Serialization.Metadata;
using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>
/// The calls to the Directory API, each for itself. Null is what is not there, or not there yet: for some seconds a fresh user is unknown by its id, and answers every change with
/// 412 `User creation is not complete`.
/// </summary>
internal sealed class GoogleDirectory(GoogleConnection connection)
{
    private const int LargestPage = 500; // of users; groups come in pages of 200 at most

    private static readonly TimeSpan _untilVisible = TimeSpan.FromSeconds(5);

    public ProviderWords Words => connection.Words;

    /// <param name="key">Its id, its address, or an alias of it.</param>
    public Task<ProviderOutcome<GoogleUser?>> FindUserAsync(string key, CancellationToken ct) => FindAsync($"users/{Escaped(key)}?projection=full&fields={GoogleUser.Selected}", GoogleJson.Default.GoogleUser, ct);

    public Task<ProviderOutcome<GoogleGroup?>> FindGroupAsync(string key, CancellationToken ct) => FindAsync($"groups/{Escaped(key)}?fields=id,email,name,description", GoogleJson.Default.GoogleGroup, ct);

    /// <summary>Whether anything has the address: users and groups share the names of a domain, and their aliases too.</summary>
    public async Task<ProviderOutcome<bool>> IsTakenAsync(string address, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser?> user = await FindUserAsync(address, ct);
        if (user.Problem is { } problem) return problem;
        if (user.Value is not null) return true;
        ProviderOutcome<GoogleGroup?> group = await FindGroupAsync(address, ct);
        return group.Problem is { } unknown ? unknown : group.Value is not null;
    }

    public Task<ProviderOutcome<GoogleUser>> CreateUserAsync(GoogleUser user, CancellationToken ct) =>
        connection.Directory.ReadAsync(ProviderCall.Json(HttpMethod.Post, Address("users"), user, GoogleJson.Default.GoogleUser), GoogleJson.Default.GoogleUser, ct);

    /// <returns>False when it is not there.</returns>
    public Task<ProviderOutcome<bool>> ChangeUserAsync(string id, GoogleUser change, CancellationToken ct) =>
        DoAsync(ProviderCall.Json(HttpMethod.Patch, Address($"users/{Escaped(id)}"), change, GoogleJson.Default.GoogleUser), ct);

    /// <summary>Ends what is signed in.</summary>
    public Task<ProviderOutcome<bool>> SignOutAsync(string id, CancellationToken ct) => DoAsync(new ProviderCall(HttpMethod.Post, Address($"users/{Escaped(id)}/signOut")), ct);

    public Task<ProviderOutcome<bool>> DeleteUserAsync(string id, CancellationToken ct) => connection.Directory.DeleteAsync(Address($"users/{Escaped(id)}"), ct);

    /// <summary>Among those that were deleted within the last 20 days.</summary>
    public async Task<ProviderOutcome<bool>> IsDeletedAsync(string id, CancellationToken ct)
    {
        ProviderOutcome<GoogleUser?> found = await ProviderPages.FindAsync(Pages($"users?customer=my_customer&showDeleted=true&maxResults={LargestPage}&fields=nextPageToken,users(id)", page => page.Users, ct), user => user.Id == id, Words);
        return found.Problem is { } problem ? problem : found.Value is not null;
    }

    public Task<ProviderOutcome<long>> CountUsersAsync(CancellationToken ct) => CountAsync($"users?customer=my_customer&maxResults={LargestPage}&fields=nextPageToken,users(id)", page => page.Users, ct);

    public Task<ProviderOutcome<long>> CountGroupsAsync(CancellationToken ct) => CountAsync("groups?customer=my_customer&maxResults=200&fields=nextPageToken,groups(id)", page => page.Groups, ct);

    public Task<ProviderOutcome<GoogleGroup>> CreateGroupAsync(GoogleGroup group, CancellationToken ct) =>
        connection.Directory.ReadAsync(ProviderCall.Json(HttpMethod.Post, Address("groups"), group, GoogleJson.Default.GoogleGroup), GoogleJson.Default.GoogleGroup, ct);

    public Task<ProviderOutcome<bool>> DeleteGroupAsync(string id, CancellationToken ct) => connection.Directory.DeleteAsync(Address($"groups/{Escaped(id)}"), ct);

    /// <summary>Puts the member in, or sets how it gets the group's mail. By PUT: a PATCH leaves that as it is.</summary>
    /// <returns>False when the group is not there.</returns>
    public async Task<ProviderOutcome<bool>> SetMemberAsync(string group, GoogleMember member, CancellationToken ct)
    {
        ProviderOutcome<bool> changed = await DoAsync(ProviderCall.Json(HttpMethod.Put, Address($"groups/{Escaped(group)}/members/{Escaped(member.Email!)}"), member, GoogleJson.Default.GoogleMember), ct);
        if (!changed.IsSuccess || changed.Value) return changed;
        ProviderOutcome<bool> added = await DoAsync(ProviderCall.Json(HttpMethod.Post, Address($"groups/{Escaped(group)}/members"), member, GoogleJson.Default.GoogleMember), ct);
        return added.Problem is { Code: ProviderProblems.MailboxExists } early ? early with { Code = ProviderProblems.Unavailable, IsTransient = true, RetryAfter = _untilVisible, Remedy = "Nothing to do: it is tried again by itself." } : added;
    }

    /// <summary>Whether users and groups may have addresses there.</summary>
    public async Task<ProviderOutcome<bool>> CheckDomainAsync(string domain, CancellationToken ct)
    {
        ProviderOutcome<GoogleDomain?> found = await FindAsync($"customer/my_customer/domains/{Escaped(domain)}", GoogleJson.Default.GoogleDomain, ct);
        if (found.Problem is { } problem) return problem;
        const string Remedy = "Add and verify it at Admin console, Account, Domains, as a domain of its own and not as an alias.";
        return found.Value switch
        {
            null => Words.Problem(ProviderProblems.DomainNotVerified, $"The organisation has no domain {domain}.", Remedy),
            { Verified: not true } => Words.Problem(ProviderProblems.DomainNotVerified, $"The domain {domain} is not verified.", Remedy),
            _ => true,
        };
    }

    public ProviderProblem NotYet(string what, TimeSpan? wait = null) =>
        Words.Problem(ProviderProblems.Unavailable, what, "Nothing to do: it is tried again by itself.", isTransient: true) with { RetryAfter = wait ?? _untilVisible };

    public ProviderProblem TakenBySomebody(MailboxOrder order) =>
        Words.Problem(ProviderProblems.MailboxExists, $"{Words.Title} has a user or a group with the address {order.Address} that is not this mailbox.", "Choose another name.");

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private Uri Address(string path) => new(connection.DirectoryRoot, path);

    private Task<ProviderOutcome<T?>> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class => connection.Directory.FindAsync(ProviderCall.Get(Address(path)), type, ct);

    private async Task<ProviderOutcome<bool>> DoAsync(ProviderCall call, CancellationToken ct)
    {
        ProviderOutcome<ProviderReply> sent = await connection.Directory.SendAsync(call, ct, 404);
        return sent.Problem is { } problem ? problem : sent.Value.Status != 404;
    }

    private async Task<ProviderOutcome<long>> CountAsync(string path, Func<GooglePage, IReadOnlyList<GoogleUser>?> items, CancellationToken ct)
    {
        ProviderOutcome<IReadOnlyList<GoogleUser>> all = await ProviderPages.AllAsync(Pages(path, items, ct), Words);
        return all.Problem is { } problem ? problem : all.Value.Count;
    }

    private Func<string?, Task<ProviderOutcome<ProviderPage<GoogleUser>>>> Pages(string path, Func<GooglePage, IReadOnlyList<GoogleUser>?> items, CancellationToken ct) => async next =>
    {
        ProviderOutcome<GooglePage> page = await connection.Directory.ReadAsync(ProviderCall.Get(Address(next is null ? path : $"{path}&pageToken={Escaped(next)}")), GoogleJson.Default.GooglePage, ct);
        return page.Problem is { } problem ? problem : new ProviderPage<GoogleUser>(items(page.Value) ?? [], page.Value.NextPageToken); // an empty list is left out
    };
}
