using System.Security.Cryptography;
using System.Text;

namespace Mail.ProviderFakes.Ses;

/// <summary>Signature Version 4, computed from what came over the line, from the documentation and without a look at the sender's.</summary>
internal static class AwsForgery
{
    /// <returns>What is wrong with the signature; null when nothing is.</returns>
    public static string? Find(FakeRequest request, string keyId, string secret, string region, string service)
    {
        if (request.Header("Authorization") is not { } authorization || !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal)) return "no signature";
        Dictionary<string, string> parts = authorization["AWS4-HMAC-SHA256 ".Length..].Split(", ").Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        string date = request.Header("x-amz-date") ?? "";
        if (date.Length != 16) return "no date";
        string scope = $"{date[..8]}/{region}/{service}/aws4_request";
        if (parts["Credential"] != $"{keyId}/{scope}") return "another scope";
        string[] signed = parts["SignedHeaders"].Split(';');
        if (!signed.Contains("host") || !signed.Contains("x-amz-date") || (request.Method == "POST" && !signed.Contains("content-type"))) return "a header that is not signed";
        string[] target = request.RawTarget.Split('?', 2);
        string path = string.Join('/', target[0].Split('/').Select(Uri.EscapeDataString)); // encoded once more than it came
        string canonical = string.Join('\n', [request.Method, path, target.Length > 1 ? target[1] : "", .. signed.Select(name => $"{name}:{request.Header(name)}"), "", string.Join(';', signed), Hex(SHA256.HashData(request.Body.Span))]);
        string toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = Chain(Encoding.UTF8.GetBytes("AWS4" + secret), date[..8], region, service, "aws4_request");
        return Hex(Chain(key, toSign)) == parts["Signature"] ? null : "another signature";
    }

    /// <summary>What SMTP takes as the password of an access key.</summary>
    public static string SmtpPassword(string secret, string region) =>
        Convert.ToBase64String([4, .. Chain(Encoding.UTF8.GetBytes("AWS4" + secret), "11111111", region, "ses", "aws4_request", "SendRawEmail")]);

    private static byte[] Chain(byte[] key, params string[] texts) => texts.Aggregate(key, (at, text) => HMACSHA256.HashData(at, Encoding.UTF8.GetBytes(text)));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
