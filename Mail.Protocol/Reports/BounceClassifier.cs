using Mail.Protocol.Reports.Reasons;
using Mail.Protocol.Smtp;

namespace Mail.Protocol.Reports;

/// <summary>Finds the reason of a refusal that was seen at first hand, in an SMTP conversation, by the same rules as <see cref="ReportReader"/>.</summary>
public static class BounceClassifier
{
    /// <summary>Names the reason of a reply.</summary>
    /// <param name="reply">The server's answer; one that is not 4yz or 5yz is no failure and gives <see cref="BounceReason.Delivered"/>.</param>
    /// <param name="stage">The command that it answers: "user unknown" after MAIL FROM is about the sender.</param>
    public static BounceReason Classify(SmtpReply reply, SmtpStage stage)
    {
        if (reply.Class is not (ReplyClass.Transient or ReplyClass.Permanent)) return BounceReason.Delivered;
        return ReasonClassifier.Decide(new Evidence
        {
            Text = reply.ToString(),
            Status = reply.Enhanced ?? ReplyFacts.Of(reply.Text, isReply: true).Status,
            Code = reply.Code,
            Stage = stage,
            HasFields = true,
        }).Reason;
    }
}
