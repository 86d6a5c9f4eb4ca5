using System.Security.Cryptography;

namespace Mail.Protocol.Reports;

/// <summary>
/// Return paths that name the delivery they belong to ("variable envelope return path") and are signed, so that nobody can invent bounces. The local
/// part is the letter <c>r</c> and 63 characters: two ids and 56 bits of an HMAC-SHA256, in an alphabet that survives servers which change the case.
/// 64 octets are what every server must take (RFC 5321 §4.5.3.1.1). Safe for any number of threads.
/// </summary>
/// <remarks>56 bits keep a guess from being worth its mail: one try is one message to this host. The signature covers both ids, not the domain.</remarks>
public sealed class VerpCodec
{
    /// <summary>The shortest key that is taken, in octets.</summary>
    public const int MinKeyBytes = 16;

    private const char Marker = 'r';
    private const int IdBytes = 32;
    private const int MacBytes = 7;
    private const int LocalPartLength = 64; // the marker and ceil(39 * 8 / 5) characters
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567"; // RFC 4648 §6

    private static ReadOnlySpan<byte> Purpose => "mail-return-path-1"u8;

    private readonly byte[][] _keys;

    /// <summary>Takes the keys.</summary>
    /// <param name="keys">The first signs; all are accepted, so that a report for mail of weeks ago is still known after the key was changed. Copied.</param>
    /// <exception cref="ArgumentException">There is no key, or one is shorter than <see cref="MinKeyBytes"/>.</exception>
    public VerpCodec(params IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0) throw new ArgumentException("A return path needs at least one key.", nameof(keys));
        foreach (byte[] key in keys)
            if (key.Length < MinKeyBytes) throw new ArgumentException($"A key has {key.Length} octets; it needs at least {MinKeyBytes}.", nameof(keys));
        _keys = [.. keys.Select(key => key.ToArray())];
    }

    /// <summary>Writes the return path of a delivery.</summary>
    /// <param name="address">The ids.</param>
    /// <param name="domain">The domain whose reports come back here, without the @.</param>
    /// <returns>An address with a local part of 64 octets, lower-case letters and digits.</returns>
    public string Encode(VerpAddress address, string domain)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(domain);
        return string.Concat(EncodeLocalPart(address), "@", domain);
    }

    /// <summary>Writes the local part alone.</summary>
    /// <param name="address">The ids.</param>
    public string EncodeLocalPart(VerpAddress address)
    {
        Span<byte> token = stackalloc byte[IdBytes + MacBytes];
        address.ProjectId.TryWriteBytes(token, bigEndian: true, out _);
        address.DeliveryId.TryWriteBytes(token[16..], bigEndian: true, out _);
        Sign(_keys[0], token[..IdBytes], token[IdBytes..]);
        return string.Create(LocalPartLength, token, static (text, bytes) =>
        {
            text[0] = Marker;
            int bits = 0, held = 0, at = 1;
            foreach (byte octet in bytes)
            {
                bits = bits << 8 | octet;
                for (held += 8; held >= 5; held -= 5) text[at++] = Alphabet[bits >> (held - 5) & 31];
                bits &= (1 << held) - 1;
            }
            text[at] = Alphabet[bits << (5 - held) & 31];
        });
    }

    /// <summary>Reads a return path: the address, the local part alone, both in any case and perhaps in angle brackets.</summary>
    /// <param name="text">What a report was sent to.</param>
    /// <param name="address">The ids, when the result is <see langword="true"/>.</param>
    /// <returns>Whether one of the keys has signed it. The time does not tell which, or how much of a forgery was right.</returns>
    public bool TryDecode(ReadOnlySpan<char> text, out VerpAddress address)
    {
        address = default;
        text = text.Trim().TrimStart('<');
        int at = text.IndexOf('@');
        ReadOnlySpan<char> local = at >= 0 ? text[..at] : text.TrimEnd('>');
        if (local.Length != LocalPartLength || (local[0] | 0x20) != Marker) return false;

        Span<byte> token = stackalloc byte[IdBytes + MacBytes];
        if (!TryDecodeToken(local[1..], token)) return false;
        Span<byte> expected = stackalloc byte[MacBytes];
        bool isSigned = false;
        foreach (byte[] key in _keys)
        {
            Sign(key, token[..IdBytes], expected);
            isSigned |= CryptographicOperations.FixedTimeEquals(expected, token[IdBytes..]);
        }
        if (!isSigned) return false;
        address = new VerpAddress(new Guid(token[..16], bigEndian: true), new Guid(token[16..IdBytes], bigEndian: true));
        return true;
    }

    private static bool TryDecodeToken(ReadOnlySpan<char> text, Span<byte> token)
    {
        int bits = 0, held = 0, at = 0;
        foreach (char c in text)
        {
            int value = c switch
            {
                >= 'a' and <= 'z' => c - 'a',
                >= 'A' and <= 'Z' => c - 'A',
                >= '2' and <= '7' => c - '2' + 26,
                _ => -1,
            };
            if (value < 0) return false;
            bits = bits << 5 | value;
            held += 5;
            if (held < 8) continue;
            held -= 8;
            token[at++] = (byte)(bits >> held);
            bits &= (1 << held) - 1;
        }
        return bits == 0; // one text for one token
    }

    private static void Sign(byte[] key, ReadOnlySpan<byte> ids, Span<byte> mac)
    {
        Span<byte> input = stackalloc byte[Purpose.Length + IdBytes];
        Purpose.CopyTo(input);
        ids.CopyTo(input[Purpose.Length..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, input, hash);
        hash[..mac.Length].CopyTo(mac);
    }
}
