using System.Buffers;

namespace Mail.Protocol.Reports.Notices;

/// <summary>What an address is on its line: at its start, named as a recipient, or something else.</summary>
internal static class LineAddress
{
    private static readonly SearchValues<char> _bullets = SearchValues.Create(" \t<>\"'*-•·([");

    // The last of these words before an address tells what it is.
    private static readonly string[] _recipientWords =
    [
        "to", "recipient", "recipients", "address", "addresses", "addressee", "user", "users", "userid", "mailbox", "rcpt", "undeliverable", "account",
        "destinataire", "empfänger", "宛先",
    ];

    private static readonly string[] _otherWords =
    [
        "from", "sender", "contact", "mailto", "postmaster", "assistance", "help", "questions", "support", "reply", "cc", "by", "forward", "write", "report",
        "administrator", "helpdesk", "message id", "please",
    ];

    /// <summary>The address with which a line begins, behind bullets, quotes and brackets, and where the rest of the line starts.</summary>
    public static (string Address, int End)? Leading(string line)
    {
        int start = line.AsSpan().IndexOfAnyExcept(_bullets);
        if (start < 0 || start > 24) return null;
        ReadOnlySpan<char> rest = line.AsSpan(start);
        int skipped = Prefix(rest);
        rest = rest[skipped..];
        if (start > 0 && line[start - 1] == '"' && rest.IndexOf("\"@", StringComparison.Ordinal) > 0) // "a b"@example
        {
            start--;
            rest = line.AsSpan(start);
        }
        if (!AddressScanner.TryFind(rest, out int at, out int length) || at != 0) return null;
        int end = start + skipped + length;
        while (end < line.Length && line[end] is '>' or '"' or '\'' or ':' or ']' or ')' or ' ') end++;
        return (rest[..length].ToString(), end);
    }

    /// <summary>Every address of a line that does not begin it, with whether a word before it calls it a recipient; addresses of senders and helpers
    /// are left out.</summary>
    public static IEnumerable<(string Address, bool IsRecipient)> Named(string line)
    {
        if (!line.Contains('@')) yield break;
        int from = 0;
        while (AddressScanner.TryFind(line.AsSpan(from), out int at, out int length))
        {
            string address = line.Substring(from + at, length);
            string before = line[from..(from + at)];
            int recipient = Last(before, _recipientWords), other = Last(before, _otherWords);
            bool startsWithCode = IsReply(line);
            if (before.TrimEnd().EndsWith("generated from", StringComparison.OrdinalIgnoreCase)) recipient = int.MaxValue;
            if (other <= recipient || (other < 0 && startsWithCode)) yield return (address, recipient >= 0 || startsWithCode);
            from += at + length;
        }
    }

    private static int Prefix(ReadOnlySpan<char> rest)
    {
        foreach (string prefix in (ReadOnlySpan<string>)["mailto:", "smtp:", "rfc822;", "rfc822:"])
            if (rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return prefix.Length;
        // An X.400 name with the address at its end: c=US;a= ;p=X;o=Y;dda:SMTP=user@example.com;
        int smtp = rest.IndexOf("SMTP=", StringComparison.OrdinalIgnoreCase);
        return smtp >= 0 && smtp < 100 && rest[..smtp].Contains(';') ? smtp + 5 : 0;
    }

    private static int Last(string text, string[] words)
    {
        int last = -1;
        foreach (string word in words)
        {
            int at = text.LastIndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at > last && (at == 0 || !char.IsLetter(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetter(text[at + word.Length]))) last = at;
        }
        return last;
    }

    // "550 <a@b>... User unknown", "<<< 550 5.1.1 <a@b>"
    public static bool IsReply(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().TrimStart("< \t>");
        return text.Length > 4 && text[0] is '4' or '5' && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && text[3] is ' ' or '-';
    }
}
