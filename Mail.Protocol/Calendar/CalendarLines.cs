using System.Buffers;
using System.Text;

namespace Mail.Protocol.Calendar;

/// <summary>Writes content lines, folded at 75 octets between characters (RFC 5545 §3.1). What it is given has been checked before.</summary>
internal sealed class CalendarLines(IBufferWriter<byte> output)
{
    private const int MaxLine = 75; // octets, without CRLF

    private static readonly SearchValues<char> _needsQuotes = SearchValues.Create(":;,");

    private readonly StringBuilder _line = new(200);

    /// <summary>A whole line with a value that needs no escaping.</summary>
    public void Write(string name, string value) => Begin(name).Value(value);

    /// <summary>A whole line of text, escaped.</summary>
    public void Text(string name, string value) => Begin(name).Value(CalendarText.Escape(value));

    public void Time(string name, CalendarTime time)
    {
        Begin(name);
        if (time.IsDate) Parameter("VALUE", "DATE");
        else if (time.Zone is { } zone) Parameter("TZID", CalendarZone.IdOf(zone));
        Value(time.ToString());
    }

    public CalendarLines Begin(string name)
    {
        _line.Append(name);
        return this;
    }

    /// <summary>A parameter, in quotes where it must be; what even quotes cannot hold is written as RFC 6868 says.</summary>
    public CalendarLines Parameter(string name, string value)
    {
        _line.Append(';').Append(name).Append('=');
        bool quoted = value.AsSpan().ContainsAny(_needsQuotes);
        if (quoted) _line.Append('"');
        foreach (char c in value)
        {
            if (c == '"') _line.Append("^'");
            else if (c == '^') _line.Append("^^");
            else _line.Append(c);
        }
        if (quoted) _line.Append('"');
        return this;
    }

    /// <summary>Ends the line.</summary>
    public void Value(string value)
    {
        _line.Append(':').Append(value);
        WriteFolded(_line.ToString(), output);
        _line.Clear();
    }

    /// <summary>A line with its end.</summary>
    public static void WriteFolded(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        int column = 0;
        while (!text.IsEmpty)
        {
            int length = 0;
            while (length < text.Length)
            {
                Rune.DecodeFromUtf16(text[length..], out Rune rune, out int consumed);
                if (column + rune.Utf8SequenceLength > MaxLine) break;
                column += rune.Utf8SequenceLength;
                length += consumed;
            }
            Encoding.UTF8.GetBytes(text[..length], output);
            text = text[length..];
            if (text.IsEmpty) break;
            output.Write("\r\n "u8);
            column = 1;
        }
        output.Write("\r\n"u8);
    }
}
