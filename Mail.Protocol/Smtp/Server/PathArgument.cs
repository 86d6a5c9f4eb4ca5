using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp.Server;

/// <summary>
/// The path of MAIL and RCPT (RFC 5321 §4.1.2) and where the parameters after it begin. A space after the colon and a path without angle brackets are read, as
/// many programs write them; source routes are skipped (RFC 5321 appendix C); address literals are read.
/// </summary>
internal ref struct PathArgument
{
    private const int MaxPath = 1024; // far above the 256 octets of RFC 5321 §4.5.3.1.3: what is longer is refused without being read

    /// <summary>The address; <see langword="null"/> for the empty path.</summary>
    public EmailAddress? Address { get; private set; }

    /// <summary>What follows the path, without spaces around.</summary>
    public ReadOnlySpan<char> Parameters { get; private set; }

    /// <param name="argument">All after the verb.</param>
    /// <param name="keyword"><c>FROM:</c> or <c>TO:</c>.</param>
    /// <param name="badAddress">The enhanced code for an address that is none: <c>5.1.7</c> for a sender, <c>5.1.3</c> for a recipient.</param>
    /// <param name="hostname">The domain for <c>postmaster</c> alone, or <see langword="null"/> where that is not allowed.</param>
    /// <param name="refusal">Why it is no path, when the result is <see langword="false"/>.</param>
    public bool TryRead(string argument, string keyword, string badAddress, string? hostname, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
        {
            refusal = new SmtpReply(501, $"5.5.4 {keyword}<address> must follow");
            return false;
        }

        ReadOnlySpan<char> rest = argument.AsSpan(keyword.Length).TrimStart(' ');
        bool isBracketed = rest is ['<', ..];
        if (isBracketed) rest = rest[1..];
        int length = FindEnd(rest, isBracketed ? '>' : ' ');
        if (length > MaxPath)
        {
            refusal = new SmtpReply(501, $"{badAddress} The path is too long");
            return false;
        }
        if (length < 0 || (isBracketed && length + 1 < rest.Length && rest[length + 1] != ' ') || (!isBracketed && length == 0))
        {
            refusal = new SmtpReply(501, $"5.5.4 {keyword}<address> must follow, and a space before each parameter");
            return false;
        }

        Parameters = length < rest.Length ? rest[(length + 1)..].Trim(' ') : default;
        ReadOnlySpan<char> mailbox = rest[..length];
        refusal = mailbox.IsEmpty ? null : ReadMailbox(WithoutRoute(mailbox), badAddress, hostname);
        return refusal is null;
    }

    private SmtpReply? ReadMailbox(ReadOnlySpan<char> mailbox, string badAddress, string? hostname)
    {
        if (hostname is not null && mailbox.Equals("postmaster", StringComparison.OrdinalIgnoreCase)) mailbox = $"postmaster@{hostname}";
        if (mailbox.IsEmpty || mailbox[0] == ' ' || mailbox[^1] == ' ') return new SmtpReply(501, $"{badAddress} The address begins or ends with a space, or is missing");
        if (!EmailAddress.TryParseWithLiteral(mailbox.ToString(), out EmailAddress? address, out string? error)) return new SmtpReply(501, $"{badAddress} {error}");
        Address = address;
        return null;
    }

    /// <summary>Where the path ends, quoted strings left out; -1 when it does not or when it holds another angle bracket.</summary>
    private static int FindEnd(ReadOnlySpan<char> text, char end)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (c == end) return i;
            else if (c is '<' or '>') return -1;
        }
        return end == ' ' && !quoted ? text.Length : -1;
    }

    /// <summary><c>@one.example,@two.example:a@example.com</c> without its route.</summary>
    private static ReadOnlySpan<char> WithoutRoute(ReadOnlySpan<char> path)
    {
        if (path[0] != '@') return path;
        int colon = path.IndexOf(':');
        return colon < 0 ? path : path[(colon + 1)..];
    }

    /// <summary>Whether it can only be said with SMTPUTF8: in the local part or in a domain that is not in A-labels (RFC 6531 §3.3).</summary>
    public static bool IsInternational(EmailAddress? address) => address is not null && (address.RequiresSmtpUtf8 || !Ascii.IsValid(address.Domain));
}
