using System.Text.Json;

namespace Mail.ProviderFakes.Ses;

/// <param name="Tags">Null for what the mark of nobody stands on.</param>
public sealed record FakeIdentity(string Name, bool Verified, IReadOnlyDictionary<string, string> Tags);

/// <summary>
/// Amazon SES, API v2 (https://docs.aws.amazon.com/ses/latest/APIReference-V2), and IAM beside it; believes only requests whose signature it computes alike from what came over the line.
/// </summary>
public sealed class SesFake : IFakeProvider
{
    public const string AccessKeyId = "AKIAFAKEOFACONNECTIO";
    public const string SecretAccessKey = "fake/Secret+Key/Of/A/Connection/That/Opens";
    public const string Region = "eu-west-3";

    private static readonly int[] _sent = [300, 45];

    private readonly Dictionary<string, FakeIdentity> _identities = [];

    public SesFake() => Reset();

    public string Name => "ses";

    public IReadOnlyList<string> Prefixes => ["ses", "iam"];

    public IamFake Iam { get; } = new();

    public IReadOnlyCollection<FakeIdentity> Identities => [.. _identities.Values];

    public bool SendingEnabled { get; set; }

    /// <summary>Whether Virtual Deliverability Manager keeps numbers.</summary>
    public bool HasMetrics { get; set; }

    public IReadOnlyDictionary<string, string> Settings(Uri root) => new Dictionary<string, string>
    {
        ["region"] = Region, ["access_key_id"] = AccessKeyId, ["secret_access_key"] = SecretAccessKey, ["base_url"] = new Uri(root, "ses").ToString(), ["iam_url"] = new Uri(root, "iam").ToString(),
    };

    public void Reset()
    {
        _identities.Clear();
        Iam.Reset();
        (SendingEnabled, HasMetrics) = (true, true);
        AddIdentity("example.com", verified: true);
        AddIdentity("unpublished.example", verified: false);
    }

    public object Snapshot() => new { identities = _identities.Values, users = Iam.Snapshot() };

    public void AddIdentity(string name, bool verified) => _identities[name] = new FakeIdentity(name, verified, new Dictionary<string, string>());

    /// <summary>A person followed the link in the mail.</summary>
    public void Confirm(string address) => _identities[address] = _identities[address] with { Verified = true };

    /// <summary>Whether SMTP takes this login, and a mail with this sender.</summary>
    public bool MaySend(string userName, string password, string from) =>
        Iam.Find(userName) is { } key && key.IsActive && AwsForgery.SmtpPassword(key.Secret, Region) == password && Iam.Allows(userName, from);

    public FakeCheck? Check(FakeRequest request) => request.Prefix == "iam" ? null : (request.Method, request.Segments) switch
    {
        ("POST", ["v2", "email", "identities"]) => new("sesv2/CreateEmailIdentityRequest", request.Text),
        ("POST", ["v2", "email", "metrics", "batch"]) => new("sesv2/BatchGetMetricDataRequest", request.Text),
        _ => null,
    };

    public FakeAnswer Refuse(int status) => status switch
    {
        429 => Error(429, "TooManyRequestsException", "Too Many Requests"),
        403 => Error(403, "AccessDeniedException", "User: arn:aws:iam::123456789012:user/mail is not authorized to perform: ses:GetEmailIdentity"),
        401 => Error(403, "UnrecognizedClientException", "The security token included in the request is invalid."),
        503 => Error(503, "ServiceUnavailableException", "Service is unavailable"),
        _ => Error(status, "InternalServiceErrorException", "Internal service error"),
    };

    public FakeAnswer? Handle(FakeRequest request)
    {
        if (request.Prefix == "iam")
            return AwsForgery.Find(request, AccessKeyId, SecretAccessKey, "us-east-1", "iam") is { } other ? IamFake.Error(403, "SignatureDoesNotMatch", $"The request signature we calculated does not match the signature you provided. ({other})") : Iam.Handle(request);
        if (AwsForgery.Find(request, AccessKeyId, SecretAccessKey, Region, "ses") is { } forgery)
            return Error(403, "InvalidSignatureException", $"The request signature we calculated does not match the signature you provided. ({forgery})");
        return (request.Method, request.Segments) switch
        {
            ("GET", ["v2", "email", "account"]) => FakeAnswer.Json(200, new
            {
                SendingEnabled, ProductionAccessEnabled = true, EnforcementStatus = "HEALTHY", SendQuota = new { Max24HourSend = 50000.0, MaxSendRate = 14.0, SentLast24Hours = 120.0 },
            }),
            ("GET", ["v2", "email", "identities", string name]) => _identities.TryGetValue(name, out FakeIdentity? identity) ? FakeAnswer.Json(200, Shown(identity)) : NotFound(name),
            ("POST", ["v2", "email", "identities"]) => Create(request.Json),
            ("DELETE", ["v2", "email", "identities", string name]) => _identities.Remove(name) ? FakeAnswer.Json(200, new { }) : NotFound(name),
            ("POST", ["v2", "email", "metrics", "batch"]) => Metrics(request.Json),
            _ => null,
        };
    }

    public static FakeAnswer Error(int status, string code, string message) => FakeAnswer.Json(status, new { message }).With("x-amzn-ErrorType", $"{code}:http://internal.amazon.com/coral/com.amazonaws.services.sesv2/");

    private static FakeAnswer NotFound(string name) => Error(404, "NotFoundException", $"Email identity {name} does not exist.");

    private static object Shown(FakeIdentity identity) => new
    {
        IdentityType = identity.Name.Contains('@', StringComparison.Ordinal) ? "EMAIL_ADDRESS" : "DOMAIN", FeedbackForwardingStatus = true, VerifiedForSendingStatus = identity.Verified,
        VerificationStatus = identity.Verified ? "SUCCESS" : "PENDING", Tags = identity.Tags.Select(tag => new { tag.Key, tag.Value }),
    };

    private FakeAnswer Create(JsonElement wish)
    {
        string name = wish.GetProperty("EmailIdentity").GetString()!;
        if (_identities.ContainsKey(name)) return Error(400, "AlreadyExistsException", $"Email identity {name} already exist.");
        Dictionary<string, string> tags = wish.TryGetProperty("Tags", out JsonElement list) ? list.EnumerateArray().ToDictionary(tag => tag.GetProperty("Key").GetString()!, tag => tag.GetProperty("Value").GetString()!) : [];
        FakeIdentity made = _identities[name] = new FakeIdentity(name, Verified: false, tags);
        return FakeAnswer.Json(200, new { IdentityType = "EMAIL_ADDRESS", VerifiedForSendingStatus = made.Verified });
    }

    private FakeAnswer Metrics(JsonElement wish)
    {
        if (!HasMetrics) return Error(400, "BadRequestException", "Virtual Deliverability Manager is not enabled for this account.");
        return FakeAnswer.Json(200, new
        {
            Results = wish.GetProperty("Queries").EnumerateArray().Select(query => new { Id = query.GetProperty("Id").GetString(), Timestamps = new[] { query.GetProperty("StartDate").GetInt64() }, Values = _sent }),
            Errors = Array.Empty<object>(),
        });
    }
}
