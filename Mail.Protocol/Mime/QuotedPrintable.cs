using System.Buffers;

namespace Mail.Protocol.Mime;

/// <summary>Writes text in quoted-printable (RFC 2045 §6.7): lines of at most 76 octets; a UTF-8 character is never split by a soft line break.</summary>
internal static class QuotedPrintable
{
    private const int MaxLine = 76;

    private static readonly SearchValues<byte> _literal = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\t"u8);

    /// <param name="content">Valid UTF-8 with CRLF line ends; a CR or LF alone is encoded, as data.</param>
    /// <param name="output">Gets the encoded text, without a line end that the content does not have.</param>
    public static void Write(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        while (!content.IsEmpty)
        {
            int end = content.IndexOf("\r\n"u8);
            WriteLine(end < 0 ? content : content[..end], output);
            if (end < 0) return;
            output.Write("\r\n"u8);
            content = content[(end + 2)..];
        }
    }

    private static void WriteLine(ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        // White space at the end of a line is lost on the way; "From " and a dot at its start are altered by some mailboxes and servers.
        int column = 0;
        int last = line is [.., (byte)' ' or (byte)'\t'] ? line.Length - 1 : line.Length;
        for (int i = 0; i < line.Length;)
        {
            bool isFragile = column == 0 && (line[i] == '.' || line[i..].StartsWith("From "u8));
            int run = isFragile ? 0 : line[i..last].IndexOfAnyExcept(_literal);
            if (run < 0) run = last - i;
            if (run == 0)
            {
                int length = Math.Min(Utf8Length(line[i]), line.Length - i);
                Escape(line.Slice(i, length), output, ref column, isLast: i + length == line.Length);
                i += length;
                continue;
            }

            // One column stays free for the soft break, unless the run ends the line.
            bool endsLine = i + run == line.Length;
            int room = MaxLine - column - (endsLine && run <= MaxLine - column ? 0 : 1);
            if (room <= 0)
            {
                SoftBreak(output, ref column);
                continue;
            }
            int count = Math.Min(run, room);
            output.Write(line.Slice(i, count));
            column += count;
            i += count;
        }
    }

    private static void Escape(ReadOnlySpan<byte> octets, IBufferWriter<byte> output, ref int column, bool isLast)
    {
        if (column + (3 * octets.Length) > MaxLine - (isLast ? 0 : 1)) SoftBreak(output, ref column);
        Span<byte> span = output.GetSpan(3 * octets.Length);
        for (int i = 0; i < octets.Length; i++)
        {
            span[3 * i] = (byte)'=';
            span[(3 * i) + 1] = Hex(octets[i] >> 4);
            span[(3 * i) + 2] = Hex(octets[i] & 15);
        }
        output.Advance(3 * octets.Length);
        column += 3 * octets.Length;
    }

    private static void SoftBreak(IBufferWriter<byte> output, ref int column)
    {
        output.Write("=\r\n"u8);
        column = 0;
    }

    private static int Utf8Length(byte lead) => lead switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };

    private static byte Hex(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
