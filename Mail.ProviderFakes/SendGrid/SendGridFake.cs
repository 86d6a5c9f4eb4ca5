using System.Globalization;
using System.Text.Json;

namespace Mail.ProviderFakes.SendGrid;

/// <summary>An API key: what it is called, and what it may.</summary>
public sealed record FakeApiKey(string Id, string Secret, string Name, IReadOnlyList<string> Scopes);

public sealed record FakeSender(long Id, string Nickname, string FromEmail, string? FromName, string ReplyTo, bool Verified);

/// <summary>https://www.twilio.com/docs/sendgrid/api-reference: API keys, sender verification, domain authentication, credits and statistics.</summary>
public sealed class SendGridFake : IFakeProvider
{
    /// <summary>The connection's own.</summary>
    public const string Key = "SG.fake-key-of-a-connection.that-opens-nothing";

    private const int MostKeys = 100;

    private static readonly string[] _allScopes =
        ["api_keys.create", "api_keys.delete", "api_keys.read", "api_keys.update", "mail.send", "mail.batch.read", "whitelabel.read", "user.credits.read", "stats.read"];

    private readonly List<FakeApiKey> _keys = [];
    private readonly List<FakeSender> _senders = [];
    private readonly List<(long Id, string Domain, bool Valid)> _domains = [];
    private long _lastId;

    public SendGridFake() => Reset();

    public string Name => "sendgrid";

    public IReadOnlyList<FakeApiKey> Keys => [.. _keys];

    public IReadOnlyList<FakeSender> Senders => [.. _senders];

    /// <summary>What the connection's key may.</summary>
    public List<string> Scopes { get; } = [];

    public string ResetFrequency { get; set; } = "monthly";

    public IReadOnlyDictionary<string, string> Settings(Uri root) => new Dictionary<string, string> { ["api_key"] = Key, ["base_url"] = new Uri(root, "sendgrid").ToString() };

    public void Reset()
    {
        _keys.Clear();
        _senders.Clear();
        _domains.Clear();
        Scopes.Clear();
        Scopes.AddRange(_allScopes);
        AddDomain("example.com", valid: true);
        AddDomain("unpublished.example", valid: false);
    }

    public object Snapshot() => new
    {
        keys = _keys.Select(key => new { key.Id, key.Name, key.Scopes }),
        senders = _senders,
        domains = _domains.Select(domain => new { domain.Id, domain.Domain, domain.Valid }),
    };

    public void AddDomain(string domain, bool valid) => _domains.Add((++_lastId, domain, valid));

    public FakeSender AddSender(string nickname, string address, bool verified = true)
    {
        FakeSender sender = new(++_lastId, nickname, address, null, address, verified);
        _senders.Add(sender);
        return sender;
    }

    public FakeApiKey AddKey(string name, params string[] scopes)
    {
        FakeApiKey key = new($"id{++_lastId}", $"SG.{Guid.NewGuid():N}.{Guid.NewGuid():N}", name, scopes);
        _keys.Add(key);
        return key;
    }

    /// <summary>A person pressed the link in the mail.</summary>
    public void Confirm(string address)
    {
        int at = _senders.FindIndex(sender => sender.FromEmail == address);
        _senders[at] = _senders[at] with { Verified = true };
    }

    /// <summary>What SMTP says to user `apikey` with this password.</summary>
    public bool MaySend(string secret) => _keys.Any(key => key.Secret == secret && key.Scopes.Contains("mail.send"));

    public FakeCheck? Check(FakeRequest request) => (request.Method, request.Segments) switch
    {
        ("GET", ["v3", "api_keys"]) => Query(request, "tsg_api_keys_v3/ListApiKey?"),
        ("POST", ["v3", "api_keys"]) => new("sendgrid/tsg_api_keys_v3/CreateApiKey", request.Text),
        ("PUT", ["v3", "api_keys", _]) => new("sendgrid/tsg_api_keys_v3/UpdateApiKey", request.Text),
        ("GET", ["v3", "whitelabel", "domains"]) => Query(request, "tsg_domain_authentication_v3/ListAuthenticatedDomain?"),
        ("GET", ["v3", "user", "credits"]) => Query(request, "tsg_user_v3/ListCredit?"),
        ("GET", ["v3", "stats"]) => Query(request, "tsg_stats_v3/ListStat?"),
        ("GET", ["v3", "scopes"]) => Query(request, "tsg_scopes_v3/ListScope?"),
        _ => null, // sender verification has no published schema here: it is checked by hand below
    };

