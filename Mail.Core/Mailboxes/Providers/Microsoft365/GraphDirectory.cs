using System.Text.Json.Serialization.Metadata;
using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Microsoft365;

/// <summary>The calls to Graph, each for itself. Null is what is not there, or not there yet: Graph's directory has many copies, and a fresh account is unknown to some of them for a while.</summary>
internal sealed class GraphDirectory(GraphConnection connection)
{
    /// <summary>What asks the directory's index in place of one of its copies: only it searches addresses, and it is later still.</summary>
    private static readonly KeyValuePair<string, string>[] _eventual = [new("ConsistencyLevel", "eventual")];

    public ProviderWords Words => connection.Client.Words;

    /// <param name="key">Its id, or the name that it signs in with.</param>
    public Task<ProviderOutcome<GraphUser?>> FindUserAsync(string key, CancellationToken ct) =>
        connection.Client.FindAsync(ProviderCall.Get(Address($"users/{Uri.EscapeDataString(key)}?$select={GraphUser.Selected}")), GraphJson.Default.GraphUser, ct);

    /// <summary>Who has this address, as a name to sign in with or as one that mail comes to.</summary>
    public Task<ProviderOutcome<GraphUser?>> FindByAddressAsync(string address, Func<GraphUser, bool> fits, CancellationToken ct) =>
        FindInPagesAsync($"users?$filter={Uri.EscapeDataString($"userPrincipalName eq {Quoted(address)} or {Receives(address)}")}&$select={GraphUser.Selected}&$count=true", _eventual, GraphJson.Default.UserPage, fits, ct);

    public Task<ProviderOutcome<GraphObject?>> FindGroupAsync(string address, CancellationToken ct) =>
        FindInPagesAsync($"groups?$filter={Uri.EscapeDataString(Receives(address))}&$select=id&$count=true", _eventual, GraphJson.Default.ObjectPage, _ => true, ct);

    public Task<ProviderOutcome<GraphUser>> CreateUserAsync(GraphUser user, CancellationToken ct) =>
        connection.Client.ReadAsync(ProviderCall.Json(HttpMethod.Post, Address("users"), user, GraphJson.Default.GraphUser), GraphJson.Default.GraphUser, ct);

    /// <returns>False when it is not there.</returns>
    public Task<ProviderOutcome<bool>> ChangeUserAsync(string id, GraphUser change, CancellationToken ct) =>
        DoAsync(ProviderCall.Json(HttpMethod.Patch, Address($"users/{Uri.EscapeDataString(id)}"), change, GraphJson.Default.GraphUser), ct);

    /// <summary>Ends what is signed in; a password alone keeps nobody out who is in.</summary>
    /// <returns>False when it is not there.</returns>
    public Task<ProviderOutcome<bool>> RevokeSessionsAsync(string id, CancellationToken ct) => DoAsync(new ProviderCall(HttpMethod.Post, Address($"users/{Uri.EscapeDataString(id)}/revokeSignInSessions")), ct);

    public Task<ProviderOutcome<bool>> DeleteUserAsync(string id, CancellationToken ct) => connection.Client.DeleteAsync(Address($"users/{Uri.EscapeDataString(id)}"), ct);

    public Task<ProviderOutcome<bool>> AssignLicenceAsync(string id, string sku, CancellationToken ct) =>
        DoAsync(ProviderCall.Json(HttpMethod.Post, Address($"users/{Uri.EscapeDataString(id)}/assignLicense"), new GraphLicenceChange([new GraphLicence(sku)], []), GraphJson.Default.GraphLicenceChange), ct);

    public Task<ProviderOutcome<IReadOnlyList<GraphSku>>> ReadSubscriptionsAsync(CancellationToken ct) =>
        ProviderPages.AllAsync(Pages("subscribedSkus?$select=skuId,skuPartNumber,capabilityStatus,consumedUnits,prepaidUnits", [], GraphJson.Default.SkuPage, ct), Words);

    public Task<ProviderOutcome<GraphDomain?>> FindDomainAsync(string domain, CancellationToken ct) =>
        connection.Client.FindAsync(ProviderCall.Get(Address($"domains/{Uri.EscapeDataString(domain)}")), GraphJson.Default.GraphDomain, ct);

    /// <summary>An account that was deleted within the last 30 days.</summary>
    public Task<ProviderOutcome<GraphUser?>> FindDeletedAsync(string id, CancellationToken ct) =>
        connection.Client.FindAsync(ProviderCall.Get(Address($"directory/deletedItems/{Uri.EscapeDataString(id)}?$select=id,onPremisesExtensionAttributes")), GraphJson.Default.GraphUser, ct);

    /// <summary>All of them are looked through: the mark is no field that they are searched by.</summary>
    public Task<ProviderOutcome<GraphUser?>> FindDeletedAsync(Func<GraphUser, bool> fits, CancellationToken ct) =>
        FindInPagesAsync("directory/deletedItems/microsoft.graph.user?$select=id,onPremisesExtensionAttributes", [], GraphJson.Default.UserPage, fits, ct);

    /// <summary>Takes it out of the deleted ones, for good.</summary>
    public Task<ProviderOutcome<bool>> PurgeAsync(string id, CancellationToken ct) => connection.Client.DeleteAsync(Address($"directory/deletedItems/{Uri.EscapeDataString(id)}"), ct);

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The first address of an account is written with capitals, the others without.</summary>
    private static string Receives(string address) =>
        $"mail eq {Quoted(address)} or proxyAddresses/any(p:p eq {Quoted($"SMTP:{address}")}) or proxyAddresses/any(p:p eq {Quoted($"smtp:{address}")})";

    private Uri Address(string path) => new(connection.Root, path);

    private async Task<ProviderOutcome<bool>> DoAsync(ProviderCall call, CancellationToken ct)
    {
        ProviderOutcome<ProviderReply> sent = await connection.Client.SendAsync(call, ct, 404);
        return sent.Problem is { } problem ? problem : sent.Value.Status != 404;
    }

    private Task<ProviderOutcome<T?>> FindInPagesAsync<T>(string path, IReadOnlyList<KeyValuePair<string, string>> headers, JsonTypeInfo<GraphPage<T>> type, Func<T, bool> fits, CancellationToken ct)
        where T : class => ProviderPages.FindAsync(Pages(path, headers, type, ct), fits, Words);

    private Func<string?, Task<ProviderOutcome<ProviderPage<T>>>> Pages<T>(string path, IReadOnlyList<KeyValuePair<string, string>> headers, JsonTypeInfo<GraphPage<T>> type, CancellationToken ct)
        where T : class => async next =>
    {
        Uri address = next is null ? Address(path) : new Uri(connection.Root, next);
        if (!connection.Root.IsBaseOf(address)) // our token goes nowhere else
            return Words.Problem(ProviderProblems.Unreadable, $"{Words.Title} named an address for its next page that is not its own.", "Check the API address of the connection.", isTransient: true);
        ProviderOutcome<GraphPage<T>> page = await connection.Client.ReadAsync(ProviderCall.Get(address) with { Headers = headers }, type, ct);
        if (page.Problem is { } problem) return problem;
        return page.Value.Value is { } items ? new ProviderPage<T>(items, page.Value.NextLink) : Words.Problem(ProviderProblems.Unreadable, $"{Words.Title} answered a list without its entries.", "Check the API address of the connection.", isTransient: true);
    };
}
