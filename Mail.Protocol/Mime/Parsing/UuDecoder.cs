namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads uuencoded content (x-uuencode; IEEE 1003.1): from the line "begin" to the line "end", lines without either left out.</summary>
internal static class UuDecoder
{
    /// <summary>Decodes the first encoded file in the input.</summary>
    /// <param name="input">The body.</param>
    /// <param name="output">At least as long as the input.</param>
    /// <param name="written">How many octets were decoded.</param>
    /// <returns>Whether both lines stood around lines that hold what they say.</returns>
    public static bool Decode(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        bool isOpen = false;
        bool isClean = true;
        while (!input.IsEmpty)
        {
            int end = input.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? input : input[..end]).TrimEnd((byte)'\r');
            input = end < 0 ? default : input[(end + 1)..];
            if (!isOpen) isOpen = line.StartsWith("begin "u8);
            else if (line.SequenceEqual("end"u8)) return isClean;
            else if (!line.IsEmpty) isClean &= DecodeLine(line, output, ref written);
        }
        return false;
    }

    private static bool DecodeLine(ReadOnlySpan<byte> line, Span<byte> output, ref int written)
    {
        if (line[0] is < 0x20 or > 0x60) return false;
        int count = (line[0] - 0x20) & 0x3F;
        ReadOnlySpan<byte> text = line[1..];
        for (int i = 0; i < count; i++)
        {
            int group = i / 3 * 4;
            int first = group + (i % 3);
            // Spaces at the end of a line, which stand for zero, may be lost on the way; more than a group of them is a line cut off.
            if (group >= text.Length) return false;
            int high = Sextet(text, first);
            int low = Sextet(text, first + 1);
            output[written++] = (byte)((i % 3) switch { 0 => (high << 2) | (low >> 4), 1 => (high << 4) | (low >> 2), _ => (high << 6) | low });
        }
        return true;
    }

    private static int Sextet(ReadOnlySpan<byte> text, int index) => index < text.Length ? (text[index] - 0x20) & 0x3F : 0;
}
