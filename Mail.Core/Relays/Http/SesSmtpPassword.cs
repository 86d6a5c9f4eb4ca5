using System.Security.Cryptography;
using System.Text;

namespace Mail.Core.Relays.Http;

/// <summary>
/// The password that SES's SMTP servers know an access key by: a signature of Version 4 over a fixed text on a fixed day, with a byte for its version before it
/// (https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html). It holds in one region only, and the secret access key cannot be read from it.
/// </summary>
public static class SesSmtpPassword
{
    private const byte Version = 0x04;

    /// <param name="region">As `eu-west-1`.</param>
    public static string Derive(Secret secretAccessKey, string region)
    {
        byte[] signature = Encoding.UTF8.GetBytes($"AWS4{secretAccessKey.Value}");
        foreach (string step in (ReadOnlySpan<string>)["11111111", region, "ses", "aws4_request", "SendRawEmail"]) signature = HMACSHA256.HashData(signature, Encoding.UTF8.GetBytes(step));
        return Convert.ToBase64String([Version, .. signature]);
    }
}
