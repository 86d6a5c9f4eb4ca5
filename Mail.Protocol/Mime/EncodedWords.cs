using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes Unicode text as encoded words of RFC 2047: at most 75 characters each, on lines of at most 76, never splitting a character.</summary>
internal static class EncodedWords
{
    private const int MaxWord = 75;
    private const int Frame = 12; // =?utf-8?Q? and ?=
    private const int LongestRune = 12; // four octets as =XX

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
            if (room < Frame + LongestRune)
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

    private static int EncodeQ(ref ReadOnlySpan<char> rest, scoped Span<char> word, int room)
    {
        "=?utf-8?Q?".CopyTo(word);
        int length = Frame - 2;
        Span<byte> utf8 = stackalloc byte[4];
        while (Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) == OperationStatus.Done)
        {
            int count = rune.EncodeToUtf8(utf8);
            if (length + 2 + (IsLiteral(rune) ? 1 : 3 * count) > room) break;
            if (rune.Value == ' ') word[length++] = '_';
            else if (IsLiteral(rune)) word[length++] = (char)rune.Value;
            else
            {
                foreach (byte octet in utf8[..count])
                {
                    word[length++] = '=';
                    word[length++] = Hex(octet >> 4);
                    word[length++] = Hex(octet & 15);
                }
            }
            rest = rest[consumed..];
        }
        "?=".CopyTo(word[length..]);
        return length + 2;
    }

    private static int EncodeB(ref ReadOnlySpan<char> rest, scoped Span<char> word, scoped Span<byte> octets, int room)
    {
        "=?utf-8?B?".CopyTo(word);
        int limit = (room - Frame) / 4 * 3;
        int count = 0;
        while (Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) == OperationStatus.Done && count + rune.Utf8SequenceLength <= limit)
        {
            count += rune.EncodeToUtf8(octets[count..]);
            rest = rest[consumed..];
        }
        Convert.TryToBase64Chars(octets[..count], word[(Frame - 2)..], out int written);
        "?=".CopyTo(word[(Frame - 2 + written)..]);
        return Frame + written;
    }

    private static char Hex(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
