using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Mail.Protocol.Smtp.Server;

/// <summary>One command line, without its CRLF.</summary>
/// <param name="Verb">The command.</param>
/// <param name="Argument">What follows it, without spaces around; never <see langword="null"/>, empty for most.</param>
/// <param name="Refusal">Why the line is no command at all, or <see langword="null"/>.</param>
internal readonly record struct SmtpCommand(SmtpVerb Verb, string Argument, SmtpReply? Refusal)
{
    private static readonly SearchValues<byte> _controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), 127]);

    public static SmtpCommand Parse(ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAny(_controls) >= 0) return new SmtpCommand(SmtpVerb.Unknown, "", Replies.ControlCharacter);
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = space < 0 ? line : line[..space];
        ReadOnlySpan<byte> argument = space < 0 ? default : line[(space + 1)..].Trim((byte)' ');
        if (!Utf8.IsValid(argument)) return new SmtpCommand(SmtpVerb.Unknown, "", Replies.NotUtf8);
        return new SmtpCommand(VerbOf(word), argument.IsEmpty ? "" : Encoding.UTF8.GetString(argument), null);
    }

    // Commands are read in any case (RFC 5321 §2.4).
    private static SmtpVerb VerbOf(ReadOnlySpan<byte> word)
    {
        if (word.Length is < 3 or > 8) return SmtpVerb.Unknown;
        Span<byte> upper = stackalloc byte[8];
        upper = upper[..word.Length];
        if (Ascii.ToUpper(word, upper, out _) != OperationStatus.Done) return SmtpVerb.Unknown;
        return upper switch
        {
            _ when upper.SequenceEqual("MAIL"u8) => SmtpVerb.Mail,
            _ when upper.SequenceEqual("RCPT"u8) => SmtpVerb.Rcpt,
            _ when upper.SequenceEqual("DATA"u8) => SmtpVerb.Data,
            _ when upper.SequenceEqual("BDAT"u8) => SmtpVerb.Bdat,
            _ when upper.SequenceEqual("EHLO"u8) => SmtpVerb.Ehlo,
            _ when upper.SequenceEqual("HELO"u8) => SmtpVerb.Helo,
            _ when upper.SequenceEqual("RSET"u8) => SmtpVerb.Rset,
            _ when upper.SequenceEqual("NOOP"u8) => SmtpVerb.Noop,
            _ when upper.SequenceEqual("QUIT"u8) => SmtpVerb.Quit,
            _ when upper.SequenceEqual("AUTH"u8) => SmtpVerb.Auth,
            _ when upper.SequenceEqual("STARTTLS"u8) => SmtpVerb.StartTls,
            _ when upper.SequenceEqual("VRFY"u8) => SmtpVerb.Vrfy,
            _ when upper.SequenceEqual("EXPN"u8) => SmtpVerb.Expn,
            _ when upper.SequenceEqual("HELP"u8) => SmtpVerb.Help,
            _ when upper.SequenceEqual("GET"u8) || upper.SequenceEqual("POST"u8) || upper.SequenceEqual("PUT"u8) || upper.SequenceEqual("HEAD"u8) => SmtpVerb.Http,
            _ when upper.SequenceEqual("CONNECT"u8) || upper.SequenceEqual("OPTIONS"u8) || upper.SequenceEqual("DELETE"u8) || upper.SequenceEqual("PATCH"u8) => SmtpVerb.Http,
            _ => SmtpVerb.Unknown,
        };
    }
}