    public FakeAnswer Refuse(int status) => status switch
    {
        401 => Error(401, "The provided authorization grant is invalid, expired, or revoked"),
        403 => Error(403, "access forbidden"),
        429 => Error(429, "too many requests"),
        503 => new FakeAnswer(503, "upstream connect error or disconnect/reset before headers", "text/plain"),
        _ => Error(status, "Internal server error"),
    };

    public FakeAnswer? Handle(FakeRequest request)
    {
        if (request.Bearer != Key) return Refuse(401);
        if (request.Method is "POST" or "PUT" or "PATCH" && request.Header("Content-Type") != "application/json") return Error(415, "Content-Type should be application/json.");
        return (request.Method, request.Segments) switch
        {
            ("GET", ["v3", "scopes"]) => FakeAnswer.Json(200, new { scopes = Scopes }),
            ("GET", ["v3", "api_keys"]) => Allow("api_keys.read", () => FakeAnswer.Json(200, new { result = _keys.Select(key => new { api_key_id = key.Id, name = key.Name }) })),
            ("POST", ["v3", "api_keys"]) => Allow("api_keys.create", () => CreateKey(request.Json)),
            ("PUT", ["v3", "api_keys", string id]) => Allow("api_keys.update", () => UpdateKey(id, request.Json)),
            ("DELETE", ["v3", "api_keys", string id]) => Allow("api_keys.delete", () => _keys.RemoveAll(key => key.Id == id) > 0 ? FakeAnswer.Empty() : Error(404, "unable to find API Key")),
            ("GET", ["v3", "verified_senders"]) => FakeAnswer.Json(200, new { results = Page(request).Select(Shown) }),
            ("POST", ["v3", "verified_senders"]) => CreateSender(request.Json),
            ("DELETE", ["v3", "verified_senders", string id]) => _senders.RemoveAll(sender => Text(sender.Id) == id) > 0 ? FakeAnswer.Empty() : Error(404, "resource not found", "id"),
            ("GET", ["v3", "whitelabel", "domains"]) => Allow("whitelabel.read", () => FakeAnswer.Json(200, Domains(request))),
            ("GET", ["v3", "user", "credits"]) => Allow("user.credits.read", () => FakeAnswer.Json(200, new { remain = 99_000, total = 100_000, overage = 0, used = 1_000, last_reset = "2026-11-01", next_reset = "2026-12-01", reset_frequency = ResetFrequency })),
            ("GET", ["v3", "stats"]) => Allow("stats.read", () => FakeAnswer.Json(200, Stats(request))),
            _ => null,
        };
    }

    public static FakeAnswer Error(int status, string message, string? field = null) => FakeAnswer.Json(status, new { errors = new[] { new { field, message } } });

    private static FakeCheck Query(FakeRequest request, string schema) => new($"sendgrid/{schema}", JsonSerializer.Serialize(request.Query));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static object Shown(FakeSender sender) => new
    {
        id = sender.Id, nickname = sender.Nickname, from_email = sender.FromEmail, from_name = sender.FromName ?? "", reply_to = sender.ReplyTo, reply_to_name = "", verified = sender.Verified, locked = false,
    };

    private FakeAnswer Allow(string scope, Func<FakeAnswer> act) => Scopes.Contains(scope) ? act() : Refuse(403);

