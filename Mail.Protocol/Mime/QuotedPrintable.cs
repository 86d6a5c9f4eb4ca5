using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Mail.Protocol.Mime;

/// <summary>Writes text in quoted-printable (RFC 2045 §6.7): lines of at most 76 octets; a UTF-8 character is never split by a soft line break.</summary>
internal ref struct QuotedPrintable
{
    private const int MaxLine = 76;
    private const int Block = 4096; // asked of the output at once
    private const int Step = 128;   // more than one step writes: a line of literals, or one escaped character with a soft break

    private static readonly SearchValues<byte> _literal = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\t"u8);

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _span;
    private int _used;
    private int _column;

    private QuotedPrintable(IBufferWriter<byte> output)
    {
        _output = output;
        _span = output.GetSpan(Block);
    }

    /// <param name="content">UTF-8 with CRLF line ends; a CR or LF alone is encoded, as data.</param>
    /// <param name="output">Gets the encoded text, without a line end that the content does not have.</param>
    public static void Write(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        if (content.IsEmpty) return;
        QuotedPrintable writer = new(output);
        while (true)
        {
            int end = content.IndexOf("\r\n"u8);
            writer.WriteLine(end < 0 ? content : content[..end]);
            if (end < 0) break;
            writer.Copy("\r\n"u8);
            writer._column = 0;
            content = content[(end + 2)..];
        }
        output.Advance(writer._used);
    }

    /// <summary>Whether quoted-printable is at most as long as base64, soft line breaks left aside.</summary>
    public static bool IsShorterThanBase64(ReadOnlySpan<byte> content)
    {
        long length = content.Length;
        long escaped = 0;
        while (content.Length >= Vector128<byte>.Count)
        {
            Vector128<byte> octets = Vector128.Create(content);
            Vector128<byte> isEscaped = Vector128.LessThan(octets, Vector128.Create((byte)' ')) | Vector128.GreaterThan(octets, Vector128.Create((byte)'~')) | Vector128.Equals(octets, Vector128.Create((byte)'='));
            Vector128<byte> isLineEndOrTab = Vector128.Equals(octets, Vector128.Create((byte)'\t')) | Vector128.Equals(octets, Vector128.Create((byte)'\r')) | Vector128.Equals(octets, Vector128.Create((byte)'\n'));
            escaped += BitOperations.PopCount(Vector128.AndNot(isEscaped, isLineEndOrTab).ExtractMostSignificantBits());
            content = content[Vector128<byte>.Count..];
        }
        foreach (byte octet in content)
            if (octet is > (byte)'~' or (byte)'=' or (< (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n'))) escaped++;
        return length + (2 * escaped) <= length * 4 / 3;
    }

    private void WriteLine(ReadOnlySpan<byte> line)
    {
        // White space at the end of a line is lost on the way; "From " and a dot at its start are altered by some mailboxes and servers.
        int last = line is [.., (byte)' ' or (byte)'\t'] ? line.Length - 1 : line.Length;
        for (int i = 0; i < line.Length;)
        {
            if (_span.Length - _used < Step) NextBlock();
            bool isFragile = _column == 0 && (line[i] == '.' || line[i..].StartsWith("From "u8));
            int run = isFragile ? 0 : line[i..last].IndexOfAnyExcept(_literal);
            if (run < 0) run = last - i;
            if (run == 0)
            {
                int length = Math.Min(Utf8Length(line[i]), line.Length - i);
                Escape(line.Slice(i, length), isLast: i + length == line.Length);
                i += length;
                continue;
            }

            // One column stays free for the soft break, unless the run ends the line.
            bool endsLine = i + run == line.Length;
            int room = MaxLine - _column - (endsLine && run <= MaxLine - _column ? 0 : 1);
            if (room <= 0)
            {
                SoftBreak();
                continue;
            }
            int count = Math.Min(run, room);
            Copy(line.Slice(i, count));
            _column += count;
            i += count;
        }
        if (_span.Length - _used < Step) NextBlock(); // for the line end
    }

    private void Escape(ReadOnlySpan<byte> octets, bool isLast)
    {
        if (_column + (3 * octets.Length) > MaxLine - (isLast ? 0 : 1)) SoftBreak();
        Span<byte> target = _span.Slice(_used, 3 * octets.Length);
        for (int i = 0; i < octets.Length; i++)
        {
            target[3 * i] = (byte)'=';
            target[(3 * i) + 1] = Hex(octets[i] >> 4);
            target[(3 * i) + 2] = Hex(octets[i] & 15);
        }
        _used += target.Length;
        _column += target.Length;
    }

    private void SoftBreak()
    {
        Copy("=\r\n"u8);
        _column = 0;
    }

    private void Copy(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_span[_used..]);
        _used += octets.Length;
    }

    private void NextBlock()
    {
        _output.Advance(_used);
        _span = _output.GetSpan(Block);
        _used = 0;
    }

    private static int Utf8Length(byte lead) => lead switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };

    private static byte Hex(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
