using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>The boundaries of one message (RFC 2046 §5.1.1): the same for the same message, and in no line of its content.</summary>
internal sealed class MimeBoundary
{
    private const int MaxSeed = 50; // with what is added below the 70 of RFC 2046

    private static readonly SearchValues<char> _seedText = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    private readonly string _mark;

    private MimeBoundary(string mark)
    {
        _mark = mark;
        Mark = Encoding.ASCII.GetBytes(mark);
    }

    /// <summary>What all of them begin with. "=_" stands in no base64 and no quoted-printable text, so only what is sent as it is must be searched for it.</summary>
    public ReadOnlyMemory<byte> Mark { get; }

    public static bool IsSeed(string seed) => seed.Length is >= 1 and <= MaxSeed && !seed.AsSpan().ContainsAnyExcept(_seedText);

    /// <param name="seed">What to make them of, or null for a hash of the message id.</param>
    /// <param name="messageId">The message id.</param>
    /// <param name="enclosed">Messages that will be written as they are. They may have been written by this same code, from the same message id.</param>
    public static MimeBoundary For(string? seed, string messageId, List<EnclosedMessage>? enclosed)
    {
        string start = $"=_{seed ?? HashOf(messageId)}";
        MimeBoundary boundary = new(start);
        for (int i = 1; enclosed is not null && StandsIn(enclosed, boundary.Mark.Span); i++)
            boundary = new MimeBoundary(string.Create(CultureInfo.InvariantCulture, $"{start}.{i}"));
        return boundary;
    }

    /// <summary>The boundary of a multipart, by how deep it stands.</summary>
    public string At(int level) => string.Create(CultureInfo.InvariantCulture, $"{_mark}_{level}");

    private static bool StandsIn(List<EnclosedMessage> enclosed, ReadOnlySpan<byte> mark)
    {
        foreach (EnclosedMessage message in enclosed)
            if (message.IsSentAsIs && message.Content.Span.IndexOf(mark) >= 0) return true;
        return false;
    }

    private static string HashOf(string messageId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> ascii = stackalloc byte[1024]; // a message id has at most 900
        int length = Encoding.ASCII.GetBytes(messageId, ascii);
        SHA256.HashData(ascii[..length], hash);
        return Convert.ToHexStringLower(hash[..15]);
    }
}
