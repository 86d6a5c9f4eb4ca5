using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mail.ProviderFakes.Google;

/// <summary>Google's token service for service accounts with domain-wide delegation (https://developers.google.com/identity/protocols/oauth2/service-account#httprest).</summary>
public sealed class FakeGoogleLogin : IDisposable
{
    private const string Account = "mailboxes@example-project.iam.gserviceaccount.com";
    private const string KeyId = "5f3c7a1e9b2d4c6f8a0e1d3b5c7f9a2b4d6e8f01";

    private readonly FakeOrganisation _organisation;
    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<string, (string User, HashSet<string> Scopes)> _tokens = [];

    internal FakeGoogleLogin(FakeOrganisation organisation) => _organisation = organisation;

    /// <summary>The JSON file that the Cloud console gives.</summary>
    public string KeyFile => JsonSerializer.Serialize(new { type = "service_account", project_id = "example-project", private_key_id = KeyId, private_key = _key.ExportPkcs8PrivateKeyPem(), client_email = Account, client_id = "112233445566778899001" });

    /// <summary>What the administrator has delegated.</summary>
    public HashSet<string> Delegated { get; } = [.. DirectoryScopes, .. GmailScopes];

    public int Given { get; private set; }

    /// <summary>How often the login does not know a fresh user yet.</summary>
    public int UnknownLogins { get; set; }

    internal static string[] DirectoryScopes => ["https://www.googleapis.com/auth/admin.directory.user", "https://www.googleapis.com/auth/admin.directory.user.security", "https://www.googleapis.com/auth/admin.directory.group", "https://www.googleapis.com/auth/admin.directory.domain.readonly"];

    internal static string[] GmailScopes => ["https://www.googleapis.com/auth/gmail.settings.basic", "https://www.googleapis.com/auth/gmail.settings.sharing"];

    /// <summary>Takes back all tokens.</summary>
    public void Revoke() => _tokens.Clear();

    public void Dispose() => _key.Dispose();

    /// <returns>Whose token it is, when it may do this; else null and the refusal.</returns>
    internal string? Accept(FakeRequest request, string scope, out FakeAnswer refusal)
    {
        refusal = GoogleFake.Error(401, "authError", "Invalid Credentials", "UNAUTHENTICATED");
        if (request.Bearer is not { } token || !_tokens.TryGetValue(token, out (string User, HashSet<string> Scopes) known)) return null;
        refusal = GoogleFake.Error(403, "insufficientPermissions", "Request had insufficient authentication scopes.", "PERMISSION_DENIED");
        return known.Scopes.Contains($"https://www.googleapis.com/auth/{scope}") ? known.User : null;
    }

    internal void Reset()
    {
        _tokens.Clear();
        Delegated.UnionWith([.. DirectoryScopes, .. GmailScopes]);
        (Given, UnknownLogins) = (0, 0);
    }

    internal FakeAnswer? Handle(FakeRequest request)
    {
        if (request.Method != "POST") return null;
        if (request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true) throw new InvalidOperationException("A token is wished for by a form.");
        if (request.Form.GetValueOrDefault("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer") return Refusal("unsupported_grant_type", "Invalid grant_type.");
        if (request.Form.GetValueOrDefault("assertion")?.Split('.') is not [string head, string body, string signature]) return Refusal("invalid_grant", "Bad Request");
        using JsonDocument header = JsonDocument.Parse(Base64Url.DecodeFromChars(head));
        using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(body));
        JsonElement said = claims.RootElement;
        if (said.GetProperty("iss").GetString() != Account) return Refusal("invalid_grant", "Invalid grant: account not found");
        if (header.RootElement.GetProperty("alg").GetString() != "RS256" || header.RootElement.GetProperty("kid").GetString() != KeyId || !_key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            return Refusal("invalid_grant", "Invalid JWT Signature.");
        if (said.GetProperty("aud").GetString() != "https://oauth2.googleapis.com/token") return Refusal("invalid_grant", "Invalid JWT: Failed audience check. The right audience is https://oauth2.googleapis.com/token");
        if (said.GetProperty("exp").GetInt64() - said.GetProperty("iat").GetInt64() is not (> 0 and <= 3600)) return Refusal("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.");
        HashSet<string> scopes = [.. said.GetProperty("scope").GetString()!.Split(' ')];
        if (!scopes.IsSubsetOf(Delegated)) return FakeAnswer.Json(401, new { error = "unauthorized_client", error_description = "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested." });
        string user = said.GetProperty("sub").GetString()!;
        if (_organisation.Users.All(one => one.IsDeleted || one.PrimaryEmail != user) || (user != FakeOrganisation.Admin && UnknownLogins-- > 0)) return Refusal("invalid_grant", "Invalid email or User ID");
        string token = $"ya29.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
        _tokens[token] = (user, scopes);
        Given++;
        return FakeAnswer.Json(200, new { access_token = token, expires_in = 3599, token_type = "Bearer" });
    }

    private static FakeAnswer Refusal(string error, string words) => FakeAnswer.Json(400, new { error, error_description = words });
}
