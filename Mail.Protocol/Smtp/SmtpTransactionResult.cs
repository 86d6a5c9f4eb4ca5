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
    public bool AllAccepted => Recipients.All(r => r.IsAccepted);
}
