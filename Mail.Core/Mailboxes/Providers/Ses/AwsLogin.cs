using Mail.Core.Mailboxes.Providers.Http;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Ses;

/// <summary>Signs every request with an access key, for one service in one region.</summary>
internal sealed class AwsLogin(string accessKeyId, Secret secretAccessKey, string region, string service, TimeProvider clock) : IProviderLogin
{
    public ValueTask<ProviderOutcome<IReadOnlyList<KeyValuePair<string, string>>>> AuthorizeAsync(ProviderCall call, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string host = call.Uri.IsDefaultPort ? call.Uri.IdnHost : $"{call.Uri.IdnHost}:{call.Uri.Port}";
        List<KeyValuePair<string, string>> signed = [new("host", host), new("x-amz-date", AwsSignature.Timestamp(now))];
        if (call.ContentType is not null) signed.Add(new("content-type", call.ContentType));
        string proof = AwsSignature.Sign(call.Method, call.Uri, signed, call.Body.Span, now, region, service, accessKeyId, secretAccessKey);
        KeyValuePair<string, string>[] headers = [new("x-amz-date", AwsSignature.Timestamp(now)), new("Authorization", proof)];
        return ValueTask.FromResult<ProviderOutcome<IReadOnlyList<KeyValuePair<string, string>>>>(headers);
    }

    public bool Forget() => false;
}
