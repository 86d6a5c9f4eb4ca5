namespace Mail.Protocol.Mime.Parsing;

/// <summary>Finds the boundary of a multipart that declares none, or another one than it uses: by the first line of two hyphens and more that is followed
/// by a Content- field, as a part begins.</summary>
internal static class BoundaryGuess
{
    private const int LongestBoundary = 200; // RFC 2046 allows 70

    public static byte[]? Find(MimeSource source, int start, int end)
    {
        ReadOnlySpan<byte> bytes = source.Bytes.Span[..end];
        for (int position = start; position < end;)
        {
            int after = Math.Min(source.AfterLine(position), end);
            ReadOnlySpan<byte> line = source.Line(position, after).TrimEnd(" \t"u8);
            if (line.Length is > 2 and <= LongestBoundary && line.StartsWith("--"u8) && BeginsPart(bytes[after..])) return line[2..].ToArray();
            position = after;
        }
        return null;
    }

    private static bool BeginsPart(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> name = "Content-"u8;
        return bytes.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(bytes[..name.Length], name);
    }
}
