using System.Numerics;
using System.Security.Cryptography;

namespace Mail.Core.Projects;

/// <summary>
/// A key's text: `mk_live_` or `mk_test_`, 32 random letters and digits (190 bits), `_`, and a checksum (CRC-32C, in base 62) of all before it. Whoever finds one in a commit or a log
/// can tell a key from a word that looks like one without asking us, and a key that was copied short is refused before the database is asked.
/// </summary>
public static class ApiKeyText
{
    public const string Live = "mk_live_", Test = "mk_test_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Random = 32, Checksum = 6, Length = 8 + Random + 1 + Checksum;

    /// <summary>How much of a key is shown.</summary>
    public const int Shown = 12;

    public static string New(bool isTest)
    {
        string text = (isTest ? Test : Live) + RandomNumberGenerator.GetString(Alphabet, Random);
        return $"{text}_{ChecksumOf(text)}";
    }

    /// <returns>Whether it has the form of a key of ours, and yet cannot be one: mistyped or cut. What has another form came from the configuration.</returns>
    public static bool IsDamaged(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length != Length || key[^(Checksum + 1)] != '_') return false;
        return !key.AsSpan(Length - Checksum).SequenceEqual(ChecksumOf(key[..^(Checksum + 1)]));
    }

    private static string ChecksumOf(string text)
    {
        uint crc = uint.MaxValue;
        foreach (char letter in text) crc = BitOperations.Crc32C(crc, letter);
        Span<char> digits = stackalloc char[Checksum];
        for (int i = Checksum - 1; i >= 0; i--, crc /= (uint)Alphabet.Length) digits[i] = Alphabet[(int)(crc % (uint)Alphabet.Length)];
        return new string(digits);
    }
}
