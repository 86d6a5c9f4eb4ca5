using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Calendar;

/// <summary>Checks and escapes text (RFC 5545 §3.3.11).</summary>
internal static class CalendarText
{
    /// <summary>The value, if it is one line.</summary>
    /// <exception cref="ArgumentException">A line break or what else no property may hold; the message names the field.</exception>
    public static string OneLine(string value, string field)
    {
        ArgumentNullException.ThrowIfNull(value);
        return HeaderRules.TextError(value) is { } error ? throw new ArgumentException($"The {field} {error}", nameof(value)) : value;
    }

    /// <summary>The value with LF line ends, if nothing else is wrong with it.</summary>
    /// <exception cref="ArgumentException">What no property may hold; the message names the field.</exception>
    public static string Lines(string value, string field)
    {
        ArgumentNullException.ThrowIfNull(value);
        string lines = value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        OneLine(lines.Replace('\n', ' '), field);
        return lines;
    }

    public static string Escape(string value)
    {
        if (value.AsSpan().IndexOfAny("\\;,\n") < 0) return value;
        StringBuilder escaped = new(value.Length + 16);
        foreach (char c in value)
        {
            if (c is '\\' or ';' or ',') escaped.Append('\\');
            escaped.Append(c == '\n' ? "\\n" : c.ToString());
        }
        return escaped.ToString();
    }

    /// <summary>The reverse, for text of any program: also <c>\N</c>, and a backslash that escapes nothing stays.</summary>
    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal)) return value;
        StringBuilder plain = new(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            char next = value[i] == '\\' && i + 1 < value.Length ? value[i + 1] : '\0';
            if (next is '\\' or ';' or ',' or ':' or '"') plain.Append(value[++i]);
            else if (next is 'n' or 'N')
            {
                plain.Append('\n');
                i++;
            }
            else plain.Append(value[i]);
        }
        return plain.ToString();
    }
}
