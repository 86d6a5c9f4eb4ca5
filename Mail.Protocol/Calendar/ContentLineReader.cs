using System.Text;

namespace Mail.Protocol.Calendar;

/// <summary>Reads content lines of any program: folded or not, with CRLF, LF or CR, in any case. What is no property is left out.</summary>
internal static class ContentLineReader
{
    private const int MaxParameters = 50;

    /// <param name="calendar">UTF-8, with or without byte order mark. Lines are unfolded before they are decoded: some programs fold within a character.</param>
    public static IEnumerable<ContentLine> Read(ReadOnlyMemory<byte> calendar)
    {
        if (calendar.Span.StartsWith("\uFEFF"u8)) calendar = calendar[3..];
        byte[] line = new byte[calendar.Length];
        int position = 0;
        while (position < calendar.Length)
        {
            int length = ReadLine(calendar.Span, ref position, line);
            if (length > 0 && Parse(Encoding.UTF8.GetString(line, 0, length)) is { } parsed) yield return parsed;
        }
    }

    /// <summary>Copies one line with what is folded to it.</summary>
    private static int ReadLine(ReadOnlySpan<byte> calendar, ref int position, Span<byte> line)
    {
        int length = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = calendar[position..];
            int end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            ReadOnlySpan<byte> piece = end < 0 ? rest : rest[..end];
            piece.CopyTo(line[length..]);
            length += piece.Length;
            position += piece.Length;
            if (end < 0) return length;
            position += rest[end..].StartsWith("\r\n"u8) ? 2 : 1;
            if (position == calendar.Length || calendar[position] is not ((byte)' ' or (byte)'\t')) return length;
            position++; // the white space that marks a fold
        }
    }

    private static ContentLine? Parse(string line)
    {
        int end = line.AsSpan().IndexOfAny(';', ':');
        if (end <= 0) return null;
        string name = line[..end].Trim().ToUpperInvariant();
        List<KeyValuePair<string, string>> parameters = [];
        while (line[end] == ';')
        {
            int start = end + 1;
            end = EndOfParameter(line, start);
            if (end == line.Length) return null; // no value
            if (parameters.Count < MaxParameters) Add(parameters, line.AsSpan(start, end - start));
        }
        return new ContentLine(name, parameters, line[(end + 1)..]);
    }

    // A semicolon or colon outside of quotes.
    private static int EndOfParameter(string line, int start)
    {
        bool quoted = false;
        for (int i = start; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (!quoted && line[i] is ';' or ':') return i;
        }
        return line.Length;
    }

    private static void Add(List<KeyValuePair<string, string>> parameters, ReadOnlySpan<char> text)
    {
        int equals = text.IndexOf('=');
        if (equals <= 0) return;
        string value = text[(equals + 1)..].ToString().Replace("\"", "", StringComparison.Ordinal);
        parameters.Add(new(text[..equals].Trim().ToString().ToUpperInvariant(), UnescapeCarets(value)));
    }

    // RFC 6868. A caret before anything else is one.
    private static string UnescapeCarets(string value) =>
        !value.Contains('^', StringComparison.Ordinal)
            ? value
            : value.Replace("^^", "\u0000", StringComparison.Ordinal).Replace("^n", "\n", StringComparison.Ordinal).Replace("^'", "\"", StringComparison.Ordinal).Replace('\u0000', '^');
}
