using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mail.Protocol.Mime;

/// <summary>The rules behind <see cref="EmailAddress"/>. Every refusal is a sentence that a person can act on.</summary>
internal static class EmailAddressParser
{
    private const int MaxLocalPart = 64; // octets, RFC 5321 §4.5.3.1.1
    private const int MaxDomain = 255;   // octets, RFC 5321 §4.5.3.1.2
    private const int MaxAddress = 254;  // octets: a path of 256 (RFC 5321 §4.5.3.1.3) without its angle brackets
    private const int MaxLabel = 63;     // octets, RFC 1035 §2.3.4

    /// <summary>Characters that make a display name ambiguous unless it stands in double quotes.</summary>
    public static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\"\\<>,;@");

    private static readonly SearchValues<char> _atomText = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~"); // RFC 5322 §3.2.3

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    public static bool TryParse(string? input, bool acceptLiteral, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        error = Parse(input, acceptLiteral, ref address);
        return error is null;
    }

    /// <summary>Looks for what no header or command may carry; the answer is the refusal, or null.</summary>
    public static string? FindForbidden(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                return $"The address contains a line break or another control character (U+{(int)c:X4} at position {i + 1}).";
            if (!char.IsSurrogate(c)) continue;
            if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return $"The address contains half a character (U+{(int)c:X4} at position {i + 1}).";
            i++;
        }
        return null;
    }

    private static string? Parse(string? input, bool acceptLiteral, ref EmailAddress? address)
    {
        if (string.IsNullOrWhiteSpace(input)) return "The address is empty.";
        if (FindForbidden(input) is { } forbidden) return forbidden;

        ReadOnlySpan<char> text = input.AsSpan().Trim();
        if (Split(text, out ReadOnlySpan<char> name, out ReadOnlySpan<char> mailbox) is { } notOne) return notOne;

        int at = LastUnquotedAt(mailbox);
        if (at < 0) return "The address has no @, so it names no domain.";
        if (ReadLocalPart(mailbox[..at], out string? localPart) is { } badLocalPart) return badLocalPart;
        string domain = mailbox[(at + 1)..].ToString();
        if (ReadDomain(domain, acceptLiteral, out string? asciiDomain) is { } badDomain) return badDomain;
        if (Encoding.UTF8.GetByteCount(localPart) + 1 + asciiDomain.Length > MaxAddress) return $"The address is longer than {MaxAddress} octets.";

        string displayName = Unquote(name).Trim();
        address = new EmailAddress(displayName.Length == 0 ? null : displayName, localPart, domain, asciiDomain);
        return null;
    }

    /// <summary>Separates the name from the mailbox and refuses lists, looking only at what stands outside of double quotes.</summary>
    private static string? Split(ReadOnlySpan<char> text, out ReadOnlySpan<char> name, out ReadOnlySpan<char> mailbox)
    {
        name = default;
        mailbox = text;
        int open = -1, close = -1, separator = -1, ats = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '\\') { i++; continue; }
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            switch (c)
            {
                case '<' when open < 0: open = i; break;
                case '>' when close < 0 && open >= 0: close = i; break;
                case '<' when close >= 0: return "There is more than one address; give one.";
                case '<' or '>': return "The angle brackets do not match.";
                case ',' or ';' when separator < 0: separator = i; break;
                case '@': ats++; break;
                default: break;
            }
        }

        if (quoted) return "A double quote is not closed.";
        if (ats > 1) return separator >= 0 || open >= 0 ? "There is more than one address; give one." : "The address contains more than one @.";
        if (open >= 0 && close != text.Length - 1) return close < 0 ? "The angle brackets do not match." : "Something stands after the closing angle bracket.";
        if (separator >= 0 && separator < open) return "A name with a comma or semicolon must stand in double quotes.";
        if (separator >= 0) return "There is more than one address, or a comma or semicolon too many; give one address.";
        if (open < 0) return null;
        name = text[..open];
        mailbox = text[(open + 1)..close].Trim();
        return mailbox.IsEmpty ? "Nothing stands between the angle brackets." : null;
    }

    private static int LastUnquotedAt(ReadOnlySpan<char> mailbox)
    {
        int closingQuote = mailbox.LastIndexOf('"');
        int at = mailbox[(closingQuote + 1)..].LastIndexOf('@');
        return at < 0 ? -1 : closingQuote + 1 + at;
    }

    private static string? ReadLocalPart(ReadOnlySpan<char> text, [NotNull] out string? localPart)
    {
        localPart = "";
        if (text.IsEmpty) return "Nothing stands before the @.";
        string content;
        if (text[0] == '"')
        {
            if (text.Length < 2 || text[^1] != '"' || HasInnerQuote(text[1..^1])) return "The part before the @ is quoted only in part.";
            content = Unquote(text);
            if (content.Length == 0) return "Nothing stands before the @.";
        }
        else
        {
            content = text.ToString();
            if (DotAtomError(content) is { } error) return error;
        }

        // Quotes that change nothing are dropped, so that one mailbox has one form.
        localPart = DotAtomError(content) is null ? content : Quote(content);
        return Encoding.UTF8.GetByteCount(localPart) > MaxLocalPart ? $"The part before the @ is longer than {MaxLocalPart} octets." : null;
    }

    private static string? DotAtomError(string text)
    {
        if (text[0] == '.' || text[^1] == '.') return "The part before the @ begins or ends with a dot.";
        if (text.Contains("..", StringComparison.Ordinal)) return "The part before the @ contains two dots in a row.";
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool fits = rune.IsAscii
                ? rune.Value == '.' || _atomText.Contains((char)rune.Value)
                : Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            if (fits) continue;
            return rune.Value == ' ' ? "The part before the @ contains a space." : $"The part before the @ contains the character {Show(rune)}, which is not allowed there.";
        }
        return null;
    }

    private static string? ReadDomain(string domain, bool acceptLiteral, [NotNull] out string? asciiDomain)
    {
        asciiDomain = "";
        if (domain.Length == 0) return "No domain stands after the @.";
        if (domain[0] == '[') return acceptLiteral ? AddressLiteral.Read(domain, out asciiDomain) : "An IP address in place of a domain is not accepted.";
        if (Ascii.IsValid(domain)) asciiDomain = domain.ToLowerInvariant();
        else
        {
            // IdnMapping reports a bad name only by ArgumentException; there is no Try form.
            try { asciiDomain = _idn.GetAscii(domain).ToLowerInvariant(); }
            catch (ArgumentException) { return $"\"{domain}\" is not a valid internationalized domain name."; }
        }

        if (asciiDomain.Length > MaxDomain) return $"The domain is longer than {MaxDomain} octets.";
        ReadOnlySpan<char> last = default;
        foreach (Range range in asciiDomain.AsSpan().Split('.'))
        {
            last = asciiDomain.AsSpan(range);
            if (LabelError(last) is { } error) return error;
        }
        return last.ContainsAnyExceptInRange('0', '9') ? null : "The domain ends in a number; an IP address in place of a domain is not accepted.";
    }

    // Letters, digits and hyphens, RFC 5321 §4.1.2 (sub-domain).
    private static string? LabelError(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty) return "The domain has a dot too many.";
        if (label.Length > MaxLabel) return $"A part of the domain between two dots is longer than {MaxLabel} octets.";
        if (label[0] == '-' || label[^1] == '-') return "A part of the domain begins or ends with a hyphen.";
        foreach (char c in label)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return $"The domain contains the character {Show(new Rune(c))}, which is not allowed there.";
        return null;
    }

    private static bool HasInnerQuote(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') { if (++i == text.Length) return true; } // the closing quote itself is escaped
            else if (text[i] == '"') return true;
        }
        return false;
    }

    private static string Quote(string content) =>
        $"\"{content.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Removes the quotes of every quoted string and the backslashes within (RFC 5322 §3.2.4).</summary>
    private static string Unquote(ReadOnlySpan<char> text)
    {
        if (!text.Contains('"')) return text.ToString();
        StringBuilder result = new(text.Length);
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (quoted && text[i] == '\\' && i + 1 < text.Length) result.Append(text[++i]);
            else result.Append(text[i]);
        }
        return result.ToString();
    }

    private static string Show(Rune rune) => rune.Value is > ' ' and < 0x7F ? $"\"{rune}\"" : $"U+{rune.Value:X4}";
}
