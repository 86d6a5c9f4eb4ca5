using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Mail.ProviderFakes.Microsoft365;

/// <summary>Entra's token service for applications: secret or certificate (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).</summary>
public sealed class FakeEntraLogin
{
    public const string TenantId = "contoso.onmicrosoft.com";
    public const string ClientId = "6731de76-14a6-49ae-97bc-6eba6914391e";
    public const string ClientSecret = "fake~secret-of-an-application";

    private readonly HashSet<string> _tokens = [];

    /// <summary>The one that was uploaded; null when there is none.</summary>
    public X509Certificate2? Certificate { get; set; }

    public int Given { get; private set; }

    /// <summary>Takes back all tokens.</summary>
    public void Revoke() => _tokens.Clear();

    internal bool Knows(string? token) => token is not null && _tokens.Contains(token);

    internal void Reset()
    {
        _tokens.Clear();
        (Certificate, Given) = (null, 0);
    }

    internal FakeAnswer? Handle(FakeRequest request, string[] path)
    {
        if (path is not [string tenant, "oauth2", "v2.0", "token"] || request.Method != "POST") return null;
        if (request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true) throw new InvalidOperationException("A token is wished for by a form.");
        IReadOnlyDictionary<string, string> form = request.Form;
        if (tenant != TenantId) return Refusal(400, "invalid_request", 90002, $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");
        if (form.GetValueOrDefault("grant_type") != "client_credentials") return Refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        if (form.GetValueOrDefault("scope") != "https://graph.microsoft.com/.default") return Refusal(400, "invalid_scope", 70011, "The provided request must include a 'scope' input parameter.");
        if (form.GetValueOrDefault("client_id") != ClientId) return Refusal(400, "unauthorized_client", 700016, $"Application with identifier '{form.GetValueOrDefault("client_id")}' was not found in the directory 'Contoso'.");
        if (form.TryGetValue("client_assertion", out string? assertion))
        {
            if (form.GetValueOrDefault("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" || !IsSigned(assertion))
                return Refusal(401, "invalid_client", 700027, "The certificate with identifier used to sign the client assertion is not registered on application.");
        }
        else if (form.GetValueOrDefault("client_secret") != ClientSecret)
        {
            return Refusal(401, "invalid_client", 7000215, $"Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{ClientId}'.");
        }

        string token = $"eyJ0eXAiOiJKV1Qi.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}.fake";
        _tokens.Add(token);
        Given++;
        return FakeAnswer.Json(200, new { token_type = "Bearer", expires_in = 3599, ext_expires_in = 3599, access_token = token });
    }

    internal static FakeAnswer Refusal(int status, string error, int code, string words) => FakeAnswer.Json(status, new
    {
        error,
        error_description = $"AADSTS{code}: {words} Trace ID: 8f4f3c2e-2c1b-4f3e-9d52-6d2a1c0f0100 Correlation ID: 2a1f5f5e-93b8-4f6e-9a51-0d8b3b8f7c55 Timestamp: 2026-11-21 12:00:00Z",
        error_codes = new[] { code },
        timestamp = "2026-11-21 12:00:00Z",
        trace_id = "8f4f3c2e-2c1b-4f3e-9d52-6d2a1c0f0100",
        correlation_id = "2a1f5f5e-93b8-4f6e-9a51-0d8b3b8f7c55",
    });

    /// <summary>A JWT by the key of the certificate that was uploaded, which its header names by a thumbprint.</summary>
    private bool IsSigned(string assertion)
    {
        if (Certificate is null || assertion.Split('.') is not [string head, string claims, string signature]) return false;
        using JsonDocument header = JsonDocument.Parse(Base64Url.DecodeFromChars(head));
        using JsonDocument body = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        if (header.RootElement.GetProperty("alg").GetString() != "PS256" || header.RootElement.GetProperty("x5t#S256").GetString() != Base64Url.EncodeToString(SHA256.HashData(Certificate.RawData))) return false;
        if (body.RootElement.GetProperty("iss").GetString() != ClientId || body.RootElement.GetProperty("sub").GetString() != ClientId) return false;
        using RSA key = Certificate.GetRSAPublicKey()!;
        return key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }
}
