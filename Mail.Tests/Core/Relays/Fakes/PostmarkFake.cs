using System.Text.Json;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>https://postmarkapp.com/developer/api/email-api and .../overview for the error codes.</summary>
internal sealed class PostmarkFake : IProvider
{
    private const string Token = "b1d0a5c2-fake-4a5b-9c0d-of-this-test";

    public string Name => "postmark";

    public IEnumerable<string> Secrets => [Token];

    public Dictionary<string, string?> Settings(Uri url) => new() { ["server_token"] = Token, ["base_url"] = url.ToString() };

    public string? Schema(FakeRequest request) => request.Path == "/email" ? "postmark" : null;

    public FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Header("X-Postmark-Server-Token") != Token) return Error(401, 10, "Request does not contain a valid Server token.");
        return (request.Method, request.Path) switch
        {
            ("GET", "/server") => FakeAnswer.Json(200, new { ID = 1, Name = "Test", DeliveryType = "Live" }),
            ("POST", "/email") => Send(request, deliver),
            _ => null,
        };
    }

    public static FakeAnswer Error(int status, int code, string message) => FakeAnswer.Json(status, new { ErrorCode = code, Message = message });

    private static FakeAnswer Send(FakeRequest request, Action<FakeMail> deliver)
    {
        JsonElement mail = request.Json;
        List<string> to = Addresses(mail, "To"), cc = Addresses(mail, "Cc"), bcc = Addresses(mail, "Bcc");
        string[] all = [.. to, .. cc, .. bcc];
        if (to.Count == 0) return Error(422, 300, "Zero recipients specified");
        if (all.Length > 50) return Error(422, 300, "Too many recipients specified.");
        if (!mail.TryGetProperty("TextBody", out _) && !mail.TryGetProperty("HtmlBody", out _)) return Error(422, 300, "Provide either email TextBody or HtmlBody or both.");
        if (all.FirstOrDefault(address => address.EndsWith(".invalid", StringComparison.Ordinal)) is { } bad) return Error(422, 300, $"Error parsing 'To': Illegal email domain '{bad[(bad.IndexOf('@') + 1)..]}' in address '{bad}'.");
        string[] inactive = [.. all.Where(address => address.StartsWith("inactive", StringComparison.Ordinal))];
        if (inactive.Length == all.Length)
            return Error(422, 406, $"You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: {string.Join(", ", inactive)}. Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression.");
        deliver(new FakeMail("postmark", [.. all.Except(inactive)], [.. to, .. cc], [], mail, request));
        string message = inactive.Length == 0 ? "OK" : $"Message OK, but will not deliver to these inactive addresses: {string.Join(", ", inactive)}";
        return FakeAnswer.Json(200, new { To = mail.GetProperty("To").GetString(), SubmittedAt = "2026-01-01T00:00:00.0000000-05:00", MessageID = "b7bc2f4a-e38e-4336-af7d-e6c392c2f817", ErrorCode = 0, Message = message });
    }

    private static List<string> Addresses(JsonElement mail, string name)
    {
        if (!mail.TryGetProperty(name, out JsonElement text)) return [];
        Assert.True(AddressListParser.TryParse(text.GetString()!, out IReadOnlyList<ParsedMailbox> mailboxes, out _) || text.GetString() == "", text.GetString());
        return [.. mailboxes.Select(mailbox => mailbox.Address)];
    }
}
