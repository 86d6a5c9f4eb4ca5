namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads quoted-printable (RFC 2045 §6.7) with dirt: an equals sign that escapes nothing stands for itself, lower-case digits and long lines are read.</summary>
internal static class QuotedPrintableDecoder
{
    /// <summary>Decodes a body.</summary>
    /// <param name="input">The encoded text.</param>
    /// <param name="output">At least as long as the input.</param>
    /// <param name="written">How many octets were decoded.</param>
    /// <returns>Whether every equals sign was followed by two digits or a line end.</returns>
    public static bool Decode(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        bool isClean = true;
        written = 0;
        while (!input.IsEmpty)
        {
            int end = input.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? input : input[..end];
            bool hasReturn = line is [.., (byte)'\r'];
            // White space at the end of a line was added on the way (rule 3).
            ReadOnlySpan<byte> text = (hasReturn ? line[..^1] : line).TrimEnd(" \t"u8);
            bool isSoft = text is [.., (byte)'='];
            isClean &= DecodeLine(isSoft ? text[..^1] : text, output, ref written);
            if (!isSoft && end >= 0)
            {
                if (hasReturn) output[written++] = (byte)'\r';
                output[written++] = (byte)'\n';
            }
            input = end < 0 ? default : input[(end + 1)..];
        }
        return isClean;
    }

    /// <summary>Decodes escapes without any rule about lines, as in the Q encoding of RFC 2047.</summary>
    public static bool DecodeLine(ReadOnlySpan<byte> line, Span<byte> output, ref int written)
    {
        bool isClean = true;
        while (line.IndexOf((byte)'=') is >= 0 and int escape)
        {
            line[..escape].CopyTo(output[written..]);
            written += escape;
            line = line[escape..];
            if (line.Length >= 3 && HexDigit(line[1]) is >= 0 and int high && HexDigit(line[2]) is >= 0 and int low)
            {
                output[written++] = (byte)((high << 4) | low);
                line = line[3..];
                continue;
            }
            isClean = false;
            output[written++] = (byte)'=';
            line = line[1..];
        }
        line.CopyTo(output[written..]);
        written += line.Length;
        return isClean;
    }

    /// <summary>0 to 15, or -1.</summary>
    public static int HexDigit(int octet) => octet switch
    {
        >= '0' and <= '9' => octet - '0',
        >= 'A' and <= 'F' => octet - 'A' + 10,
        >= 'a' and <= 'f' => octet - 'a' + 10,
        _ => -1,
    };
}
