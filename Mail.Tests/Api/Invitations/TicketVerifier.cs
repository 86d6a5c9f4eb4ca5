using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Mail.Tests.Api.Invitations;

// What follows stands in docs/guides/invitations.md, word for word: a test compares them.
// begin sample
/// <summary>For the page behind target_url: one for the whole app.</summary>
public sealed class TicketVerifier(HttpClient http, string issuer, string project, string audience)
{
    private readonly ConcurrentDictionary<string, string> _used = new(); // a table with a unique key, where there are several processes
    private readonly Dictionary<string, ECDsa> _keys = [];

    /// <returns>The ticket's claims; null for one that is forged, late, for another app, or used before.</returns>
    public async Task<JsonElement?> VerifyAsync(string ticket)
    {
        string[] parts = ticket.Split('.');
        if (parts.Length != 3 || Json(parts[0]) is not { } header || header.GetProperty("alg").GetString() != "ES256") return null;
        if (await KeyAsync(header.GetProperty("kid").GetString()!) is not { } key || Bytes(parts[2]) is not { } signature) return null;
        if (!key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256)) return null;
        JsonElement claims = Json(parts[1])!.Value; // signed by us: it is as we wrote it
        bool isOurs = claims.GetProperty("iss").GetString() == issuer && claims.GetProperty("aud").GetString() == audience;
        bool isFresh = claims.GetProperty("exp").GetInt64() > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return isOurs && isFresh && _used.TryAdd(claims.GetProperty("jti").GetString()!, ticket) ? claims : null;
    }

    private async Task<ECDsa?> KeyAsync(string kid)
    {
        if (_keys.TryGetValue(kid, out ECDsa? known)) return known;
        using JsonDocument set = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{issuer}/interview/keys/{project}")));
        foreach (JsonElement one in set.RootElement.GetProperty("keys").EnumerateArray())
        {
            ECPoint point = new() { X = Bytes(one.GetProperty("x").GetString()!), Y = Bytes(one.GetProperty("y").GetString()!) };
            _keys[one.GetProperty("kid").GetString()!] = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }

        return _keys.GetValueOrDefault(kid);
    }

    private static JsonElement? Json(string part)
    {
        try
        {
            return Bytes(part) is { } bytes ? JsonElement.Parse(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string base64Url)
    {
        try
        {
            string text = base64Url.Replace('-', '+').Replace('_', '/');
            return Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
// end sample
