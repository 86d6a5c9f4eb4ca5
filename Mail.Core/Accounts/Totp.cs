using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Core.Accounts;

/// <summary>Time-based one-time codes as authenticator apps make them (RFC 6238): six digits, HMAC-SHA-1, steps of 30 seconds.</summary>
public static class Totp
{
    /// <summary>In octets, as RFC 4226 §4 wants.</summary>
    public const int SecretLength = 20;

    /// <summary>How far a phone's clock may be off, in steps to either side (RFC 6238 §5.2 advises one).</summary>
    private const int Drift = 1;

    private const int Digits = 6, StepSeconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="after">The last step whose code was taken; only later ones count.</param>
    /// <returns>The step whose code it is; null when it is none's.</returns>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        ArgumentNullException.ThrowIfNull(code);
        string bare = code.Replace(" ", "", StringComparison.Ordinal);
        if (bare.Length != Digits || !bare.All(char.IsAsciiDigit)) return null;
        long current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (long step = current - Drift; step <= current + Drift; step++)
        {
            bool isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(secret, step)), Encoding.ASCII.GetBytes(bare));
            if (isRight && step > after) found ??= step;
        }

        return found;
    }

    /// <summary>The code of a step.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "Authenticator apps know SHA-1; HMAC does not suffer from its collisions (RFC 6238 §1.2).")]
    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8], hash = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        HMACSHA1.HashData(secret, counter, hash);
        int number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & 0x7FFFFFFF; // RFC 4226 §5.3
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>As people type it and QR codes hold it (RFC 4648 §6, without padding). Takes multiples of five octets.</summary>
    public static string Base32(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new(octets.Length * 8 / 5);
        int bits = 0, held = 0;
        foreach (byte octet in octets)
        {
            (bits, held) = ((bits << 8) | octet, held + 8);
            for (; held >= 5; held -= 5) text.Append(Alphabet[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }

        return text.ToString();
    }

    /// <summary>What the QR code says, in the form that authenticator apps share.</summary>
    public static string Uri(ReadOnlySpan<byte> secret, string issuer, string account) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits=6&period=30";
}
