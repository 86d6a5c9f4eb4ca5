using System.Globalization;

namespace Mail.Protocol.Smtp;

/// <summary>A code of the form class.subject.detail such as <c>5.1.1</c> (RFC 3463), which says more than the three digits.</summary>
/// <param name="Class">2 success, 4 transient, 5 permanent.</param>
/// <param name="Subject">0 to 999: 1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 policy.</param>
/// <param name="Detail">0 to 999, within the subject.</param>
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    /// <summary>Reads a whole text such as <c>5.1.1</c>.</summary>
    /// <returns>Whether the text is exactly one code.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out EnhancedStatusCode code) => TryRead(text, out code, out int length) && length == text.Length;

    /// <summary>The form of RFC 3463: <c>5.1.1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    /// <summary>Reads a code that stands at the start of a reply's text, followed by white space or nothing (RFC 2034 §4).</summary>
    internal static bool TryParseStart(ReadOnlySpan<char> text, out EnhancedStatusCode code) =>
        TryRead(text, out code, out int length) && (length == text.Length || char.IsWhiteSpace(text[length]));

    private static bool TryRead(ReadOnlySpan<char> text, out EnhancedStatusCode code, out int length)
    {
        code = default;
        length = 0;
        if (text.Length < 5 || text[0] is not ('2' or '4' or '5') || text[1] != '.') return false;
        length = 2;
        if (!TryReadNumber(text, ref length, out int subject)) return false;
        if (length >= text.Length || text[length++] != '.') return false;
        if (!TryReadNumber(text, ref length, out int detail)) return false;
        code = new EnhancedStatusCode(text[0] - '0', subject, detail);
        return true;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, ref int position, out int number)
    {
        int start = position;
        number = 0;
        while (position < text.Length && position - start < 3 && char.IsAsciiDigit(text[position])) number = number * 10 + (text[position++] - '0');
        return position > start;
    }
}
