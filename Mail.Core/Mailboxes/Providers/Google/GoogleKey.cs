using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Mail.Core.Relays.Http;

namespace Mail.Core.Mailboxes.Providers.Google;

/// <summary>The key file of a service account of Google Cloud.</summary>
internal sealed record GoogleKey(string ClientEmail, string? KeyId, Secret PrivateKey)
{
    /// <summary>Says nothing of what is in it.</summary>
    public static bool TryParse(string json, [NotNullWhen(true)] out GoogleKey? key)
    {
        key = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (Text(document.RootElement, "client_email") is not { Length: > 0 } email || Text(document.RootElement, "private_key") is not { Length: > 0 } pem) return false;
            GoogleKey read = new(email, Text(document.RootElement, "private_key_id"), new Secret(pem));
            using RSA rsa = read.OpenKey();
            key = read;
            return true;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    [SuppressMessage("Security", "CA5385", Justification = "A key of Google's is only read here; its size is Google's choice.")]
    public RSA OpenKey()
    {
        RSA key = RSA.Create();
        try
        {
            key.ImportFromPem(PrivateKey.Value);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
