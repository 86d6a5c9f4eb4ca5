using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Core.Webhooks;

/// <summary>Signs as Standard Webhooks has it (`v1`): HMAC-SHA256 of `{id}.{timestamp}.{body}`.</summary>
public static class WebhookSignature
{
    /// <param name="keys">Several while a secret is being exchanged: the receiver takes what fits any of them.</param>
    /// <param name="timestamp">Of this attempt, in Unix seconds: receivers refuse what is older than five minutes.</param>
    /// <returns>The header's value: one signature for each key, with blanks between.</returns>
    public static string Of(IEnumerable<byte[]> keys, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(keys);
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] content = [.. head, .. body];
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content))));
    }
}
