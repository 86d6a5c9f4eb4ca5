using System.Buffers;

namespace Mail.Protocol.Mime.Parsing;

/// <summary>
/// Text of strangers in one line. Encoded words and raw headers can hold NUL, line breaks and escape sequences; what is shown, logged, stored or written into
/// another header must not (databases refuse NUL, terminals obey escapes, a line break begins a new header).
/// </summary>
internal static class OneLine
{
    private static readonly SearchValues<char> _plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>The text with a space in place of each control character and each line separator of Unicode; itself when it has none. Nothing is removed, so that what is no
    /// address does not become one.</summary>
    public static string Of(string text)
    {
        int first = text.AsSpan().IndexOfAnyExcept(_plain); // most texts end here
        return first < 0 || !Contains(text.AsSpan(first)) ? text : string.Create(text.Length, text, static (line, text) =>
        {
            for (int i = 0; i < line.Length; i++) line[i] = IsForbidden(text[i]) ? ' ' : text[i];
        });
    }

    private static bool Contains(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (IsForbidden(c)) return true;
        return false;
    }

    private static bool IsForbidden(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
