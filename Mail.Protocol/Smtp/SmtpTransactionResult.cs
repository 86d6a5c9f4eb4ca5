using Mail.Protocol.Mime;

namespace Mail.Protocol.Smtp;

/// <summary>What became of one recipient.</summary>
/// <param name="Recipient">The recipient, as in the envelope.</param>
/// <param name="Reply">The reply that decided: to RCPT when it was refused there, else to MAIL, DATA or the final dot.
/// <see cref="ReplyClass.Success"/> means that the server has taken the message for this recipient.</param>
/// <param name="Stage">The command that the reply answers.</param>
/// <param name="IsLocal">Whether the reply was made here because the server's capabilities rule the message out; the server was not asked.</param>
public readonly record struct SmtpRecipientResult(EmailAddress Recipient, SmtpReply Reply, SmtpStage Stage, bool IsLocal = false)
{
    /// <summary>Whether the server has taken the message for this recipient.</summary>
    public bool IsAccepted => Reply.Class == ReplyClass.Success;
}

/// <summary>The outcome of one transaction (RFC 5321 §3.3).</summary>
/// <param name="Recipients">One result per recipient of the envelope, in its order.</param>
public sealed record SmtpTransactionResult(IReadOnlyList<SmtpRecipientResult> Recipients)
{
    /// <summary>Whether the server has taken the message for every recipient.</summary>
    public bool AllAccepted
    {
        get
        {
            for (int i = 0; i < Recipients.Count; i++)
                if (!Recipients[i].IsAccepted) return false;
            return true;
        }
    }

    /// <summary>
    /// Whether MAIL was refused for how the client connects or signs in: no word about the message, and the same for each (RFC 4954 §6, RFC 3207 §4.3).
    /// Code 454 at MAIL has other uses; 4.7.0 is this one.
    /// </summary>
    public bool IsAccessRefused => AtMail is { } reply && reply.Code switch
    {
        530 or 534 or 535 or 538 => true,
        454 => reply.Enhanced is null or { Class: 4, Subject: 7, Detail: 0 },
        _ => false,
    };

    /// <summary>Whether the server closed the connection (421) as its answer to MAIL, as one does that has waited for long.</summary>
    internal bool IsClosedAtOnce => AtMail is { Code: 421 };

    /// <summary>The server's reply to MAIL when that decided, else null.</summary>
    private SmtpReply? AtMail
    {
        get
        {
            for (int i = 0; i < Recipients.Count; i++)
                if (!Recipients[i].IsLocal) return Recipients[i].Stage == SmtpStage.Mail ? Recipients[i].Reply : null;
            return null;
        }
    }
}
