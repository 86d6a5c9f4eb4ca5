using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Mail.Protocol.Mime;

namespace Mail.Core.Relays.Http;

/// <summary>What is wrong with a value of a <see cref="RelayField"/>, as the end of a sentence; null when nothing is.</summary>
internal static class RelayFieldChecks
{
    public static string? Address(string value) =>
        EmailAddress.TryParse(value, out EmailAddress? address, out string? error) ? address.DisplayName is null ? null : "must be an address without a name." : $"must be an e-mail address: {error}";

    /// <summary>Never says anything of what is in it.</summary>
    public static string? ServiceAccount(string value) => GoogleServiceAccount.TryParse(value, out GoogleServiceAccount? account) && IsKey(account)
        ? null
        : "must be the whole JSON file of a service account's key, with `client_email` and `private_key`.";

    [SuppressMessage("Security", "CA5385", Justification = "A key of Google's is only read here; its size is Google's choice.")]
    private static bool IsKey(GoogleServiceAccount account)
    {
        try
        {
            using RSA key = RSA.Create();
            key.ImportFromPem(account.PrivateKey.Value);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}

/// <summary>The key file of a service account of Google Cloud.</summary>
internal sealed record GoogleServiceAccount(string ClientEmail, string? KeyId, Secret PrivateKey)
{
    public static bool TryParse(string json, [NotNullWhen(true)] out GoogleServiceAccount? account)
    {
        account = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (Text(document.RootElement, "client_email") is not { Length: > 0 } email || Text(document.RootElement, "private_key") is not { Length: > 0 } key) return false;
            account = new GoogleServiceAccount(email, Text(document.RootElement, "private_key_id"), new Secret(key));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
