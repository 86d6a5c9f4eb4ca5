using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>How a body travels (RFC 2045 §6): chosen by what is in it.</summary>
internal static class TransferEncoding
{
    private static readonly SearchValues<byte> _unsafeControls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>Whether the octets arrive unchanged when sent as they are: ASCII lines of at most 998 octets, nothing that servers and mailboxes are known
    /// to alter (white space at the end of a line, "From " at its start), and not the boundary around them.</summary>
    public static bool Is7Bit(ReadOnlySpan<byte> content, ReadOnlySpan<byte> boundary)
    {
        if (!Ascii.IsValid(content) || content.ContainsAny(_unsafeControls) || content.IndexOf(boundary) >= 0) return false;
        while (!content.IsEmpty)
        {
            int end = content.IndexOfAny((byte)'\r', (byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? content : content[..end];
            if (line.Length > HeaderRules.HardLineLimit || line.StartsWith("From "u8) || line is [.., (byte)' ' or (byte)'\t']) return false;
            if (end < 0) return true;
            if (!content[end..].StartsWith("\r\n"u8)) return false;
            content = content[(end + 2)..];
        }
        return true;
    }
}
