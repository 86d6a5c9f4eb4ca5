using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>Reads <c>value; name=value; name="quoted"; name*0*=utf-8''...</c> (RFC 2045 §5.1, RFC 2183 §2, RFC 2231) with everything programs do to it:
/// blanks, comments, missing quotes, encoded words, semicolons too many.</summary>
internal static class ParameterParser
{
    private const int LongestValue = 255; // type and subtype have at most 127 each (RFC 6838 §4.2)

    private static readonly FrozenSet<string> _usual = FrozenSet.ToFrozenSet(
    [
        "text/plain", "text/html", "text/calendar", "text/rfc822-headers", "multipart/mixed", "multipart/alternative", "multipart/related", "multipart/report",
        "multipart/signed", "message/rfc822", "message/delivery-status", "application/octet-stream", "application/pdf", "image/png", "image/jpeg", "image/gif",
        "inline", "attachment", "7bit", "8bit", "binary", "base64", "quoted-printable",
    ], StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup = _usual.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads a whole field.</summary>
    /// <param name="text">The unfolded value; raw octets above 127 already decoded.</param>
    /// <param name="source">Limits and defects.</param>
    /// <param name="offset">Where defects are noted.</param>
    /// <returns>What stands before the first semicolon, in lower case without white space and comments, and the parameters.</returns>
    public static (string Value, ParsedParameters Parameters) Parse(string text, MimeSource source, long offset)
    {
        int position = 0;
        string value = ReadValue(text, ref position);
        if (position >= text.Length) return (value, ParsedParameters.Empty);

        List<RawParameter> raw = [];
        while (position < text.Length)
        {
            if (raw.Count >= source.Limits.MaxParameters)
            {
                source.Note(MimeDefectKind.TooManyParameters, offset, $"A field has more than {source.Limits.MaxParameters} parameters; the rest was left out.");
                break;
            }
            if (ReadParameter(text, ref position) is { } parameter) raw.Add(parameter);
        }
        return (value, new ParsedParameters(ParameterSections.Join(raw, source, offset)));
    }

    /// <summary>Up to the semicolon; without one, up to the blank before a parameter, as in "multipart/mixed boundary=x".</summary>
    private static string ReadValue(string text, ref int position)
    {
        Span<char> value = stackalloc char[LongestValue];
        int length = 0;
        SkipBlanks(text, ref position);
        while (position < text.Length && text[position] is not (';' or ','))
        {
            if (text[position] is '(' or ' ' or '\t')
            {
                SkipBlanks(text, ref position);
                bool goesOn = position < text.Length && (text[position] == '/' || (length > 0 && value[length - 1] == '/'));
                if (goesOn || position >= text.Length || text[position] is ';' or ',') continue;
                return ToText(value[..length]);
            }
            if (text[position] != '"' && length < value.Length) value[length++] = char.ToLowerInvariant(text[position]);
            position++;
        }
        position++;
        return ToText(value[..length]);
    }

    private static string ToText(ReadOnlySpan<char> value) => _lookup.TryGetValue(value, out string? usual) ? usual : value.ToString();

    private static RawParameter? ReadParameter(string text, ref int position)
    {
        SkipBlanks(text, ref position);
        int start = position;
        while (position < text.Length && text[position] is not ('=' or ';')) position++;
        string name = text[start..position].Trim().ToLowerInvariant();
        if (position >= text.Length || text[position] == ';')
        {
            position++;
            return null;
        }
        position++;
        SkipBlanks(text, ref position);
        string value = position < text.Length && text[position] == '"' ? ReadQuoted(text, ref position) : ReadToken(text, ref position);
        return name.Length == 0 ? null : RawParameter.Of(name, value);
    }

    /// <summary>A quoted string up to the semicolon after it. A quote that stands within a value, and one that is missing, do not swallow what follows.</summary>
    private static string ReadQuoted(string text, ref int position)
    {
        StringBuilder value = new();
        int i = position + 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++; // also in the path of Windows that someone forgot to quote: the grammar says so
            value.Append(text[i]);
        }
        i++;
        while (i < text.Length && text[i] != ';')
        {
            if (text[i] == '(') SkipComment(text, ref i);
            else i++;
        }
        position = i + 1;
        return value.ToString();
    }

    private static string ReadToken(string text, ref int position)
    {
        int start = position;
        int end = text.IndexOf(';', start);
        if (end < 0) end = text.Length;
        position = end + 1;
        ReadOnlySpan<char> token = text.AsSpan(start, end - start).Trim();
        // "us-ascii (a comment)"; a file name may hold parentheses, so only a comment at the end after a blank is one.
        if (token is [.., ')'] && token.IndexOf(" (") is > 0 and int comment && !token.Contains('.')) token = token[..comment].TrimEnd();
        return token.ToString();
    }

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length)
        {
            if (text[position] == '(') SkipComment(text, ref position);
            else if (text[position] is ' ' or '\t') position++;
            else return;
        }
    }

    private static void SkipComment(string text, ref int position)
    {
        int depth = 0;
        while (position < text.Length)
        {
            char c = text[position++];
            if (c == '\\') position++;
            else if (c == '(') depth++;
            else if (c == ')' && --depth == 0) return;
        }
    }
}

/// <summary>A parameter as it came: <c>filename*1*</c> is section 1, extended; without a section it is -1.</summary>
internal readonly record struct RawParameter(string Name, int Section, bool IsExtended, string Value)
{
    public static RawParameter Of(string name, string value)
    {
        bool isExtended = name is [.., '*'];
        ReadOnlySpan<char> rest = isExtended ? name.AsSpan(0, name.Length - 1) : name;
        int star = rest.LastIndexOf('*');
        if (star > 0 && int.TryParse(rest[(star + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int section))
            return new RawParameter(rest[..star].TrimEnd().ToString(), section, isExtended, value);
        return new RawParameter(rest.TrimEnd().ToString(), -1, isExtended, value);
    }
}
