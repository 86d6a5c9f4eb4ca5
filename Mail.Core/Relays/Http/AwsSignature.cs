using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Core.Relays.Http;

/// <summary>AWS Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html), for requests whose query is written canonically.</summary>
public static class AwsSignature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <param name="headers">All that are to be signed, `host` and `x-amz-date` among them; names in lower case.</param>
    /// <returns>The value of the Authorization header.</returns>
    public static string Sign(
        HttpMethod method, Uri uri, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body, DateTimeOffset now, string region, string service, string accessKeyId, Secret secretAccessKey)
    {
        KeyValuePair<string, string>[] sorted = [.. headers.OrderBy(header => header.Key, StringComparer.Ordinal)];
        string signedHeaders = string.Join(';', sorted.Select(header => header.Key));
        StringBuilder canonical = new();
        canonical.Append(method).Append('\n').Append(EncodedTwice(uri.AbsolutePath)).Append('\n').Append(uri.Query.TrimStart('?')).Append('\n');
        foreach ((string name, string value) in sorted) canonical.Append(name).Append(':').Append(value.Trim()).Append('\n');
        canonical.Append('\n').Append(signedHeaders).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(body)));

        string day = now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string scope = $"{day}/{region}/{service}/aws4_request";
        string toSign = $"{Algorithm}\n{Timestamp(now)}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        byte[] key = Encoding.UTF8.GetBytes($"AWS4{secretAccessKey.Value}");
        foreach (string step in (ReadOnlySpan<string>)[day, region, service, "aws4_request"]) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"{Algorithm} Credential={accessKeyId}/{scope}, SignedHeaders={signedHeaders}, Signature={signature}";
    }

    /// <summary>What stands encoded in a path is encoded once more, for every service but S3.</summary>
    private static string EncodedTwice(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The form of the header `x-amz-date`.</summary>
    public static string Timestamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Signs every request with an access key.</summary>
internal sealed class AwsCredentials(string accessKeyId, Secret secretAccessKey, Secret? sessionToken, string region, string service, TimeProvider clock) : ICredentials
{
    public ValueTask<Authorization> AuthorizeAsync(RelayRequest request, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        List<KeyValuePair<string, string>> added = [new("x-amz-date", AwsSignature.Timestamp(now))];
        if (sessionToken is { } token) added.Add(new("x-amz-security-token", token.Value));
        List<KeyValuePair<string, string>> signed = [new("host", request.Uri.IsDefaultPort ? request.Uri.IdnHost : $"{request.Uri.IdnHost}:{request.Uri.Port}"), .. added];
        if (request.ContentType is not null) signed.Add(new("content-type", request.ContentType));
        added.Add(new("Authorization", AwsSignature.Sign(request.Method, request.Uri, signed, request.Body.Span, now, region, service, accessKeyId, secretAccessKey)));
        return ValueTask.FromResult(new Authorization(added));
    }

    public bool Forget(Authorization refused) => false;
}
