using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Mail.Protocol.Smtp;

/// <summary>The coding of free text in parameters (RFC 3461 §4): printable ASCII as it is, all else, and <c>+</c> and <c>=</c>, as <c>+2B</c>.</summary>
internal static class Xtext
{
    /// <param name="text">ASCII; anything else is the caller's mistake, since xtext codes octets up to 127 only.</param>
    public static string Encode(string text)
    {
        StringBuilder coded = new(text.Length);
        foreach (char c in text)
        {
            if (c is > '~') throw new ArgumentException($"U+{(int)c:X4} cannot be written as xtext.", nameof(text));
            if (c is >= '!' and not ('+' or '=')) coded.Append(c);
            else coded.Append(CultureInfo.InvariantCulture, $"+{(int)c:X2}");
        }
        return coded.ToString();
    }

    /// <summary>Undoes <see cref="Encode"/>. Control characters and octets above 126 are refused: what is read here goes to reports and logs.</summary>
    public static bool TryDecode(ReadOnlySpan<char> coded, [NotNullWhen(true)] out string? text)
    {
        text = null;
        StringBuilder decoded = new(coded.Length);
        for (int i = 0; i < coded.Length; i++)
        {
            char c = coded[i];
            if (c == '+')
            {
                if (i + 2 >= coded.Length || !IsHex(coded[i + 1]) || !IsHex(coded[i + 2])) return false;
                c = (char)byte.Parse(coded.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                if (c is < ' ' or > '~') return false;
                i += 2;
            }
            else if (c is < '!' or > '~' or '=') return false;
            decoded.Append(c);
        }
        text = decoded.ToString();
        return true;
    }

    // RFC 3461 wants upper case; some programs write lower.
    private static bool IsHex(char c) => char.IsAsciiHexDigit(c);
}
