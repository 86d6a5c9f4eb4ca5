using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Feedback.Fakes;

/// <summary>https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages: list, get, trash, modify; and users.labels: list, create.</summary>
internal sealed class GmailMailboxFake(bool withServiceAccount = false) : MailboxFake, IDisposable
{
    private const string User = "/gmail/v1/users/me";
    private const string ApartId = "Label_7";

    private readonly GmailFake _login = new(withServiceAccount) { Scope = "https://www.googleapis.com/auth/gmail.modify" };

    /// <summary>Whose time the claims of a service account are for.</summary>
    public TimeProvider Clock { get => _login.Clock; set => _login.Clock = value; }

    public override string Name => "gmail";

    public override TokenFake Tokens => _login.Tokens;

    public override IEnumerable<string> Secrets => _login.Secrets;

    public override Dictionary<string, string?> Settings(Uri url) => _login.Settings(url);

    public override string? Schema(FakeRequest request) => request switch
    {
        { Method: "POST", Path: $"{User}/labels" } => "gmail-label",
        { Method: "POST", Path: string path } when path.EndsWith("/modify", StringComparison.Ordinal) => "gmail-modify",
        _ => null,
    };

    public override FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Path == "/token") return _login.Answer(request, deliver);
        if (!Tokens.IsGood(request)) return GmailFake.Error(401, "authError", "Invalid Credentials", "UNAUTHENTICATED");
        if (!request.Path.StartsWith($"{User}/", StringComparison.Ordinal)) return GmailFake.Error(404, "notFound", "Requested entity was not found.", "NOT_FOUND");
        string path = request.Path[User.Length..], resource = path.Split('?')[0];
        return (request.Method, resource.Split('/')) switch
        {
            ("GET", ["", "messages"]) => List(Query(path)),
            ("GET", ["", "messages", string id]) when Query(path)["format"] == "raw" => Find(id) is { } mail ? FakeAnswer.Json(200, new { raw = Base64Url.EncodeToString(mail.Mime) }) : Gone(),
            ("POST", ["", "messages", string id, "trash"]) => Put(id, Bin),
            ("POST", ["", "messages", string id, "modify"]) => Modify(id, request.Json),
            ("GET", ["", "labels"]) => FakeAnswer.Json(200, new { labels = HasApart ? new[] { new { id = "INBOX", name = "INBOX" }, new { id = ApartId, name = Apart } } : [new { id = "INBOX", name = "INBOX" }] }),
            ("POST", ["", "labels"]) when request.Json.GetProperty("name").GetString() == Apart => Make(),
            _ => null,
        };
    }

    public void Dispose() => _login.Dispose();

    private FakeAnswer List(Dictionary<string, string> query)
    {
        if (query["labelIds"] != "INBOX" || !query["q"].StartsWith("after:", StringComparison.Ordinal)) return GmailFake.Error(400, "invalidArgument", "Only the inbox is played here.", "INVALID_ARGUMENT");
        DateTimeOffset since = DateTimeOffset.FromUnixTimeSeconds(long.Parse(query["q"]["after:".Length..], CultureInfo.InvariantCulture));
        int first = query.TryGetValue("pageToken", out string? token) ? int.Parse(token["page+/".Length..], CultureInfo.InvariantCulture) : 0, most = int.Parse(query["maxResults"], CultureInfo.InvariantCulture);
        if (most is < 1 or > 500) return GmailFake.Error(400, "invalidArgument", "Invalid maxResults", "INVALID_ARGUMENT");
        (KeptMail[] page, int? next) = Page(In(Inbox).Where(mail => mail.ReceivedAt > since).OrderByDescending(mail => mail.ReceivedAt), first, most);
        Dictionary<string, object> answer = [];
        if (page.Length > 0) answer["messages"] = page.Select(mail => new { id = mail.Id }).ToArray(); // an empty page has no such member
        if (next is { } at) answer["nextPageToken"] = $"page+/{at}";
        return FakeAnswer.Json(200, answer);
    }

    private FakeAnswer Modify(string id, JsonElement body)
    {
        if (body.GetProperty("addLabelIds")[0].GetString() != ApartId || !HasApart) return GmailFake.Error(400, "invalidArgument", "Invalid label: " + body.GetProperty("addLabelIds")[0].GetString(), "INVALID_ARGUMENT");
        return body.GetProperty("removeLabelIds")[0].GetString() == "INBOX" ? Put(id, Apart) : GmailFake.Error(400, "invalidArgument", "It would stay in the inbox.", "INVALID_ARGUMENT");
    }

    private FakeAnswer Put(string id, string place)
    {
        if (Find(id) is not { } mail) return Gone();
        mail.Place = place;
        return FakeAnswer.Json(200, new { id = mail.Id, threadId = mail.Id });
    }

    private FakeAnswer Make()
    {
        if (HasApart) return GmailFake.Error(409, "aborted", "Label name exists or conflicts", "ABORTED");
        HasApart = true;
        return FakeAnswer.Json(200, new { id = ApartId, name = Apart });
    }

    private static FakeAnswer Gone() => GmailFake.Error(404, "notFound", "Requested entity was not found.", "NOT_FOUND");
}
