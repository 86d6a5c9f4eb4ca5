using System.Buffers;
using System.Globalization;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes Unicode text as encoded words of RFC 2047: at most 75 characters each, on lines of at most 76, never splitting a character,
/// nor what readers see as one (an emoji of several, a letter with its accents) unless it is longer than a word.</summary>
internal static class EncodedWords
{
    private const int MaxWord = 75;
    private const int Frame = 12; // =?utf-8?Q? and ?=
    private const int LongestRune = 12; // four octets as =XX
    private const int LongestElement = 64; // more UTF-16 units than a word can hold: looking at no more keeps the time linear

    // The set that is allowed everywhere, also within a name before an address (RFC 2047 §5 (3)).
    private static readonly SearchValues<byte> _literal = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/"u8);

    public static void Write(HeaderWriter header, string text)
    {
        bool useQ = PrefersQ(text);
        Span<char> word = stackalloc char[MaxWord];
        Span<byte> octets = stackalloc byte[MaxWord];
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int room = HeaderRules.SoftLineLimit - 1 - header.Column;
            if (room < Frame + (header.IsAtFirstWord ? LongestRune : Math.Clamp(Size(NextElement(rest), useQ), LongestRune, MaxWord - Frame)))
            {
                header.Fold();
                room = HeaderRules.SoftLineLimit - 1;
            }
            int length = useQ ? EncodeQ(ref rest, word, Math.Min(room, MaxWord)) : EncodeB(ref rest, word, octets, Math.Min(room, MaxWord));
            header.Word(word[..length]);
        }
    }

    private static bool PrefersQ(string text)
    {
        int octets = 0, escaped = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            octets += rune.Utf8SequenceLength;
            if (!IsLiteral(rune)) escaped += rune.Utf8SequenceLength;
        }
        return octets + (2 * escaped) <= (octets + 2) / 3 * 4;
    }

    private static bool IsLiteral(Rune rune) => rune.IsAscii && (rune.Value == ' ' || _literal.Contains((byte)rune.Value));

    /// <summary>What a reader sees as one character, or less when that is too long for a word.</summary>
    private static ReadOnlySpan<char> NextElement(ReadOnlySpan<char> text)
    {
        // Below U+0300 nothing joins the character before it, so the slow way is for other scripts.
        if (text[0] < '\u0300' && (text.Length == 1 || text[1] < '\u0300')) return text[..1];
        ReadOnlySpan<char> near = text.Length > LongestElement ? text[..LongestElement] : text;
        if (near.Length < text.Length && char.IsHighSurrogate(near[^1])) near = near[..^1];
        return near[..StringInfo.GetNextTextElementLength(near)];
    }

    private static ReadOnlySpan<char> NextRune(ReadOnlySpan<char> text) => text[..(char.IsHighSurrogate(text[0]) ? 2 : 1)];

    private static int Size(ReadOnlySpan<char> text, bool useQ)
    {
        int size = 0;
        foreach (Rune rune in text.EnumerateRunes()) size += useQ && !IsLiteral(rune) ? 3 * rune.Utf8SequenceLength : rune.Utf8SequenceLength;
        return useQ ? size : (size + 2) / 3 * 4;
    }

    private static int EncodeQ(ref ReadOnlySpan<char> rest, scoped Span<char> word, int room)
    {
        "=?utf-8?Q?".CopyTo(word);
        int length = Frame - 2;
        Span<byte> utf8 = stackalloc byte[4];
        while (Fitting(rest, room - 2 - length, length == Frame - 2, useQ: true) is { IsEmpty: false } piece)
        {
            foreach (Rune rune in piece.EnumerateRunes())
            {
                if (rune.Value == ' ') word[length++] = '_';
                else if (IsLiteral(rune)) word[length++] = (char)rune.Value;
                else
                {
                    foreach (byte octet in utf8[..rune.EncodeToUtf8(utf8)])
                    {
                        word[length++] = '=';
                        word[length++] = Hex(octet >> 4);
                        word[length++] = Hex(octet & 15);
                    }
                }
            }
            rest = rest[piece.Length..];
        }
        "?=".CopyTo(word[length..]);
        return length + 2;
    }

    private static int EncodeB(ref ReadOnlySpan<char> rest, scoped Span<char> word, scoped Span<byte> octets, int room)
    {
        "=?utf-8?B?".CopyTo(word);
        int limit = (room - Frame) / 4 * 3;
        int count = 0;
        while (Fitting(rest, limit - count, count == 0, useQ: false) is { IsEmpty: false } piece)
        {
            count += Encoding.UTF8.GetBytes(piece, octets[count..]);
            rest = rest[piece.Length..];
        }
        Convert.TryToBase64Chars(octets[..count], word[(Frame - 2)..], out int written);
        "?=".CopyTo(word[(Frame - 2 + written)..]);
        return Frame + written;
    }

    /// <summary>The next piece that has room: an element; or, at the start of a word, where an element alone is too long, as many of its characters as fit.</summary>
    private static ReadOnlySpan<char> Fitting(ReadOnlySpan<char> rest, int room, bool isFirst, bool useQ)
    {
        if (rest.IsEmpty) return default;
        ReadOnlySpan<char> element = NextElement(rest);
        int size = useQ ? Size(element, useQ) : Encoding.UTF8.GetByteCount(element);
        if (size <= room) return element;
        if (!isFirst) return default;
        int length = 0;
        while (length < element.Length)
        {
            ReadOnlySpan<char> rune = NextRune(element[length..]);
            size = useQ ? Size(rune, useQ) : Encoding.UTF8.GetByteCount(rune);
            if (size > room) break;
            room -= size;
            length += rune.Length;
        }
        return element[..length];
    }

    private static char Hex(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
