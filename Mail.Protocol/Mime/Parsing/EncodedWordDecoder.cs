using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>
/// Decodes the encoded words in a text (RFC 2047), also the ones that programs get wrong: inside of quotes, with blanks in them, without padding, glued to
/// other text, or with a character cut in two between neighbours. What is no encoded word stays as it is.
/// </summary>
internal static class EncodedWordDecoder
{
    /// <summary>Decodes an unfolded header value.</summary>
    public static string Decode(string text, MimeSource source, long offset)
    {
        int start = text.IndexOf("=?", StringComparison.Ordinal);
        EncodedWordReader reader = new(text);
        EncodedWord word = default;
        while (start >= 0 && !reader.TryRead(start, out word)) start = IndexOf(text, start + 2);
        if (start < 0) return text;

        DefaultInterpolatedStringHandler output = new(text.Length, 0); // a builder on shared buffers
        byte[] pending = ArrayPool<byte>.Shared.Rent(MostOctets(text)); // octets of neighbours in one charset, decoded together
        try
        {
            int length = 0;
            string charset = "";
            int copied = 0; // everything before is in output or pending
            bool afterWord = false;
            for (; start >= 0; start = IndexOf(text, start))
            {
                if (word.End <= start && !reader.TryRead(start, out word))
                {
                    start += 2;
                    continue;
                }
                ReadOnlySpan<char> between = text.AsSpan(copied, start - copied);
                bool isNeighbour = afterWord && between.IndexOfAnyExcept(' ', '\t') < 0; // the blanks between two words are none of the text (§6.2)
                ReadOnlySpan<char> wordCharset = WithoutLanguage(text.AsSpan(word.CharsetStart, word.CharsetLength));
                if (!isNeighbour || !wordCharset.Equals(charset, StringComparison.OrdinalIgnoreCase))
                {
                    output.AppendLiteral(CharsetText.Decode(pending.AsSpan(0, length), charset, source, offset));
                    length = 0;
                    charset = wordCharset.Equals(charset, StringComparison.OrdinalIgnoreCase) ? charset : wordCharset.ToString();
                }
                if (!isNeighbour) output.AppendFormatted(between);
                if (!Unpack(text.AsSpan(word.PayloadStart, word.PayloadLength), word.IsBase64, charset, pending, ref length))
                    source.Note(MimeDefectKind.InvalidEncodedWord, offset, "An encoded word holds what its encoding does not allow.");
                copied = start = word.End;
                afterWord = true;
            }
            output.AppendLiteral(CharsetText.Decode(pending.AsSpan(0, length), charset, source, offset));
            output.AppendFormatted(text.AsSpan(copied));
            return output.ToStringAndClear();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pending);
        }
    }

    private static int MostOctets(ReadOnlySpan<char> text) => (Ascii.IsValid(text) ? text.Length : 4 * text.Length) + 4;

    private static int IndexOf(string text, int from) => from >= text.Length ? -1 : text.IndexOf("=?", from, StringComparison.Ordinal);

    /// <summary>A charset without the language that RFC 2231 §5 lets follow it.</summary>
    private static ReadOnlySpan<char> WithoutLanguage(ReadOnlySpan<char> charset) => charset.IndexOf('*') is >= 0 and int end ? charset[..end] : charset;

    private static bool Unpack(ReadOnlySpan<char> payload, bool isBase64, string charset, Span<byte> output, ref int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(MostOctets(payload));
        try
        {
            bool isAscii = Ascii.IsValid(payload);
            // Raw octets inside of an encoded word were made text as UTF-8, or in the declared charset; they go back into the word's own.
            int count = isAscii || Charsets.Find(charset) is not { } encoding || encoding is Utf7Encoding || encoding.GetMaxByteCount(1) > 16
                ? Encoding.UTF8.GetBytes(payload, rented)
                : encoding.TryGetBytes(payload, rented, out int written) ? written : 0;
            Span<byte> octets = rented.AsSpan(0, count);
            bool isClean;
            if (isBase64)
            {
                isClean = Base64Decoder.Decode(octets, output[length..], out int decoded);
                length += decoded;
            }
            else
            {
                octets.Replace((byte)'_', (byte)' ');
                isClean = QuotedPrintableDecoder.DecodeLine(octets, output, ref length);
            }
            return isClean && isAscii;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
