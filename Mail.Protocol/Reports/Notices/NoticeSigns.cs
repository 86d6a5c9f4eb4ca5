using System.Buffers;
using System.Collections.Frozen;
using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports.Reasons;

namespace Mail.Protocol.Reports.Notices;

/// <summary>By what a notice of a mail system is told from mail of people and from automatic answers.</summary>
internal static class NoticeSigns
{
    private const int Failure = 0;
    private const int Delay = 1;
    private const int Title = 2;
    private const int Challenge = 3;
    private const int Relayed = 4;

    private static readonly string[] _failures =
    [
        "could not be delivered", "couldnt be delivered", "cannot be delivered", "can not be delivered", "not be delivered", "was not delivered",
        "wasnt delivered", "were not delivered", "has not been delivered", "not delivered to", "could not be sent", "couldnt be sent", "unable to deliver",
        "wasnt able to deliver", "was not able to deliver", "could not deliver", "couldnt deliver", "cannot deliver", "failed to deliver",
        "delivery*failed", "delivery failure", "delivery error", "delivery problem", "delivery has failed", "deliver*failed permanently", "failed permanently",
        "did not reach the following", "did not reach", "permanent fatal errors", "had delivery problems", "had delivery errors", "undeliverable",
        "undelivered", "encountered delivery problem", "encountered a delivery problem", "returned mail", "mail system error",
        "transcript of session", "transcript of the session", "error*while*deliver", "error delivering", "trouble delivering",
        "you are not a member of this mailing list", "duplicated message id", "returned permanent errors",
        "errors occurred", "an error occurred", "error occurred while", "permanent error", "fatal error", "message was rejected", "mail was rejected",
        "was rejected by", "were rejected by", "was automatically rejected", "non delivery", "nondelivery", "non delivered", "invalid final delivery",
        "unknown user :", "failed addresses",
        "following address failed", "following addresses failed", "recipients failed", "recipients were affected", "address failed",
        "technical details of permanent failure", "reason for failure", "failure reasons", "failure notice", "message could not be", "mail could not be",
        "email could not be", "returned to sender", "returning message to sender", "returning to sender", "has been returned", "unzustellbar",
        "nicht zugestellt", "konnte nicht", "non remis", "na pas pu etre", "pas pu être",
        "impossible de remettre", "no se pudo entregar", "no se ha podido entregar", "não foi possível entregar", "non è stato possibile recapitare",
        "nie można dostarczyć", "не доставлено", "не может быть доставлено", "送信できませんでした", "送信に失敗", "配信できませんでした", "投递失败", "退信", "system detected*error",
        "error message below",
    ];

    private static readonly string[] _delays =
    [
        "has not yet been delivered", "not yet been delivered", "not yet delivered", "has been delayed", "is delayed for", "message delayed", "being delayed",
        "delivery*delayed", "still being retried", "will be retried", "will continue to be", "continue to attempt", "delivery attempts will continue",
        "will keep trying", "will be tried again", "warning only", "delays in delivering", "just a warning", "this is a warning",
        "only a temporary failure report", "do not need to resend", "dont need to resend",
        "could not send message for past", "could not send mail for past", "message still undelivered", "delayed mail",
    ];

    private static readonly string[] _titles =
    [
        "failure notice", "delivery failure", "delivery failed", "failed delivery", "failure delivery", "delivery status notification",
        "delivery notification", "delivery status", "delivery report", "delivery problem", "delivery error", "delivery has failed", "delivery unsuccessful",
        "undeliverable", "undelivered", "undeliver", "returned mail", "mail failure", "mail failed", "mail delivery", "mail system error", "mail error",
        "message delivery", "email delivery", "non delivery", "nondeliverable", "nondelivery",
        "could not be delivered", "could not send", "not delivered", "returned to sender", "returning to sender", "user unknown", "unknown user",
        "unzustellbar", "nicht zustellbar", "non remis", "échec de la remise", "echec", "no entregado", "não entregue", "mancato recapito", "не доставлено",
        "delayed mail", "warning : message", "warning could not send", "postmaster notify", "not member article", "fml system error", "errors from",
        "error sending", "failure", "bounce", "エラー", "配信不能",
        "退信", "投递失败",
    ];

    private static readonly string[] _challenges =
    [
        "not pre approved", "preapproved", "confirm that you are", "confirm you are a", "click*link*deliver", "click*below*deliver", "click*to verify",
        "verify that you are", "verify you are", "prove*human", "spam arrest", "spamarrest", "challenge response", "challenge/response",
        "to have your message delivered", "complete the verification", "approve*sender", "reply to this message to confirm", "waitlist", "waiting list",
        "guest list", "tmda", "one time verification", "sender verification required",
        "your message has been held", "message is being held", "message is awaiting", "awaiting verification", "please confirm*message",
        "requires that you confirm", "requires verification",
    ];

