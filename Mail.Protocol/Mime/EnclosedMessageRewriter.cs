using System.Buffers;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>Makes a message 7-bit by encoding the parts that are not. Everything else stays byte for byte; a signature over an encoded part does not survive.</summary>
internal static class EnclosedMessageRewriter
{
    private const int MaxDepth = 20;

    /// <param name="message">With CRLF line ends only.</param>
    /// <param name="output">Gets the message; to be thrown away when the result is false.</param>
    /// <returns>False when a header is not ASCII, a part is signed, or a part is not what it says it is.</returns>
    public static bool TryRewrite(ReadOnlySpan<byte> message, IBufferWriter<byte> output) => TryRewrite(message, output, 0);

    /// <summary>The header block with the empty line after it.</summary>
    public static ReadOnlySpan<byte> HeaderOf(ReadOnlySpan<byte> entity)
    {
        if (entity.StartsWith("\r\n"u8)) return entity[..2];
        int end = entity.IndexOf("\r\n\r\n"u8);
        return end < 0 ? entity : entity[..(end + 4)];
    }

    private static bool TryRewrite(ReadOnlySpan<byte> entity, IBufferWriter<byte> output, int depth)
    {
        ReadOnlySpan<byte> header = HeaderOf(entity);
        ReadOnlySpan<byte> body = entity[header.Length..];
        if (depth > MaxDepth || !EnclosedMessage.Is7Bit(header)) return false;
        if (EnclosedMessage.Is7Bit(body))
        {
            output.Write(entity);
            return true;
        }

        string encoding = Field(header, "content-transfer-encoding"u8).Trim();
        if (encoding is not "" && !encoding.Equals("7bit", StringComparison.OrdinalIgnoreCase) && !encoding.Equals("8bit", StringComparison.OrdinalIgnoreCase)
            && !encoding.Equals("binary", StringComparison.OrdinalIgnoreCase)) return false; // says it is encoded and is not
        string type = Field(header, "content-type"u8);
        int semicolon = type.IndexOf(';', StringComparison.Ordinal);
        string mediaType = (semicolon < 0 ? type : type[..semicolon]).Trim().ToLowerInvariant();

        if (mediaType.StartsWith("multipart/", StringComparison.Ordinal))
        {
            if (mediaType == "multipart/signed" || Boundary(type) is not { } boundary) return false;
            WriteHeader(header, "7bit"u8, output);
            return TryRewriteParts(body, boundary, output, depth);
        }
        if (mediaType == "message/rfc822")
        {
            WriteHeader(header, "7bit"u8, output);
            return TryRewrite(body, output, depth + 1);
        }
        if (mediaType.StartsWith("message/", StringComparison.Ordinal)) return false;

        if (mediaType is "" || mediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            WriteHeader(header, "quoted-printable"u8, output);
            QuotedPrintable.Write(body, output);
        }
        else
        {
            WriteHeader(header, "base64"u8, output);
            Base64Lines.Write(body, output);
        }
        return true;
    }

    private static bool TryRewriteParts(ReadOnlySpan<byte> body, string boundary, IBufferWriter<byte> output, int depth)
    {
        byte[] delimiter = Encoding.ASCII.GetBytes($"--{boundary}");
        bool inPart = false;
        while (true)
        {
            int start = FindDelimiter(body, delimiter);
            // What stands before the first boundary is shown to nobody and may be left out (RFC 2046 §5.1.1).
            if (inPart && !TryRewrite(start < 0 ? body : WithoutLineEnd(body[..start]), output, depth + 1)) return false;
            if (start < 0) return inPart; // a multipart that was never closed, or one without the boundary that it names
            if (inPart) output.Write("\r\n"u8);
            bool isClose = body[(start + delimiter.Length)..].StartsWith("--"u8);
            output.Write(delimiter);
            output.Write(isClose ? "--\r\n"u8 : "\r\n"u8);
            if (isClose) return inPart;
            int lineEnd = body[start..].IndexOf("\r\n"u8);
            if (lineEnd < 0) return inPart;
            body = body[(start + lineEnd + 2)..];
            inPart = true;
        }
    }

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> part) => part.EndsWith("\r\n"u8) ? part[..^2] : part;

    // At the start of a line, and followed by the end of the line, by "--" or by white space.
    private static int FindDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter)
    {
        int from = 0;
        while (true)
        {
            int index = body[from..].IndexOf(delimiter);
            if (index < 0) return -1;
            index += from;
            ReadOnlySpan<byte> after = body[(index + delimiter.Length)..];
            bool atLineStart = index == 0 || body[index - 1] == '\n';
            if (atLineStart && (after.IsEmpty || after[0] is (byte)'\r' or (byte)' ' or (byte)'\t' || after.StartsWith("--"u8))) return index;
            from = index + delimiter.Length;
        }
    }

    private static void WriteHeader(ReadOnlySpan<byte> header, ReadOnlySpan<byte> encoding, IBufferWriter<byte> output)
    {
        while (NextField(ref header, out ReadOnlySpan<byte> field))
            if (!IsNamed(field, "content-transfer-encoding"u8)) output.Write(field);
        output.Write("Content-Transfer-Encoding: "u8);
        output.Write(encoding);
        output.Write("\r\n\r\n"u8);
    }

    /// <summary>The value of the first field of this name, unfolded; empty when there is none.</summary>
    private static string Field(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name)
    {
        while (NextField(ref header, out ReadOnlySpan<byte> field))
            if (IsNamed(field, name))
                return Encoding.ASCII.GetString(field[(field.IndexOf((byte)':') + 1)..]).Replace("\r\n", "", StringComparison.Ordinal);
        return "";
    }

    // One field with its folded lines and line ends; the empty line ends the block.
    private static bool NextField(ref ReadOnlySpan<byte> header, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (header.IsEmpty || header.StartsWith("\r\n"u8)) return false;
        int length = 0;
        do
        {
            int end = header[length..].IndexOf("\r\n"u8);
            length = end < 0 ? header.Length : length + end + 2;
        }
        while (length < header.Length && header[length] is (byte)' ' or (byte)'\t');
        field = header[..length];
        header = header[length..];
        return true;
    }

    private static bool IsNamed(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name)
    {
        int colon = field.IndexOf((byte)':');
        return colon > 0 && Ascii.EqualsIgnoreCase(field[..colon].TrimEnd((byte)' '), name);
    }

    private static string? Boundary(string contentType)
    {
        int start = contentType.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        ReadOnlySpan<char> value = contentType.AsSpan(start + "boundary=".Length);
        if (value is ['"', ..])
        {
            int end = value[1..].IndexOf('"');
            value = end < 0 ? default : value[1..(end + 1)];
        }
        else if (value.IndexOfAny("; \t") is >= 0 and var end) value = value[..end];
        return value.Length is 0 or > 200 ? null : value.ToString();
    }
}
