using System.Buffers;
using System.Buffers.Text;

namespace Mail.Protocol.Mime;

/// <summary>Writes octets in base64, in lines of 76 (RFC 2045 §6.8).</summary>
internal static class Base64Lines
{
    private const int OctetsPerLine = 57;
    private const int LineLength = 76;
    private const int LinesPerBlock = 50; // 3.9 KB: enough to amortize the buffer writer, small enough for any of them

    /// <summary>How many octets <see cref="Write"/> makes of so many.</summary>
    public static long SizeOf(long length) => ((length + 2) / 3 * 4) + ((length + OctetsPerLine - 1) / OctetsPerLine * 2);

    /// <summary>Every line ends with CRLF, the last one too.</summary>
    public static void Write(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        while (!content.IsEmpty)
        {
            Span<byte> block = output.GetSpan(LinesPerBlock * (LineLength + 2));
            int written = 0;
            for (int line = 0; line < LinesPerBlock && !content.IsEmpty; line++)
            {
                int count = Math.Min(OctetsPerLine, content.Length);
                Base64.EncodeToUtf8(content[..count], block[written..], out _, out int length);
                written += length;
                block[written++] = (byte)'\r';
                block[written++] = (byte)'\n';
                content = content[count..];
            }
            output.Advance(written);
        }
    }
}