    private static readonly string[] _relayed =
    [
        "successfully relayed", "successfully delivered", "has been delivered", "was delivered to", "was successfully", "successful mail delivery",
        "relayed to", "delivery*successful",
    ];

    // Local parts without their hyphens, dots and underscores.
    private static readonly FrozenSet<string> _daemons = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "mailerdaemon", "postmaster", "maildaemon", "mdaemon", "maildelivery", "doublebounce", "bounce", "bounces", "mailsystem", "maildeliverysubsystem",
        "maildeliverysystem", "daemon", "autopostmaster", "systemadministrator");

    // Before the colon of a subject.
    private static readonly FrozenSet<string> _answers = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "re", "aw", "antw", "sv", "vs", "odp");

    private static readonly SearchValues<string> _daemonNames =
        SearchValues.Create(["mailer-daemon", "mailer daemon", "mail deliver", "mail system", "postmaster", "system administrator"], StringComparison.OrdinalIgnoreCase);

    private static readonly PhraseSet _phrases = Build();

    /// <summary>What the prose says.</summary>
    public static NoticeWords Read(Notice notice)
    {
        UInt128 subject = _phrases.Find(ReasonText.Of(notice.Subject).Words);
        UInt128 text = _phrases.Find(ReasonText.Of(notice.Text).Words);
        return new NoticeWords(
            Has(text, Failure) || Has(subject, Failure),
            Has(text, Delay) || Has(subject, Delay),
            Has(subject, Title),
            Has(text, Challenge) || Has(subject, Challenge),
            Has(text, Relayed) || Has(subject, Relayed));
    }

    /// <summary>Whether a mail system wrote the message, by its From field.</summary>
    public static bool IsFromDaemon(ParsedMessage message)
    {
        ReadOnlySpan<char> raw = (message.Headers["From"]?.UnfoldedValue ?? "").AsSpan().Trim();
        if (raw.IsEmpty || raw.EndsWith("<>")) return true;
        foreach (ParsedMailbox from in message.From)
        {
            int at = from.Address.LastIndexOf('@');
            string local = string.Concat((at >= 0 ? from.Address[..at] : from.Address).Where(char.IsLetterOrDigit));
            if (local.Length == 0 || _daemons.Contains(local)) return true;
            if (local.StartsWith("mailerdaemon", StringComparison.OrdinalIgnoreCase) || local.StartsWith("microsoftexchange", StringComparison.OrdinalIgnoreCase)) return true;
            if ((from.DisplayName ?? "").AsSpan().IndexOfAny(_daemonNames) >= 0) return true;
        }
        return false;
    }

    /// <summary>Whether the message says that somebody wrote it: its subject is an answer's, or its envelope sender is its author, where a report has none
    /// (RFC 3464 §2, RFC 5321 §4.5.5). A notice forwarded without such a sign still counts: gateways do that.</summary>
    public static bool IsOfAPerson(ParsedMessage message)
    {
        ReadOnlySpan<char> subject = message.Subject;
        int colon = subject.IndexOf(':');
        if (colon > 0 && _answers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(subject[..colon].Trim())) return true;
        string path = message.Headers["Return-Path"]?.UnfoldedValue.Trim().Trim('<', '>') ?? "";
        foreach (ParsedMailbox from in message.From)
            if (path.Length > 0 && from.Address.Equals(path, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Whether the envelope sender is empty, as far as the server that received the message wrote it down.</summary>
    public static bool HasNullReturnPath(ParsedMessage message)
    {
        string? path = message.Headers["Return-Path"]?.UnfoldedValue.Trim();
        return path is "<>" or "" || (path is not null && path.Contains("mailer-daemon", StringComparison.OrdinalIgnoreCase));
    }

    private static bool Has(UInt128 found, int tag) => (found >> tag & 1) == 1;

    private static PhraseSet Build()
    {
        PhraseSet set = new();
        Add(_failures, Failure);
        Add(_delays, Delay);
        Add(_titles, Title);
        Add(_challenges, Challenge);
        Add(_relayed, Relayed);
        return set;

        void Add(string[] phrases, int tag)
        {
            foreach (string phrase in phrases) set.Add(phrase, tag);
        }
    }
}

/// <summary>What the prose of a notice says.</summary>
/// <param name="SaysFailure">That something was not delivered.</param>
/// <param name="SaysDelay">That it was not delivered yet.</param>
/// <param name="HasTitle">Whether the subject is one of a notice.</param>
/// <param name="AsksForProof">That the sender shall do something first.</param>
/// <param name="SaysSuccess">That something was delivered.</param>
internal readonly record struct NoticeWords(bool SaysFailure, bool SaysDelay, bool HasTitle, bool AsksForProof, bool SaysSuccess);