    private FakeAnswer CreateKey(JsonElement wish)
    {
        if (_keys.Count >= MostKeys) return Error(403, $"Cannot create more than {MostKeys} API Keys");
        string[] scopes = wish.TryGetProperty("scopes", out JsonElement list) ? [.. list.EnumerateArray().Select(scope => scope.GetString()!)] : _allScopes;
        if (scopes.Except(Scopes).Any()) return Error(403, "Cannot assign one or more of the given scopes", "scopes");
        FakeApiKey key = AddKey(wish.GetProperty("name").GetString()!, scopes);
        return FakeAnswer.Json(201, new { api_key = key.Secret, api_key_id = key.Id, name = key.Name, scopes = key.Scopes });
    }

    private FakeAnswer UpdateKey(string id, JsonElement wish)
    {
        int at = _keys.FindIndex(key => key.Id == id);
        if (at < 0) return Error(404, "unable to find API Key");
        if (!wish.TryGetProperty("scopes", out JsonElement list) || list.GetArrayLength() == 0) return Error(400, "there must be at least one scope", "scopes");
        _keys[at] = _keys[at] with { Name = wish.GetProperty("name").GetString()!, Scopes = [.. list.EnumerateArray().Select(scope => scope.GetString()!)] };
        return FakeAnswer.Json(200, new { api_key_id = id, name = _keys[at].Name });
    }

    /// <summary>nickname, from_email and reply_to are required; the lengths are those of the documentation.</summary>
    private FakeAnswer CreateSender(JsonElement wish)
    {
        string[] known = ["nickname", "from_email", "from_name", "reply_to", "reply_to_name", "address", "address2", "state", "city", "zip", "country"];
        foreach (JsonProperty member in wish.EnumerateObject())
        {
            if (!known.Contains(member.Name)) throw new FormatException($"A verified sender has no {member.Name}.");
            if (member.Value.GetString()!.Length > (member.Name == "nickname" ? 100 : 256)) return Error(400, "length should be less than its maximum", member.Name);
        }

        foreach (string needed in known.Where(name => name is "nickname" or "from_email" or "reply_to"))
            if (!wish.TryGetProperty(needed, out JsonElement value) || value.GetString()!.Length == 0) return Error(400, "missing required value", needed);
        string address = wish.GetProperty("from_email").GetString()!;
        if (_senders.Any(sender => sender.FromEmail == address)) return Error(400, "already exists", "from_email");
        FakeSender made = new(++_lastId, wish.GetProperty("nickname").GetString()!, address, wish.TryGetProperty("from_name", out JsonElement name) ? name.GetString() : null, wish.GetProperty("reply_to").GetString()!, Verified: false);
        _senders.Add(made);
        return FakeAnswer.Json(201, Shown(made));
    }

    private IEnumerable<FakeSender> Page(FakeRequest request)
    {
        if (request.Query.Keys.FirstOrDefault(name => name is not ("limit" or "lastSeenID" or "id")) is { } unknown) throw new FormatException($"The list of verified senders knows no {unknown}.");
        long after = request.Query.TryGetValue("lastSeenID", out string? id) ? long.Parse(id, CultureInfo.InvariantCulture) : 0;
        return _senders.Where(sender => sender.Id > after).OrderBy(sender => sender.Id).Take(Number(request, "limit", 50));
    }

    private IEnumerable<object> Domains(FakeRequest request) => _domains
        .Where(domain => !request.Query.TryGetValue("domain", out string? sought) || domain.Domain.Contains(sought, StringComparison.Ordinal))
        .Skip(Number(request, "offset", 0)).Take(Number(request, "limit", 50))
        .Select(domain => (object)new { id = domain.Id, domain = domain.Domain, subdomain = "em", username = "mail", valid = domain.Valid, @default = false, legacy = false, automatic_security = true });

    private static IEnumerable<object> Stats(FakeRequest request)
    {
        DateOnly from = DateOnly.ParseExact(request.Query["start_date"], "yyyy-MM-dd", CultureInfo.InvariantCulture), to = DateOnly.ParseExact(request.Query["end_date"], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (DateOnly day = from; day <= to; day = day.AddDays(1))
            yield return new { date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), stats = new[] { new { metrics = new { requests = 10, delivered = 9, processed = 10, bounces = 1 } } } };
    }

    private static int Number(FakeRequest request, string name, int usual) => request.Query.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
