using System.Globalization;
using System.Text;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports.Status;

/// <summary>Values of report fields that carry their type in front: <c>rfc822; a@b</c>, <c>dns; mx.example</c>, <c>smtp; 550 no</c> (RFC 3464 §2.1.2).</summary>
internal static class TypedValue
{
    /// <summary>Parts a value into type (lower case, empty without one) and the rest.</summary>
    public static (string Type, string Value) Split(string field)
    {
        int semicolon = field.IndexOf(';');
        if (semicolon is > 0 and < 48)
        {
            ReadOnlySpan<char> type = field.AsSpan(0, semicolon).Trim();
            if (type.IndexOfAny(" \t@<\"") < 0) return (type.ToString().ToLowerInvariant(), field[(semicolon + 1)..].Trim());
        }
        return ("", field.Trim());
    }

    /// <summary>An address without its type and brackets; null when nothing is left. Types that stand twice, as some write them, go both.</summary>
    public static string? Address(string? field)
    {
        if (field is null) return null;
        (string type, string value) = Split(field);
        for (int again = 0; again < 3 && Split(value) is { Type.Length: > 0 } inner; again++) value = inner.Value;
        if (type.Contains("utf-8", StringComparison.Ordinal)) value = DecodeUtf8Address(value);
        int open = value.IndexOf('<');
        if (open >= 0 && value.IndexOf('>', open) is int close and >= 0) value = value[(open + 1)..close];
        int comment = value.IndexOf(" (", StringComparison.Ordinal);
        if (comment > 0) value = value[..comment];
        value = value.Trim().Trim('<', '>').Trim();
        return value.Length == 0 ? null : value;
    }

    /// <summary>A host name, without the type and what some add behind it in brackets.</summary>
    public static string? Host(string? field)
    {
        if (field is null) return null;
        string value = Split(field).Value;
        int space = value.AsSpan().IndexOfAny(" \t(");
        if (space > 0) value = value[..space];
        return value.Length == 0 ? null : value;
    }

    /// <summary>A status code and what stands behind it, as in <c>5.0.0 (mailbox full)</c>.</summary>
    public static (EnhancedStatusCode? Code, string Comment) Status(string? field)
    {
        if (field is null) return (null, "");
        ReadOnlySpan<char> value = field.AsSpan().Trim();
        int length = 0;
        while (length < value.Length && (char.IsAsciiDigit(value[length]) || value[length] == '.')) length++;
        EnhancedStatusCode? code = EnhancedStatusCode.TryParse(value[..length], out EnhancedStatusCode parsed) ? parsed : null;
        return (code, value[length..].Trim().ToString());
    }

    // RFC 6533 §3: \x{20AC} in what must stay ASCII.
    private static string DecodeUtf8Address(string value)
    {
        if (!value.Contains("\\x{", StringComparison.Ordinal)) return value;
        StringBuilder decoded = new(value.Length);
        for (int at = 0; at < value.Length; at++)
        {
            int close = value.AsSpan(at).StartsWith("\\x{") ? value.IndexOf('}', at) : -1;
            if (close > 0 && close - at <= 9 && Rune.IsValid(Hex(value.AsSpan(at + 3, close - at - 3))))
            {
                decoded.Append(new Rune(Hex(value.AsSpan(at + 3, close - at - 3))).ToString());
                at = close;
            }
            else decoded.Append(value[at]);
        }
        return decoded.ToString();
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value) ? value : -1;
}
