using System.Text;
using Mail.Protocol.Mime.Parsing;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>https://documentation.mailgun.com/docs/mailgun/api-reference/send/mailgun/messages: a form of several parts, checked field by field.</summary>
internal sealed class MailgunFake : IProvider
{
    private const string Key = "0f4ke1f4ke2f4ke3f4ke4f4ke5-01234567-89abcdef";
    private const string Domain = "mg.example.com";

    private static readonly string[] _options = ["o:tracking", "o:testmode", "v:mail_message_id"];

    public string Name => "mailgun";

    public IEnumerable<string> Secrets => [Key, Convert.ToBase64String(Encoding.ASCII.GetBytes($"api:{Key}"))];

    public Dictionary<string, string?> Settings(Uri url) => new() { ["api_key"] = Key, ["domain"] = Domain, ["base_url"] = url.ToString() };

    public string? Schema(FakeRequest request) => null;

    public FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Header("Authorization") != $"Basic {Secrets.Last()}") return new FakeAnswer(401, "Forbidden", "text/plain");
        string[] path = request.Path.Split('/');
        if (request.Method != "POST" || path is not ["", "v3", _, "messages.mime"]) return null;
        return path[2] == Domain ? Send(request, deliver) : Error(404, $"Domain not found: {path[2]}");
    }

    public static FakeAnswer Error(int status, string message) => FakeAnswer.Json(status, new { message });

    private static FakeAnswer Send(FakeRequest request, Action<FakeMail> deliver)
    {
        List<string> to = [];
        byte[]? mime = null;
        foreach (MimePart part in Parts(request))
        {
            string field = part.Disposition!.Parameters["name"]!;
            if (field == "to") to.AddRange(Encoding.UTF8.GetString(part.RawContent.Span).Split(','));
            else if (field == "message") mime = part.Disposition.Parameters["filename"] is not null ? part.RawContent.ToArray() : throw new InvalidOperationException("The message has to be a file.");
            else if (!_options.Contains(field)) throw new InvalidOperationException($"No such field: {field}.");
        }

        if (to.Count == 0) return Error(400, "to parameter is missing");
        if (mime is null) return Error(400, "message parameter is missing");
        if (to.Any(address => address.EndsWith(".invalid", StringComparison.Ordinal))) return Error(400, "'to' parameter is not a valid address. please check documentation");
        deliver(new FakeMail("mailgun", to, Visible.In(mime), mime, default, request));
        return FakeAnswer.Json(200, new { id = "<20260301120000.1.ABCDEF@mg.example.com>", message = "Queued. Thank you." });
    }

    /// <summary>A form is a multipart without headers around it (RFC 7578).</summary>
    private static IReadOnlyList<MimePart> Parts(FakeRequest request)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes($"Content-Type: {request.Header("Content-Type")}\r\n\r\n"), .. request.Body];
        ParsedMessage form = ParsedMessage.Parse(whole);
        Assert.Equal("multipart/form-data", form.Root.ContentType.MediaType);
        Assert.Empty(form.Defects);
        return form.Root.Parts;
    }
}
