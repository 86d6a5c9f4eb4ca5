using System.Text.Json;

namespace Mail.ProviderFakes.Microsoft365;

/// <summary>A tenant of Microsoft 365: Entra's login behind `/microsoft365/login`, Graph v1.0 behind `/microsoft365/graph`.</summary>
public sealed class Microsoft365Fake : IFakeProvider
{
    private readonly FakeGraph _graph;

    public Microsoft365Fake() => _graph = new FakeGraph(Tenant, Login);

    public string Name => "microsoft365";

    /// <summary>What it holds.</summary>
    public FakeTenant Tenant { get; } = new();

    public FakeEntraLogin Login { get; } = new();

    public IReadOnlyDictionary<string, string> Settings(Uri root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return new Dictionary<string, string>
        {
            ["tenant_id"] = FakeEntraLogin.TenantId, ["client_id"] = FakeEntraLogin.ClientId, ["client_secret"] = FakeEntraLogin.ClientSecret, ["licence"] = "EXCHANGESTANDARD", ["usage_location"] = "FR",
            ["base_url"] = new Uri(root, "microsoft365/graph").AbsoluteUri, ["login_url"] = new Uri(root, "microsoft365/login").AbsoluteUri,
        };
    }

    public FakeCheck? Check(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Body.IsEmpty || !request.Path.StartsWith("/graph/", StringComparison.Ordinal)) return null;
        // assignLicense has no type of its own in the schema: its entries have.
        if (request.Path.EndsWith("/assignLicense", StringComparison.Ordinal)) return new FakeCheck("graph/AssignedLicense", request.Json.GetProperty("addLicenses")[0].GetRawText());
        return new FakeCheck("graph/User", request.Text);
    }

    public FakeAnswer? Handle(FakeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Segments switch
        {
            ["login", .. string[] rest] => Login.Handle(request, rest),
            ["graph", "v1.0", .. string[] rest] => _graph.Handle(request, rest),
            _ => null,
        };
    }

    public FakeAnswer Refuse(int status) => status switch
    {
        401 => Error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."),
        403 => Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
        404 => Error(404, "Request_ResourceNotFound", "Resource does not exist or one of its queried reference-property objects are not present."),
        429 => Error(429, "TooManyRequests", "Too many requests."),
        500 => Error(500, "Service_InternalServerError", "Encountered an internal server error."),
        503 => Error(503, "serviceNotAvailable", "The service is temporarily unavailable."),
        504 => Error(504, "UnknownError", ""),
        _ => Error(status, "Request_BadRequest", "The request was refused."),
    };

    public object Snapshot() => new
    {
        users = Tenant.Users.Select(user => new { user.Id, user.UserPrincipalName, user.DisplayName, user.AccountEnabled, user.Mail, user.IsDeleted, licences = user.Licences.Count }),
        groups = Tenant.Groups,
        subscriptions = Tenant.Skus.Select(sku => new { sku.PartNumber, sku.Units, consumed = Tenant.Consumed(sku) }),
    };

    public void Reset()
    {
        Tenant.Reset();
        Login.Reset();
    }

    /// <summary>As Graph says it (https://learn.microsoft.com/graph/errors).</summary>
    internal static FakeAnswer Error(int status, string code, string message, string? detail = null, string? target = null)
    {
        Dictionary<string, object> error = new() { ["code"] = code, ["message"] = message };
        if (detail is not null) error["details"] = new[] { new { code = detail, message, target } };
        error["innerError"] = new { date = "2026-11-21T12:00:00", request_id = "33c0f4a1-6f52-4d0c-8c3b-1c9f6a8f5a11" };
        return new FakeAnswer(status, JsonSerializer.Serialize(new { error }));
    }
}
