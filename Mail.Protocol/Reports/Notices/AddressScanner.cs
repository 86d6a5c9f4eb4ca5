using System.Buffers;

namespace Mail.Protocol.Reports.Notices;

/// <summary>Finds things that look like addresses in running text: looser than RFC 5322, because a bounce quotes what was sent to.</summary>
internal static class AddressScanner
{
    private const int MaxLocal = 128;
    private const int MaxDomain = 255;

    private static readonly SearchValues<char> _atom = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    /// <summary>Finds the first address of a text.</summary>
    /// <returns>Whether there is one; a lone <c>@</c> or one without a domain is none.</returns>
    public static bool TryFind(ReadOnlySpan<char> text, out int start, out int length)
    {
        int from = 0;
        while (true)
        {
            start = length = 0;
            int at = text[from..].IndexOf('@');
            if (at < 0) return false;
            at += from;
            int end = DomainEnd(text, at + 1);
            start = LocalStart(text, at);
            if (end > at + 1 && start < at)
            {
                length = end - start;
                return true;
            }
            from = at + 1;
        }
    }

    /// <summary>Every address of a text, in its order.</summary>
    public static List<string> FindAll(ReadOnlySpan<char> text, int limit = 1000)
    {
        List<string> found = [];
        while (found.Count < limit && TryFind(text, out int start, out int length))
        {
            found.Add(text.Slice(start, length).ToString());
            text = text[(start + length)..];
        }
        return found;
    }

    private static int LocalStart(ReadOnlySpan<char> text, int at)
    {
        int limit = Math.Max(0, at - MaxLocal);
        if (at > limit && text[at - 1] == '"')
        {
            int quote = text[limit..(at - 1)].LastIndexOf('"');
            return quote >= 0 && text[(limit + quote)..at].IndexOfAny('\r', '\n') < 0 ? limit + quote : at;
        }
        int start = at;
        while (start > limit && (_atom.Contains(text[start - 1]) || text[start - 1] > '\x9F')) start--;
        // What is glued to the front of it: quotes, bullets and the like are legal in an atom, but not what an address begins with.
        while (start < at && (text[start] is '\'' or '`' or '.' or '/' or '|' or '*' || (text[start] == '=' && text[start + 1] != '?'))) start++;
        return start;
    }

    private static int DomainEnd(ReadOnlySpan<char> text, int start)
    {
        if (start < text.Length && text[start] == '[')
        {
            int close = text[start..].IndexOf(']');
            return close is > 1 and < 64 ? start + close + 1 : start;
        }
        int end = start;
        while (end < text.Length && end - start < MaxDomain && IsDomain(text[end])) end++;
        while (end > start && text[end - 1] is '.' or '-' or '_') end--;
        return end;
    }

    private static bool IsDomain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' || (c > '\x9F' && char.IsLetterOrDigit(c));
}
