using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Turns octets into text by a declared charset, or by none.</summary>
internal static class CharsetText
{
    private const int UsAscii = 20127; // .NET's code page
    private const int PieceLength = 2048;

    /// <summary>Decodes text of a declared charset, or of none: then as UTF-8 where it is that, else as windows-1252.</summary>
    /// <param name="octets">The text.</param>
    /// <param name="charset">The declared name; "" for none.</param>
    /// <param name="source">Takes the defects.</param>
    /// <param name="offset">Where they are noted.</param>
    public static string Decode(ReadOnlySpan<byte> octets, string charset, MimeSource source, long offset)
    {
        if (octets.IsEmpty) return "";
        Encoding? encoding = charset.Length == 0 ? null : Charsets.Find(charset);
        if (encoding is null && charset.Length > 0)
            source.Note(MimeDefectKind.UnknownCharset, offset, $"The charset \"{(charset.Length > 60 ? charset[..60] : charset)}\" is not known.");
        // Programs that declare US-ASCII, or nothing, and send more than that mean UTF-8, or the charset of their system.
        if (encoding is null || encoding.CodePage == UsAscii) return Guess(octets, source, offset);
        if (encoding.IsSingleByte || encoding is Utf7Encoding) return encoding.GetString(octets);
        if (encoding is not UTF8Encoding)
        {
            if (DecodeByPieces(octets, encoding) is { } text) return WithoutMark(text);
            source.Note(MimeDefectKind.InvalidText, offset, "Text is not in its declared charset.");
            return Guess(octets, source, offset);
        }
        if (!Utf8.IsValid(octets)) source.Note(MimeDefectKind.InvalidText, offset, "Text declared as UTF-8 is none in places.");
        return DecodeUtf8(octets);
    }

    /// <summary>UTF-8 with U+FFFD for what is none. .NET's encoding makes an object of every such place; this makes none.</summary>
    public static string DecodeUtf8(ReadOnlySpan<byte> octets)
    {
        if (octets is [0xEF, 0xBB, 0xBF, ..]) octets = octets[3..];
        if (Utf8.IsValid(octets)) return Encoding.UTF8.GetString(octets);
        char[] rented = ArrayPool<char>.Shared.Rent(octets.Length);
        Utf8.ToUtf16(octets, rented, out _, out int written);
        string text = new(rented, 0, written);
        ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    /// <summary>Whether text is UTF-8 but for a few places: other charsets hardly ever look like it by chance.</summary>
    public static bool IsMostlyUtf8(ReadOnlySpan<byte> octets)
    {
        int valid = 0;
        int invalid = 0;
        while (octets.IndexOfAnyExceptInRange((byte)0, (byte)127) is >= 0 and int next)
        {
            octets = octets[next..];
            if (Rune.DecodeFromUtf8(octets, out _, out int consumed) is OperationStatus.Done) valid++;
            else invalid++;
            octets = octets[consumed..];
        }
        return valid > 2 * invalid;
    }

    /// <summary>Decodes a charset of several octets for a character, or gives up when one character of eight does not exist in it: the charset is
    /// another one, and .NET makes objects for each such place.</summary>
    private static string? DecodeByPieces(ReadOnlySpan<byte> octets, Encoding encoding)
    {
        Decoder decoder = encoding.GetDecoder();
        DefaultInterpolatedStringHandler output = new(octets.Length, 0); // a builder on shared buffers
        char[] piece = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(PieceLength));
        int invalid = 0;
        for (int start = 0; start < octets.Length; start += PieceLength)
        {
            int length = Math.Min(PieceLength, octets.Length - start);
            int count = decoder.GetChars(octets.Slice(start, length), piece, flush: start + length == octets.Length);
            invalid += piece.AsSpan(0, count).Count('\uFFFD');
            if (invalid > 16 + ((start + length) / 8)) break;
            output.AppendFormatted(piece.AsSpan(0, count));
        }
        ArrayPool<char>.Shared.Return(piece);
        string text = output.ToStringAndClear();
        return invalid > 16 + (octets.Length / 8) ? null : text;
    }

    private static string Guess(ReadOnlySpan<byte> octets, MimeSource source, long offset)
    {
        if (Utf8.IsValid(octets)) return DecodeUtf8(octets);
        if (IsMostlyUtf8(octets))
        {
            source.Note(MimeDefectKind.InvalidText, offset, "Text that looks like UTF-8 is none in places.");
            return DecodeUtf8(octets);
        }
        source.Note(MimeDefectKind.InvalidText, offset, "Octets above 127 are neither UTF-8 nor of a charset that is declared and known; they were read as windows-1252.");
        return Charsets.Windows1252.GetString(octets);
    }

    private static string WithoutMark(string text) => text is ['\uFEFF', ..] ? text[1..] : text;
}
