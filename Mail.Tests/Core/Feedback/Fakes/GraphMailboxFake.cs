using System.Globalization;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Feedback.Fakes;

/// <summary>https://learn.microsoft.com/graph/api/resources/message: list, get $value, move; and mailFolder: list, create.</summary>
internal sealed class GraphMailboxFake : MailboxFake
{
    private const string User = $"/v1.0/users/noreply%40example.com";
    private const string ApartId = "AAMkApart=";

    private readonly GraphFake _login = new();
    private Uri? _url;

    public override string Name => "graph";

    public override TokenFake Tokens => _login.Tokens;

    public override IEnumerable<string> Secrets => _login.Secrets;

    /// <summary>Set to lead the reader elsewhere.</summary>
    public Uri? NextPageAt { get; set; }

    public override Dictionary<string, string?> Settings(Uri url) => _login.Settings(_url = url);

    public override string? Schema(FakeRequest request) => request.Method == "POST" && request.Path == $"{User}/mailFolders" ? "graph-folder" : null;

    public override FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Path.EndsWith("/token", StringComparison.Ordinal)) return _login.Answer(request, deliver);
        if (!Tokens.IsGood(request)) return GraphFake.Error(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        if (!request.Path.StartsWith($"{User}/", StringComparison.Ordinal)) return GraphFake.Error(404, "ErrorInvalidUser", "The requested user is invalid.");
        if (request.Header("Prefer") != "IdType=\"ImmutableId\"") return GraphFake.Error(400, "ErrorInvalidIdMalformed", "Ids of this fake do not change.");
        string path = request.Path[User.Length..], resource = path.Split('?')[0];
        return (request.Method, resource.Split('/')) switch
        {
            ("GET", ["", "mailFolders", "inbox", "messages"]) => List(Query(path)),
            ("GET", ["", "messages", string id, "$value"]) => Find(id) is { } mail ? new FakeAnswer(200, mail.Text, "text/plain") : Gone(),
            ("POST", ["", "messages", string id, "move"]) => Move(id, request.Json.GetProperty("destinationId").GetString()!),
            ("GET", ["", "mailFolders"]) when Query(path)["$filter"] == $"displayName eq '{Apart}'" => FakeAnswer.Json(200, new { value = HasApart ? new[] { new { id = ApartId } } : [] }),
            ("POST", ["", "mailFolders"]) when request.Json.GetProperty("displayName").GetString() == Apart => Make(),
            _ => null,
        };
    }

    private FakeAnswer List(Dictionary<string, string> query)
    {
        string filter = query["$filter"];
        const string Begins = "receivedDateTime ge ";
        if (!filter.StartsWith(Begins, StringComparison.Ordinal) || query["$orderby"] != "receivedDateTime" || query["$select"] != "id") return GraphFake.Error(400, "InefficientFilter", "The restriction or sort order is too complex for this operation.");
        DateTimeOffset since = DateTimeOffset.ParseExact(filter[Begins.Length..], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        int first = query.TryGetValue("$skip", out string? skip) ? int.Parse(skip, CultureInfo.InvariantCulture) : 0, most = int.Parse(query["$top"], CultureInfo.InvariantCulture);
        if (most is < 1 or > 1000) return GraphFake.Error(400, "ErrorInvalidRequest", "The limit of '1000' for Top query has been exceeded.");
        (KeptMail[] page, int? next) = Page(In(Inbox).Where(mail => mail.ReceivedAt >= since).OrderBy(mail => mail.ReceivedAt), first, most);
        Dictionary<string, object> answer = new() { ["value"] = page.Select(mail => new { id = mail.Id }).ToArray() };
        if (NextPageAt is not null) answer["@odata.nextLink"] = new Uri(NextPageAt, "v1.0/next");
        else if (next is { } at) answer["@odata.nextLink"] = $"{_url!.ToString().TrimEnd('/')}{User}/mailFolders/inbox/messages?$select=id&$orderby=receivedDateTime&$top={most}&$filter={Uri.EscapeDataString(filter)}&$skip={at}";
        return FakeAnswer.Json(200, answer);
    }

    private FakeAnswer Move(string id, string destination)
    {
        if (Find(id) is not { } mail) return Gone();
        if (destination != "deleteditems" && !(destination == ApartId && HasApart)) return GraphFake.Error(404, "ErrorItemNotFound", "The specified folder could not be found in the store.");
        mail.Place = destination == ApartId ? Apart : Bin;
        return FakeAnswer.Json(201, new { id = mail.Id, parentFolderId = destination });
    }

    private FakeAnswer Make()
    {
        if (HasApart) return GraphFake.Error(409, "ErrorFolderExists", "A folder with the specified name already exists.");
        HasApart = true;
        return FakeAnswer.Json(201, new { id = ApartId, displayName = Apart });
    }

    private static FakeAnswer Gone() => GraphFake.Error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}
