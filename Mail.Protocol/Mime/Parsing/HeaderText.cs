using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Turns the octets of a header value into text: unfolded (RFC 5322 §2.2.3), UTF-8 (RFC 6532) or what old programs wrote instead.</summary>
internal static class HeaderText
{
    public static string Decode(ReadOnlySpan<byte> raw, ParsedHeaders owner, long offset)
    {
        raw = raw.Trim(" \t\r\n\0"u8);
        if (raw.IndexOfAny((byte)'\r', (byte)'\n') < 0) return ToText(raw, owner, offset);
        byte[] rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            return ToText(rented.AsSpan(0, Unfold(raw, rented)), owner, offset);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Removes line ends; one without white space around it, which folds nothing, becomes a space, so that no two words become one.</summary>
    private static int Unfold(ReadOnlySpan<byte> raw, Span<byte> output)
    {
        int length = 0;
        while (raw.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and int end)
        {
            raw[..end].CopyTo(output[length..]);
            length += end;
            int next = end + raw[end..].IndexOfAnyExcept((byte)'\r', (byte)'\n'); // raw is trimmed: something follows
            if (raw[next] is not ((byte)' ' or (byte)'\t') && length > 0 && output[length - 1] is not ((byte)' ' or (byte)'\t')) output[length++] = (byte)' ';
            raw = raw[next..];
        }
        raw.CopyTo(output[length..]);
        return length + raw.Length;
    }

    private static string ToText(ReadOnlySpan<byte> octets, ParsedHeaders owner, long offset)
    {
        if (octets.IsEmpty) return "";
        if (Ascii.IsValid(octets)) return Encoding.ASCII.GetString(octets);
        if (Utf8.IsValid(octets)) return Encoding.UTF8.GetString(octets);
        owner.Source.Note(MimeDefectKind.RawHeaderOctets, offset, "A header holds octets above 127 that are no UTF-8.");
        if (CharsetText.IsMostlyUtf8(octets)) return CharsetText.DecodeUtf8(octets); // cut off within a character
        return (Charsets.Find(owner.DeclaredCharset) is { } declared && !Charsets.IsUnicode(declared) ? declared : Charsets.Windows1252).GetString(octets);
    }
}
