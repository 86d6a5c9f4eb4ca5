using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send, and both ways to a token.</summary>
internal sealed class GmailFake(bool withServiceAccount = false) : IProvider, IDisposable
{
    public const string Mailbox = "noreply@example.com";
    private const string ClientEmail = "mailer@project.iam.gserviceaccount.com";
    private const string RefreshToken = "1//0fake-refresh-token-of-this-test";
    private const string ClientSecret = "GOCSPX-fake-secret-of-this-test";

    private static readonly string[] _labels = ["SENT"];

    private readonly RSA _key = RSA.Create(2048);
    private Uri? _url;

    public string Name => "gmail";

    public TokenFake Tokens { get; } = new();

    /// <summary>What it lets a service account ask for.</summary>
    public string Scope { get; init; } = "https://www.googleapis.com/auth/gmail.send";

    /// <summary>The fake's time, for claims that have a beginning and an end.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public IEnumerable<string> Secrets => withServiceAccount ? [.. Tokens.All, .. _key.ExportPkcs8PrivateKeyPem().Split('\n').Skip(1).Take(20)] : [.. Tokens.All, RefreshToken, ClientSecret];

    public Dictionary<string, string?> Settings(Uri url)
    {
        _url = url;
        Dictionary<string, string?> settings = new() { ["base_url"] = url.ToString(), ["login_url"] = url.ToString() };
        if (withServiceAccount) (settings["mailbox"], settings["service_account"]) = (Mailbox, KeyFile());
        else (settings["client_id"], settings["client_secret"], settings["refresh_token"]) = ("1234-abcd.apps.googleusercontent.com", ClientSecret, RefreshToken);
        return settings;
    }

    public string? Schema(FakeRequest request) => request.Path == "/gmail/v1/users/me/messages/send" ? "gmail" : null;

    public FakeAnswer? Answer(FakeRequest request, Action<FakeMail> deliver)
    {
        if (request.Path == "/token") return withServiceAccount ? Believe(request) : Refresh(request);
        if (!Tokens.IsGood(request)) return Error(401, "authError", "Invalid Credentials", "UNAUTHENTICATED");
        return (request.Method, request.Path) switch
        {
            ("GET", "/gmail/v1/users/me/profile") => Error(403, "insufficientPermissions", "Insufficient Permission: Request had insufficient authentication scopes.", "PERMISSION_DENIED"),
            ("POST", "/gmail/v1/users/me/messages/send") => Send(request, Base64Url.DecodeFromChars(request.Json.GetProperty("raw").GetString()), deliver),
            ("POST", "/upload/gmail/v1/users/me/messages/send?uploadType=media") => request.Header("Content-Type") == "message/rfc822" ? Send(request, request.Body, deliver) : Error(400, "badContent", "Media type is not supported.", "INVALID_ARGUMENT"),
            _ => null,
        };
    }

    public void Dispose() => _key.Dispose();

    public static FakeAnswer Error(int status, string reason, string message, string state) =>
        FakeAnswer.Json(status, new { error = new { code = status, message, errors = new[] { new { message, domain = "global", reason } }, status = state } });

    /// <summary>As the Cloud console gives it out.</summary>
    private string KeyFile() => JsonSerializer.Serialize(new
    {
        type = "service_account", project_id = "project", private_key_id = "key-1", private_key = _key.ExportPkcs8PrivateKeyPem() + "\n", client_email = ClientEmail, client_id = "1", token_uri = "https://oauth2.googleapis.com/token",
    });

    private FakeAnswer Refresh(FakeRequest request)
    {
        IReadOnlyDictionary<string, string> form = request.Form;
        if (form["grant_type"] != "refresh_token" || form["client_secret"] != ClientSecret) return TokenFake.Error(401, "invalid_client", "The OAuth client was not found.");
        return form["refresh_token"] == RefreshToken ? Tokens.Give() : TokenFake.Error(400, "invalid_grant", "Token has been expired or revoked.");
    }

    /// <summary>RFC 7523: the claims are signed by the account's key, for this service, for now.</summary>
    private FakeAnswer Believe(FakeRequest request)
    {
        IReadOnlyDictionary<string, string> form = request.Form;
        if (form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer") return TokenFake.Error(400, "unsupported_grant_type", "Invalid grant_type");
        string[] jwt = form["assertion"].Split('.');
        if (!_key.VerifyData(Encoding.ASCII.GetBytes($"{jwt[0]}.{jwt[1]}"), Base64Url.DecodeFromChars(jwt[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return TokenFake.Error(400, "invalid_grant", "Invalid JWT Signature.");
        JsonElement header = JsonDocument.Parse(Base64Url.DecodeFromChars(jwt[0])).RootElement, claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jwt[1])).RootElement;
        long now = Clock.GetUtcNow().ToUnixTimeSeconds(), issued = claims.GetProperty("iat").GetInt64(), ends = claims.GetProperty("exp").GetInt64();
        if (issued > now + 60 || ends < now || ends - issued > 3600) return TokenFake.Error(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.");
        bool isRight = header.GetProperty("alg").GetString() == "RS256" && header.GetProperty("kid").GetString() == "key-1" && claims.GetProperty("iss").GetString() == ClientEmail && claims.GetProperty("aud").GetString() == $"{_url}token"
            && claims.GetProperty("scope").GetString() == Scope;
        if (!isRight) return TokenFake.Error(400, "invalid_request", "Invalid claims.");
        return claims.GetProperty("sub").GetString() == Mailbox ? Tokens.Give() : TokenFake.Error(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.");
    }

    private static FakeAnswer Send(FakeRequest request, byte[] mime, Action<FakeMail> deliver)
    {
        IReadOnlyList<string> recipients = Visible.Recipients(mime);
        if (recipients.Count == 0) return Error(400, "invalidArgument", "Recipient address required", "INVALID_ARGUMENT");
        if (recipients.Any(address => address.EndsWith(".invalid", StringComparison.Ordinal))) return Error(400, "invalidArgument", "Invalid To header", "INVALID_ARGUMENT");
        deliver(new FakeMail("gmail", recipients, Visible.In(mime), mime, default, request));
        return FakeAnswer.Json(200, new { id = "18c5fake", threadId = "18c5fake", labelIds = _labels });
    }
}
