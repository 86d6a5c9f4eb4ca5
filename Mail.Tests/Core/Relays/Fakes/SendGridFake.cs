using System.Text.Json;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>https://www.twilio.com/docs/sendgrid/api-reference/mail-send</summary>
internal sealed class SendGridFake : IProvider
{
    private const string Key = "SG.fake-key-1.of-this-test";

    private static readonly string[] _scopes = ["alerts.read", "mail.send"];

    public string Name => "sendgrid";

    public IEnumerable<string> Secrets => [Key];

    public Dictionary<string, string?> Settings(Uri url) => new() { ["api_key"] = Key, ["base_url"] = url.ToString() };

    public string? Schema(FakeRequest request) => request.Path == "/v3/mail/send" ? "sendgrid" : null;

    public FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Header("Authorization") != $"Bearer {Key}") return Error(401, "The provided authorization grant is invalid, expired, or revoked", null);
        return (request.Method, request.Path) switch
        {
            ("GET", "/v3/scopes") => FakeAnswer.Json(200, new { scopes = _scopes }),
            ("POST", "/v3/mail/send") => Send(request, deliver),
            _ => null,
        };
    }

    public static FakeAnswer Error(int status, string message, string? field) => FakeAnswer.Json(status, new { errors = new[] { new { message, field, help = (string?)null } } });

    private static FakeAnswer Send(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Header("Content-Type") != "application/json") return Error(415, "Content-Type should be application/json.", null);
        JsonElement mail = request.Json;
        int index = 0;
        foreach (JsonElement personalization in mail.GetProperty("personalizations").EnumerateArray())
        {
            List<string> to = Addresses(personalization, "to"), cc = Addresses(personalization, "cc"), bcc = Addresses(personalization, "bcc");
            if (to.Count == 0) return Error(400, "The to array is required for all personalization objects, and must have at least one email object with a valid email address.", $"personalizations.{index}.to");
            string[] all = [.. to, .. cc, .. bcc];
            if (all.GroupBy(address => address, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
                return Error(400, $"Each email address in the personalization block should be unique between to, cc, and bcc. We found the first duplicate instance of [{twice.Key}] in the personalizations.{index}.to field.", $"personalizations.{index}.to");
            if (to.FindIndex(address => address.EndsWith(".invalid", StringComparison.Ordinal)) is >= 0 and int bad) return Error(400, "Does not contain a valid address.", $"personalizations.{index}.to.{bad}.email");
            deliver(new FakeMail("sendgrid", all, [.. to, .. cc], [], mail, request));
            index++;
        }

        return new FakeAnswer(202).With("X-Message-Id", "14c5d75ce93.dfd.64b469");
    }

    private static List<string> Addresses(JsonElement personalization, string name) =>
        personalization.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray().Select(address => address.GetProperty("email").GetString()!)] : [];
}
