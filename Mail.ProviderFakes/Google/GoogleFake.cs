namespace Mail.ProviderFakes.Google;

/// <summary>An organisation of Google Workspace: the token service behind `/google/token`, the Directory API behind `/google/admin`, Gmail's behind `/google/gmail`.</summary>
public sealed class GoogleFake : IFakeProvider
{
    private readonly FakeDirectory _directory;
    private readonly FakeGmail _gmail;

    public GoogleFake()
    {
        Login = new FakeGoogleLogin(Organisation);
        _directory = new FakeDirectory(Organisation, Login);
        _gmail = new FakeGmail(Organisation, Login);
    }

    public string Name => "google";

    /// <summary>What it holds.</summary>
    public FakeOrganisation Organisation { get; } = new();

    public FakeGoogleLogin Login { get; }

    public IReadOnlyDictionary<string, string> Settings(Uri root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return new Dictionary<string, string>
        {
            ["service_account"] = Login.KeyFile, ["admin"] = FakeOrganisation.Admin,
            ["base_url"] = new Uri(root, "google/admin").AbsoluteUri, ["gmail_url"] = new Uri(root, "google/gmail").AbsoluteUri, ["login_url"] = new Uri(root, "google/token").AbsoluteUri,
        };
    }

    public FakeCheck? Check(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Body.IsEmpty) return null;
        return request.Segments switch
        {
            ["admin", "admin", "directory", "v1", "users", ..] => new FakeCheck("directory/User", request.Text),
            ["admin", "admin", "directory", "v1", "groups", _, "members", ..] => new FakeCheck("directory/Member", request.Text),
            ["admin", "admin", "directory", "v1", "groups", ..] => new FakeCheck("directory/Group", request.Text),
            ["gmail", "gmail", "v1", "users", _, "settings", "sendAs", ..] => new FakeCheck("gmail/SendAs", request.Text),
            _ => null,
        };
    }

    public FakeAnswer? Handle(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Segments switch
        {
            ["token", "token"] => Login.Handle(request),
            ["admin", "admin", "directory", "v1", .. string[] rest] => _directory.Handle(request, rest),
            ["gmail", "gmail", "v1", "users", "me", "settings", "sendAs", .. string[] rest] => _gmail.Handle(request, rest),
            _ => null,
        };
    }

    public FakeAnswer Refuse(int status) => status switch
    {
        401 => Error(401, "authError", "Invalid Credentials", "UNAUTHENTICATED"),
        403 => Error(403, "forbidden", "Not Authorized to access this resource/api", "PERMISSION_DENIED"),
        404 => Error(404, "notFound", "Resource Not Found: userKey", "NOT_FOUND"),
        412 => Error(412, "conditionNotMet", "User creation is not complete."),
        429 => Error(429, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service 'admin.googleapis.com'.", "RESOURCE_EXHAUSTED"),
        503 => Error(503, "backendError", "Service unavailable. Please try again", "UNAVAILABLE"),
        >= 500 => Error(status, "backendError", "Backend Error", "INTERNAL"),
        _ => Error(status, "invalid", "Invalid Input", "INVALID_ARGUMENT"),
    };

    public object Snapshot() => new
    {
        users = Organisation.Users.Select(user => new { user.Id, user.PrimaryEmail, user.IsSuspended, user.IsDeleted, user.HasMailbox }),
        groups = Organisation.Groups.Select(group => new { group.Id, group.Email, group.Name, members = group.Members.Keys }),
    };

    public void Reset()
    {
        Organisation.Reset();
        Login.Reset();
    }

    /// <summary>As Google's APIs say it: the reason tells more than the status.</summary>
    internal static FakeAnswer Error(int status, string reason, string message, string? state = null)
    {
        Dictionary<string, object> error = new() { ["code"] = status, ["message"] = message, ["errors"] = new[] { new { message, domain = reason.Contains("imit", StringComparison.Ordinal) ? "usageLimits" : "global", reason } } };
        if (state is not null) error["status"] = state;
        return FakeAnswer.Json(status, new { error });
    }
}
