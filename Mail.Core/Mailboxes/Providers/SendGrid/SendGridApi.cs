using System.Globalization;
using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.SendGrid;

/// <summary>The calls of SendGrid's v3 API that mailboxes need (https://www.twilio.com/docs/sendgrid/api-reference).</summary>
internal sealed class SendGridApi(ProviderClient client, Uri root)
{
    private const int PageSize = 100;

    public ProviderWords Words => client.Words;

    public TimeProvider Clock => client.Clock;

    /// <summary>All of them in one answer: an account has 100 at most, and the call knows no pages.</summary>
    public async Task<ProviderOutcome<IReadOnlyList<SendGridKey>>> KeysAsync(CancellationToken ct)
    {
        ProviderOutcome<SendGridKeys> read = await client.ReadAsync(ProviderCall.Get(At("v3/api_keys")), SendGridJson.Default.SendGridKeys, ct);
        if (read.Problem is { } problem) return problem;
        return read.Value.Result.ToArray();
    }

    public Task<ProviderOutcome<SendGridNewKey>> CreateKeyAsync(string name, IReadOnlyList<string> scopes, CancellationToken ct) =>
        client.ReadAsync(ProviderCall.Json(HttpMethod.Post, At("v3/api_keys"), new SendGridKeyWish(name, scopes), SendGridJson.Default.SendGridKeyWish), SendGridJson.Default.SendGridNewKey, ct);

    /// <returns>False when there is no such key.</returns>
    public async Task<ProviderOutcome<bool>> SetScopesAsync(SendGridKey key, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        ProviderOutcome<ProviderReply> sent = await client.SendAsync(ProviderCall.Json(HttpMethod.Put, Key(key), new SendGridKeyWish(key.Name, scopes), SendGridJson.Default.SendGridKeyWish), ct, 404);
        return sent.Problem is { } problem ? problem : sent.Value.IsSuccess;
    }

    public Task<ProviderOutcome<bool>> DeleteKeyAsync(SendGridKey key, CancellationToken ct) => client.DeleteAsync(Key(key), ct);

    public Task<ProviderOutcome<SendGridSender?>> FindSenderAsync(Func<SendGridSender, bool> fits, CancellationToken ct) => ProviderPages.FindAsync<SendGridSender>(
        async after =>
        {
            ProviderOutcome<SendGridSenders> page = await client.ReadAsync(
                ProviderCall.Get(At($"v3/verified_senders?limit={PageSize}{(after is null ? "" : $"&lastSeenID={after}")}")), SendGridJson.Default.SendGridSenders, ct);
            if (page.Problem is { } problem) return problem;
            IReadOnlyList<SendGridSender> senders = page.Value.Results;
            return new ProviderPage<SendGridSender>(senders, senders.Count < PageSize ? null : Number(senders.Max(sender => sender.Id)));
        },
        fits,
        client.Words);

    /// <summary>SendGrid writes a mail to the address; who reads it confirms the sender.</summary>
    public Task<ProviderOutcome<SendGridSender>> CreateSenderAsync(SendGridSenderWish wish, CancellationToken ct) =>
        client.ReadAsync(ProviderCall.Json(HttpMethod.Post, At("v3/verified_senders"), wish, SendGridJson.Default.SendGridSenderWish), SendGridJson.Default.SendGridSender, ct);

    public Task<ProviderOutcome<bool>> DeleteSenderAsync(SendGridSender sender, CancellationToken ct) => client.DeleteAsync(At($"v3/verified_senders/{Number(sender.Id)}"), ct);

    public Task<ProviderOutcome<SendGridDomain?>> FindDomainAsync(string domain, CancellationToken ct) => ProviderPages.FindAsync<SendGridDomain>(
        async offset =>
        {
            ProviderOutcome<SendGridDomain[]> page = await client.ReadAsync(
                ProviderCall.Get(At($"v3/whitelabel/domains?limit={PageSize}&offset={offset ?? "0"}&domain={Uri.EscapeDataString(domain)}")), SendGridJson.Default.SendGridDomainArray, ct);
            if (page.Problem is { } problem) return problem;
            int next = int.Parse(offset ?? "0", CultureInfo.InvariantCulture) + PageSize;
            return new ProviderPage<SendGridDomain>(page.Value, page.Value.Length < PageSize ? null : Number(next));
        },
        one => domain.Equals(one.Domain, StringComparison.OrdinalIgnoreCase) && one.Valid, // of one domain there may be several, made anew
        client.Words);

    /// <summary>Null where the plan has none.</summary>
    public Task<ProviderOutcome<SendGridCredits?>> CreditsAsync(CancellationToken ct) => client.FindAsync(ProviderCall.Get(At("v3/user/credits")), SendGridJson.Default.SendGridCredits, ct);

    public Task<ProviderOutcome<SendGridDay[]>> StatsAsync(DateOnly from, DateOnly to, CancellationToken ct) =>
        client.ReadAsync(ProviderCall.Get(At(string.Create(CultureInfo.InvariantCulture, $"v3/stats?start_date={from:yyyy-MM-dd}&end_date={to:yyyy-MM-dd}&aggregated_by=day"))), SendGridJson.Default.SendGridDayArray, ct);

    /// <summary>What our own key may.</summary>
    public Task<ProviderOutcome<SendGridScopes>> ScopesAsync(CancellationToken ct) => client.ReadAsync(ProviderCall.Get(At("v3/scopes")), SendGridJson.Default.SendGridScopes, ct);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private Uri Key(SendGridKey key) => At($"v3/api_keys/{Uri.EscapeDataString(key.ApiKeyId)}");

    private Uri At(string path) => new(root, path);
}
