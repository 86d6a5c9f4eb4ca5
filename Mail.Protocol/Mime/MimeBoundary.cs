using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>The boundaries of one message (RFC 2046 §5.1.1): the same for the same message, and in no line of its content.</summary>
internal readonly struct MimeBoundary
{
    private const int MaxSeed = 50; // with what is added below the 70 of RFC 2046

    private static readonly SearchValues<char> _seedText = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    private readonly byte[] _mark;

    private MimeBoundary(byte[] mark) => _mark = mark;

    /// <summary>What all of them begin with; behind it stands an underscore and how deep the multipart is. "=_" stands in no base64 and no quoted-printable text, so only what
    /// is sent as it is must be searched for it.</summary>
    public ReadOnlySpan<byte> Mark => _mark;

    public static bool IsSeed(string seed) => seed.Length is >= 1 and <= MaxSeed && !seed.AsSpan().ContainsAnyExcept(_seedText);

    /// <param name="seed">What to make them of, or null for a hash of the message id.</param>
    /// <param name="messageId">The message id.</param>
    /// <param name="enclosed">Messages that will be written as they are. They may have been written by this same code, from the same message id.</param>
    public static MimeBoundary For(string? seed, string messageId, List<EnclosedMessage>? enclosed)
    {
        byte[] start = seed is null ? HashOf(messageId) : Encoding.ASCII.GetBytes($"=_{seed}");
        byte[] mark = start;
        for (int i = 1; enclosed is not null && StandsIn(enclosed, mark); i++) mark = [.. start, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $".{i}"))];
        return new MimeBoundary(mark);
    }

    private static bool StandsIn(List<EnclosedMessage> enclosed, ReadOnlySpan<byte> mark)
    {
        foreach (EnclosedMessage message in enclosed)
            if (message.IsSentAsIs && message.Content.Span.IndexOf(mark) >= 0) return true;
        return false;
    }

    private static byte[] HashOf(string messageId)
    {
        const int Octets = 15;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> ascii = stackalloc byte[1024]; // a message id has at most 900
        int length = Encoding.ASCII.GetBytes(messageId, ascii);
        SHA256.HashData(ascii[..length], hash);
        byte[] mark = new byte[2 + (2 * Octets)];
        "=_"u8.CopyTo(mark);
        Convert.TryToHexStringLower(hash[..Octets], mark.AsSpan(2), out _);
        return mark;
    }
}
