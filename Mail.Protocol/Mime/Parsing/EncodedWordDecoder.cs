using System.Buffers;
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
        if (start < 0) return text;

        StringBuilder output = new(text.Length);
        ArrayBufferWriter<byte>? pending = null; // octets of neighbours in one charset, decoded together
        string pendingCharset = "";
        int copied = 0; // everything before is in output or pending
        bool afterWord = false;
        EncodedWordReader reader = new(text);
        while (start >= 0)
        {
            if (!reader.TryRead(start, out EncodedWord word))
            {
                start = IndexOf(text, start + 2);
                continue;
            }

            ReadOnlySpan<char> between = text.AsSpan(copied, start - copied);
            bool isNeighbour = afterWord && between.IndexOfAnyExcept(' ', '\t') < 0; // the blanks between two words are none of the text (§6.2)
            ReadOnlySpan<char> charset = Charset(text.AsSpan(word.CharsetStart, word.CharsetLength));
            if (!isNeighbour || !charset.Equals(pendingCharset, StringComparison.OrdinalIgnoreCase))
            {
                Flush(output, pending, pendingCharset, source, offset);
                pendingCharset = charset.ToString();
            }
            if (!isNeighbour) output.Append(between);
            pending ??= new ArrayBufferWriter<byte>();
            if (!Append(text.AsSpan(word.PayloadStart, word.PayloadLength), word.IsBase64, pendingCharset, pending))
                source.Note(MimeDefectKind.InvalidEncodedWord, offset, "An encoded word holds what its encoding does not allow.");
            copied = word.End;
            afterWord = true;
            start = IndexOf(text, copied);
        }
        Flush(output, pending, pendingCharset, source, offset);
        return output.Append(text, copied, text.Length - copied).ToString();
    }

    private static int IndexOf(string text, int from) => from >= text.Length ? -1 : text.IndexOf("=?", from, StringComparison.Ordinal);

    /// <summary>A charset without the language that RFC 2231 §5 lets follow it.</summary>
    private static ReadOnlySpan<char> Charset(ReadOnlySpan<char> charset) => charset.IndexOf('*') is >= 0 and int end ? charset[..end] : charset;

    private static void Flush(StringBuilder output, ArrayBufferWriter<byte>? pending, string charset, MimeSource source, long offset)
    {
        if (pending is null || pending.WrittenCount == 0) return;
        output.Append(Charsets.Decode(pending.WrittenSpan, charset, source, offset));
        pending.ResetWrittenCount();
    }

    private static bool Append(ReadOnlySpan<char> payload, bool isBase64, string charset, ArrayBufferWriter<byte> pending)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent((payload.Length * 4) + 4);
        try
        {
            bool isAscii = Ascii.IsValid(payload);
            // Raw octets inside of an encoded word were made text as UTF-8, or in the declared charset; they go back into the word's own.
            int length = isAscii || Charsets.Find(charset) is not { } encoding || encoding is Utf7Encoding
                ? Encoding.UTF8.GetBytes(payload, rented)
                : encoding.GetBytes(payload, rented.AsSpan());
            Span<byte> octets = rented.AsSpan(0, length);
            Span<byte> output = pending.GetSpan(length + 4);
            int written = 0;
            bool isClean;
            if (isBase64) isClean = Base64Decoder.Decode(octets, output, out written);
            else
            {
                octets.Replace((byte)'_', (byte)' ');
                isClean = QuotedPrintableDecoder.DecodeLine(octets, output, ref written);
            }
            pending.Advance(written);
            return isClean && isAscii;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
