using System.Collections.Concurrent;
using System.Text.Json;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>https://resend.com/docs/api-reference/emails/send-email, .../errors and .../idempotency-keys.</summary>
internal sealed class ResendFake : IProvider
{
    private const string Key = "re_FakeKey1_ofThisTest";

    private readonly ConcurrentDictionary<string, (string Body, FakeAnswer Answer)> _seen = [];
    private int _lastId;

    public string Name => "resend";

    public IEnumerable<string> Secrets => [Key];

    public Dictionary<string, string?> Settings(Uri url) => new() { ["api_key"] = Key, ["base_url"] = url.ToString() };

    public string? Schema(FakeRequest request) => request.Path == "/emails" ? "resend" : null;

    public FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Header("User-Agent") is null) return new FakeAnswer(403, "error code: 1010", "text/plain");
        if (request.Header("Authorization") is null) return Error(401, "missing_api_key", "Missing API key in the authorization header.");
        if (request.Header("Authorization") != $"Bearer {Key}") return Error(403, "invalid_api_key", "API key is invalid");
        return (request.Method, request.Path) switch
        {
            ("GET", "/domains") => Error(401, "restricted_api_key", "This API key is restricted to only send emails"),
            ("POST", "/emails") => Send(request, deliver),
            _ => null,
        };
    }

    public static FakeAnswer Error(int status, string name, string message) => FakeAnswer.Json(status, new { statusCode = status, name, message });

    private FakeAnswer Send(FakeRequest request, Action<FakeMail> deliver)
    {
        string key = request.Header("Idempotency-Key") ?? throw new InvalidOperationException("No idempotency key.");
        if (key.Length is 0 or > 256) return Error(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
        if (_seen.TryGetValue(key, out (string Body, FakeAnswer Answer) seen))
            return seen.Body == request.Text ? seen.Answer : Error(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.");
        JsonElement mail = request.Json;
        List<string> to = Addresses(mail, "to"), cc = Addresses(mail, "cc"), bcc = Addresses(mail, "bcc");
        if (to.Count is 0 or > 50) return Error(422, "validation_error", "Invalid `to` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.");
        if (to.Any(address => address.EndsWith(".invalid", StringComparison.Ordinal))) return Error(422, "validation_error", "Invalid `to` field. Please use our testing email address instead of domains like `example.invalid`.");
        deliver(new FakeMail("resend", [.. to, .. cc, .. bcc], [.. to, .. cc], [], mail, request));
        FakeAnswer answer = FakeAnswer.Json(200, new { id = $"49a3999c-0ce1-4ea6-ab68-{Interlocked.Increment(ref _lastId):D12}" });
        _seen[key] = (request.Text, answer);
        return answer;
    }

    private static List<string> Addresses(JsonElement mail, string name) =>
        mail.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(text => AddressListParser.TryParse(text.GetString()!, out IReadOnlyList<ParsedMailbox> one, out _) ? one.Single().Address : throw new FormatException(text.GetString()))] : [];
}
