using System.Buffers;
using System.Text;
using Mail.Protocol.Reports.Notices;

namespace Mail.Protocol.Reports.Reasons;

/// <summary>
/// A server's words in the one form that the rules know: lower case, single spaces, no quotes and hyphens, addresses as <c>@</c>, the first reply
/// code as <c>#</c> and its repetitions on continuation lines gone, web addresses apart. So neither a mailbox called <c>spam@</c> nor a link with
/// <c>suspend</c> in it decides, and a phrase is found across the lines of a reply.
/// </summary>
internal sealed class ReasonText
{
    /// <summary>How much of a text is looked at, in characters: reasons stand at the beginning.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly SearchValues<char> _codeCharacters = SearchValues.Create("0123456789.");

    private ReasonText(string words, string links)
    {
        Words = words;
        Links = links;
    }

    /// <summary>The words, with one space before the first and after the last. Colon and full stop are words of their own.</summary>
    public string Words { get; }

    /// <summary>The web addresses in lower case, each with a space around it.</summary>
    public string Links { get; }

    public bool IsEmpty => Words.Length <= 1 && Links.Length <= 1;

    public static ReasonText Of(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength) text = text[..MaxLength];
        StringBuilder words = new(text.Length + 16);
        StringBuilder links = new(" ");
        words.Append(' ');
        ReadOnlySpan<char> firstCode = default;
        int at = 0;
        while (at < text.Length)
        {
            int length = TokenLength(text[at..]);
            if (length == 0) { at++; continue; }
            ReadOnlySpan<char> token = text.Slice(at, length);
            at += length;
            if (LinkStart(token) is int link and >= 0)
            {
                AppendWords(words, token[..link]);
                links.Append(token[link..].ToString().ToLowerInvariant()).Append(' ');
            }
            else if (token.Contains('@')) AppendWithAddresses(words, token);
            else if (IsReplyCode(token))
            {
                // Servers repeat the code on every line of a reply, which breaks phrases: there a hyphen or the enhanced code follows.
                bool repeats = token[..3].SequenceEqual(firstCode) && ((token.Length > 3 && token[3] == '-') || IsEnhancedCode(Next(text, at)));
                if (!repeats) words.Append("# ");
                if (firstCode.IsEmpty) firstCode = token[..3];
                if (token.Length > 3 && token[3] is ':') words.Append(": ");
            }
            else if (!IsEnhancedCode(token)) AppendWords(words, token);
        }
        return new ReasonText(Merge(words).ToString(), links.ToString());
    }

    /// <summary>The same form for one fragment of a rule, without the spaces around it.</summary>
    public static string Pattern(string phrase)
    {
        StringBuilder words = new(" ");
        foreach (string token in phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (token is "#" or "@") words.Append(token).Append(' '); else AppendWords(words, token);
        return Merge(words).ToString().Trim();
    }

    private static ReadOnlySpan<char> Next(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> rest = text[at..].TrimStart(" ");
        return rest[..TokenLength(rest)];
    }

    private static void AppendWithAddresses(StringBuilder words, ReadOnlySpan<char> token)
    {
        while (AddressScanner.TryFind(token, out int start, out int length))
        {
            AppendWords(words, token[..start]);
            words.Append("@ ");
            token = token[(start + length)..];
        }
        AppendWords(words, token);
    }

    private static int TokenLength(ReadOnlySpan<char> rest)
    {
        int length = 0;
        while (length < rest.Length && !char.IsWhiteSpace(rest[length]) && !char.IsControl(rest[length])) length++;
        return length;
    }

    private static int LinkStart(ReadOnlySpan<char> token)
    {
        int scheme = token.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return token.IndexOf("www.", StringComparison.OrdinalIgnoreCase);
        while (scheme > 0 && char.IsAsciiLetter(token[scheme - 1])) scheme--;
        return scheme;
    }

    // "550", "550-5.7.1", "550:": also with the enhanced code behind a hyphen, as Google writes every line of a reply.
    private static bool IsReplyCode(ReadOnlySpan<char> token) =>
        token.Length >= 3 && token[0] is '2' or '4' or '5' && token[1] is >= '0' and <= '5' && char.IsAsciiDigit(token[2])
        && (token.Length == 3 || (token.Length == 4 && token[3] is ':' or '-' or ',') || (token[3] == '-' && char.IsAsciiDigit(token[4])));

    private static bool IsEnhancedCode(ReadOnlySpan<char> token)
    {
        token = token.Trim("()[]#:;,");
        return token.Length is >= 5 and <= 9 && token[0] is '2' or '4' or '5' && token[1] == '.' && token.IndexOfAnyExcept(_codeCharacters) < 0;
    }

    private static void AppendWords(StringBuilder words, ReadOnlySpan<char> token)
    {
        for (int i = 0; i < token.Length; i++)
        {
            char c = token[i];
            if (c is '\'' or '’' or '‘' or '`') continue;
            if (char.IsLetterOrDigit(c) || c > '\x7F' && !char.IsPunctuation(c))
                words.Append(char.ToLowerInvariant(c));
            else if (c is '/' or '|' or '+' or '=' or '&' or '%' or '$')
                words.Append(c);
            else if (c == '.' && i > 0 && i + 1 < token.Length && char.IsLetterOrDigit(token[i - 1]) && char.IsLetterOrDigit(token[i + 1]))
                words.Append('.');
            else
            {
                Space(words);
                if (c == ':' || (c == '.' && words.Length > 1 && words[^2] != '.')) words.Append(c).Append(' ');
            }
        }
        Space(words);
    }

    private static void Space(StringBuilder words)
    {
        if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
    }

    // Words that people write in two ways.
    private static StringBuilder Merge(StringBuilder words) => words
        .Replace(" e mail", " email").Replace(" mail box", " mailbox").Replace(" black list", " blacklist").Replace(" block list", " blocklist")
        .Replace(" white list", " whitelist").Replace(" time out", " timeout").Replace(" over quota", " overquota");
}
