using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html; believes only requests whose signature it computes alike from what came over the line.</summary>
internal sealed class SesFake : IProvider
{
    public const string AccessKeyId = "AKIAFAKEOFTHISTEST";
    public const string SecretAccessKey = "fake/Secret+Key/Of/This/Test";
    public const string Region = "eu-west-3";

    public string Name => "ses";

    public IEnumerable<string> Secrets => [SecretAccessKey];

    /// <summary>Needed when temporary credentials are played.</summary>
    public string? SessionToken { get; set; }

    public Dictionary<string, string?> Settings(Uri url) => new()
    {
        ["region"] = Region, ["access_key_id"] = AccessKeyId, ["secret_access_key"] = SecretAccessKey, ["configuration_set"] = "mail-events", ["base_url"] = url.ToString(), ["session_token"] = SessionToken,
    };

    public string? Schema(FakeRequest request) => request.Path == "/v2/email/outbound-emails" ? "ses" : null;

    public FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (Forgery(request) is { } forgery) return Error(403, "SignatureDoesNotMatch", $"The request signature we calculated does not match the signature you provided. ({forgery})");
        return (request.Method, request.Path) switch
        {
            ("GET", "/v2/email/account") => FakeAnswer.Json(200, new { SendingEnabled = true, ProductionAccessEnabled = true, SendQuota = new { Max24HourSend = 50000.0, MaxSendRate = 14.0, SentLast24Hours = 12.0 } }),
            ("POST", "/v2/email/outbound-emails") => Send(request, deliver),
            _ => null,
        };
    }

    public static FakeAnswer Error(int status, string code, string message) => FakeAnswer.Json(status, new { message }).With("x-amzn-ErrorType", $"{code}:http://internal.amazon.com/coral/com.amazonaws.services.sesv2/");

    private static FakeAnswer Send(FakeRequest request, Action<FakeMail> deliver)
    {
        JsonElement mail = request.Json;
        string[] to = [.. mail.GetProperty("Destination").GetProperty("ToAddresses").EnumerateArray().Select(address => address.GetString()!)];
        if (to.Length > 50) return Error(400, "BadRequestException", "Recipient count exceeds 50.");
        if (to.FirstOrDefault(address => address.EndsWith(".invalid", StringComparison.Ordinal)) is { } bad) return Error(400, "BadRequestException", $"Domain contains dot-atom that is not allowed: {bad}");
        byte[] mime = mail.GetProperty("Content").GetProperty("Raw").GetProperty("Data").GetBytesFromBase64();
        deliver(new FakeMail("ses", to, Visible.In(mime), mime, mail, request));
        return FakeAnswer.Json(200, new { MessageId = "0107018f2a3b4c5d-0a1b2c3d-000000" });
    }

    /// <summary>Signature Version 4 once more, from the documentation and without a look at ours.</summary>
    private string? Forgery(FakeRequest request)
    {
        if (request.Header("Authorization") is not { } authorization || !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal)) return "no signature";
        Dictionary<string, string> parts = authorization["AWS4-HMAC-SHA256 ".Length..].Split(", ").Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        string date = request.Header("x-amz-date") ?? "";
        string scope = $"{date[..8]}/{Region}/ses/aws4_request";
        if (parts["Credential"] != $"{AccessKeyId}/{scope}") return "another scope";
        string[] signed = parts["SignedHeaders"].Split(';');
        if (!signed.Contains("host") || !signed.Contains("x-amz-date") || (request.Method == "POST" && !signed.Contains("content-type"))) return "a header that is not signed";
        if (request.Header("x-amz-security-token") != SessionToken || (SessionToken is not null && !signed.Contains("x-amz-security-token"))) return "another session token";
        string canonical = string.Join('\n', [request.Method, request.Path, "", .. signed.Select(name => $"{name}:{request.Header(name)}"), "", string.Join(';', signed), Hex(SHA256.HashData(request.Body))]);
        string toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        byte[] key = Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + SecretAccessKey), date[..8]), Region), "ses"), "aws4_request");
        return Hex(Hmac(key, toSign)) == parts["Signature"] ? null : "another signature";
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
