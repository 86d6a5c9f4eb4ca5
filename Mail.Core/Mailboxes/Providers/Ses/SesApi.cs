using System.Text.Json;
using Mail.Core.Mailboxes.Providers.Http;

namespace Mail.Core.Mailboxes.Providers.Ses;

/// <summary>The calls of SES's API v2 that mailboxes need (https://docs.aws.amazon.com/ses/latest/APIReference-V2).</summary>
internal sealed class SesApi(ProviderClient client, Uri root)
{
    public ProviderWords Words => client.Words;

    public TimeProvider Clock => client.Clock;

    /// <summary>Null when there is none.</summary>
    /// <param name="identity">An address or a domain.</param>
    public Task<ProviderOutcome<SesIdentity?>> FindAsync(string identity, CancellationToken ct) => client.FindAsync(ProviderCall.Get(Identity(identity)), SesJson.Default.SesIdentity, ct);

    /// <summary>For an address: SES writes a mail to it, and who reads that verifies it.</summary>
    public Task<ProviderOutcome<SesIdentity>> CreateAsync(SesIdentityWish wish, CancellationToken ct) =>
        client.ReadAsync(ProviderCall.Json(HttpMethod.Post, new Uri(root, "v2/email/identities"), wish, SesJson.Default.SesIdentityWish), SesJson.Default.SesIdentity, ct);

    public Task<ProviderOutcome<bool>> DeleteAsync(string identity, CancellationToken ct) => client.DeleteAsync(Identity(identity), ct);

    public Task<ProviderOutcome<SesAccount>> AccountAsync(CancellationToken ct) => client.ReadAsync(ProviderCall.Get(new Uri(root, "v2/email/account")), SesJson.Default.SesAccount, ct);

    /// <summary>Mails that the account sent since a time; null where SES keeps no such numbers: only with Virtual Deliverability Manager, and for who may ask.</summary>
    public async Task<ProviderOutcome<long?>> SentSinceAsync(DateTimeOffset start, CancellationToken ct)
    {
        SesMetricWish wish = new([new SesMetricQuery("sent", "VDM", "SEND", start.ToUnixTimeSeconds(), Clock.GetUtcNow().ToUnixTimeSeconds())]);
        ProviderOutcome<ProviderReply> sent = await client.SendAsync(ProviderCall.Json(HttpMethod.Post, new Uri(root, "v2/email/metrics/batch"), wish, SesJson.Default.SesMetricWish), ct, 400, 403, 404);
        if (sent.Problem is { } problem) return problem;
        if (!sent.Value.IsSuccess) return AwsProblems.Explain(sent.Value, Words) is { IsTransient: true } throttled ? throttled : (long?)null;
        ProviderOutcome<SesMetrics> metrics = client.Read(sent.Value, SesJson.Default.SesMetrics);
        return metrics.Problem is { } unreadable ? unreadable : metrics.Value.Results?.FirstOrDefault(result => result.Id == "sent")?.Values?.Sum();
    }

    public static string Policy(string address) => JsonSerializer.Serialize(SendingPolicy.For(address), SesJson.Default.SendingPolicy);

    private Uri Identity(string identity) => new(root, $"v2/email/identities/{Uri.EscapeDataString(identity)}");
}
