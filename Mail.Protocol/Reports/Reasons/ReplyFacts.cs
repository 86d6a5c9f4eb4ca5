using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports.Reasons;

/// <summary>What can be read out of a quoted SMTP reply: its code, its enhanced code, and the command to which it was the answer.</summary>
internal readonly record struct ReplyFacts(int? Code, EnhancedStatusCode? Status, SmtpStage? Stage)
{
    private static readonly (SmtpStage Stage, string[] Phrases)[] _stages =
    [
        (SmtpStage.Connect, ["after initial connection", "refused to talk to me", "in reply to initial greeting", "while receiving the initial server greeting"]),
        (SmtpStage.Hello,
        [
            "in reply to helo", "in reply to ehlo", "after helo", "after ehlo", "my name was rejected", "like our helo", "like our ehlo", "response to helo",
            "response to ehlo", "( state 13",
        ]),
        (SmtpStage.Auth, ["in reply to auth", "after auth", "authentication failed server"]),
        (SmtpStage.Mail,
        [
            "in reply to mail from", "after mail from", "smtp : mail host", "following mail command", "sender was rejected", "like our mail from",
            "after mail command", "response to mail", "in response to mail",
        ]),
        (SmtpStage.Rcpt,
        [
            "in reply to rcpt to", "after rcpt to", "smtp : rcpt host", "following rcpt command", "most progress was rcpt", "after rcpt command",
            "not like recipient", "like our rcpt to", "rcpt to generated following response", "response to rcpt", "( state 14", "recipient was rejected by",
        ]),
        (SmtpStage.FinalDot,
        [
            "in reply to end of data", "in reply to data", "after end of data", "smtp : data host", "following data command", "after data",
            "after pipelined end of data", "after sending data", "failed after i sent the message", "like our final data", "like our data",
            "failed on data command", "for text command", "after text command", "response to data", "response to end of data", "smtp command data",
            "( state 15", "( state 17", "( state 18",
        ]),
    ];

    private static readonly PhraseSet _stagePhrases = Build();

    /// <summary>Reads a text.</summary>
    /// <param name="text">A Diagnostic-Code without its type, or a piece of prose.</param>
    /// <param name="isReply">Whether the text is a reply and nothing else: then a bare number at its start is a code too.</param>
    public static ReplyFacts Of(ReadOnlySpan<char> text, bool isReply)
    {
        if (text.Length > ReasonText.MaxLength) text = text[..ReasonText.MaxLength];
        EnhancedStatusCode? status = null;
        int? code = null;
        int rank = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('2' or '4' or '5') || (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or ','))) continue;
            if (TryEnhanced(text[at..], out EnhancedStatusCode found))
            {
                // The first one with a meaning counts; x.0.0 says nothing, and 4.4.7 only that a queue gave up.
                if (status is null || (IsVague(status.Value) && !IsVague(found))) status = found;
                continue;
            }
            int candidate = CodeRank(text, at, isReply);
            if (candidate <= rank) continue;
            rank = candidate;
            code = int.Parse(text.Slice(at, 3), provider: null);
        }
        if (!isReply && code < 300) code = null; // of a transcript's other commands
        if (code is null && status is { Class: 2 }) status = null;
        return new ReplyFacts(code, status, FindStage(text));
    }

    private static bool IsVague(EnhancedStatusCode code) => code is { Subject: 0, Detail: 0 } or { Class: 4, Subject: 4, Detail: 7 } or { Class: 2 };

    private static bool TryEnhanced(ReadOnlySpan<char> text, out EnhancedStatusCode code)
    {
        code = default;
        int length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] == '.')) length++;
        ReadOnlySpan<char> digits = text[..length].TrimEnd('.');
        return (length == text.Length || !char.IsLetter(text[length])) && EnhancedStatusCode.TryParse(digits, out code) && code is { Subject: <= 7 };
    }

    /// <summary>How much three digits look like a reply code: 0 not at all, 4 for sure.</summary>
    private static int CodeRank(ReadOnlySpan<char> text, int at, bool isReply)
    {
        if (at + 3 > text.Length || text[at + 1] is < '0' or > '7' || !char.IsAsciiDigit(text[at + 2])) return 0;
        char after = at + 3 < text.Length ? text[at + 3] : ' ';
        if (char.IsLetterOrDigit(after) || after is '.' or '/' or '@' or '_' or '%') return 0;
        if (at + 4 < text.Length && TryEnhanced(text[(at + 4)..], out EnhancedStatusCode enhanced) && enhanced.Class == text[at] - '0')
            return text[at] == '2' ? 1 : 4;
        if (text[at] == '2') return 0;
        ReadOnlySpan<char> before = text[..at].TrimEnd();
        if (before.EndsWith("error_code :", StringComparison.OrdinalIgnoreCase)) return 3;
        if (after is ',' or ')') return 0;
        if (before.IsEmpty || before.EndsWith("<<<") || before.EndsWith("said:", StringComparison.OrdinalIgnoreCase) || before.EndsWith("response:", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("(reason:", StringComparison.OrdinalIgnoreCase)) return 3;
        bool startsLine = at == 0 || text[at - 1] == '\n' || text[..at].TrimEnd(" \t").EndsWith("\n");
        if (startsLine) return 3;
        if (before[^1] is ':' or '>' or '"' or '(' || after is '-' or ':') return 2;
        return isReply ? 1 : 0;
    }

    private static SmtpStage? FindStage(ReadOnlySpan<char> text)
    {
        if (Transcript(text) is { } quoted) return quoted;
        string words = ReasonText.Of(text).Words;
        UInt128 found = _stagePhrases.Find(words);
        for (int i = 0; i < _stages.Length; i++)
            if ((found >> i & 1) == 1) return _stages[i].Stage;
        if (text.Contains("[RCPT_TO]", StringComparison.Ordinal)) return SmtpStage.Rcpt;
        return text.Contains("[MAIL_FROM]", StringComparison.Ordinal) ? SmtpStage.Mail : null;
    }

    /// <summary>A transcript as Sendmail, Postfix and InterScan print it: the last command before the first refusal.</summary>
    private static SmtpStage? Transcript(ReadOnlySpan<char> text)
    {
        SmtpStage? last = null;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            ReadOnlySpan<char> trimmed = line.Trim();
            if (Side(trimmed, ">>>", "In:", "Sent <<<") is { } command) last = CommandOf(trimmed[command..].TrimStart()) ?? last;
            else if (last is not null && Side(trimmed, "<<<", "Out:", "Received >>>") is { } reply && trimmed[reply..].TrimStart() is ['4' or '5', ..]) return last;
        }
        return last;
    }

    private static int? Side(ReadOnlySpan<char> line, string sendmail, string postfix, string interScan) =>
        line.StartsWith(sendmail) ? sendmail.Length : line.StartsWith(postfix) ? postfix.Length : line.StartsWith(interScan) ? interScan.Length : null;

    private static SmtpStage? CommandOf(ReadOnlySpan<char> command) =>
        Is(command, "RCPT") ? SmtpStage.Rcpt
        : Is(command, "MAIL") ? SmtpStage.Mail
        : Is(command, "DATA") || Is(command, ".") || Is(command, "BDAT") ? SmtpStage.FinalDot
        : Is(command, "EHLO") || Is(command, "HELO") || Is(command, "LHLO") ? SmtpStage.Hello
        : Is(command, "AUTH") ? SmtpStage.Auth
        : Is(command, "STARTTLS") ? SmtpStage.Tls
        : null;

    private static bool Is(ReadOnlySpan<char> command, string verb) => command.StartsWith(verb, StringComparison.OrdinalIgnoreCase);

    private static PhraseSet Build()
    {
        PhraseSet set = new();
        for (int i = 0; i < _stages.Length; i++)
            foreach (string phrase in _stages[i].Phrases) set.Add(phrase, i);
        return set;
    }
}
