using Mail.Protocol.Smtp;

namespace Mail.Core.Relays;

/// <summary>Whose trouble a refusal is: the relay's, so that another one may take the message, or the recipient's or the message's, which every relay would refuse.</summary>
internal static class SmtpBlame
{
    public static ReplyScope ScopeOf(SmtpRecipientResult result)
    {
        SmtpReply reply = result.Reply;
        if (result.IsLocal || reply.Class == ReplyClass.Success) return ReplyScope.Recipient;
        if (AsksForLess(result)) return ReplyScope.Domain;
        if (reply.Code == 421) return ReplyScope.Relay; // it closes its service to us, RFC 5321 §3.8
        bool isRelays = reply.Enhanced is { } enhanced ? BySubject(enhanced, result) : ByCode(result);
        if (isRelays) return reply.Class == ReplyClass.Permanent && result.Stage == SmtpStage.Mail ? ReplyScope.Sender : ReplyScope.Relay;
        return result.Stage is SmtpStage.Rcpt ? ReplyScope.Recipient : ReplyScope.Message;
    }

    /// <summary>
    /// Once recipients are named, 421 and 4.7.x are mostly a domain's way to say "less": the big ones say so, and a relay that is one hop away passes
    /// it on. Whether all domains hear it, so that it is the relay's trouble after all, shows only over many messages (<see cref="RelayHealth"/>).
    /// </summary>
    private static bool AsksForLess(SmtpRecipientResult result)
    {
        SmtpReply reply = result.Reply;
        if (result.Stage is SmtpStage.Mail || reply.Class != ReplyClass.Transient || SaysGreylist(result)) return false;
        return reply.Enhanced is { } enhanced ? enhanced.Subject == 7 : reply.Code == 421;
    }

    // RFC 3463 §3.
    private static bool BySubject(EnhancedStatusCode enhanced, SmtpRecipientResult result) => enhanced.Subject switch
    {
        1 => enhanced.Detail is 7 or 8, // the sender's address, as this relay sees it
        3 or 4 or 5 => true, // its system, its way on, its protocol
        7 when result.Stage == SmtpStage.Mail => true, // its policy for this sender
        7 when result.Reply.Class == ReplyClass.Transient => !SaysGreylist(result), // a greylist asks for the same relay again
        7 => SaysRelaying(result),
        _ => false,
    };

    private static bool ByCode(SmtpRecipientResult result) => result.Reply.Code switch
    {
        450 or 552 => false,
        < 500 => !SaysGreylist(result),
        _ => result.Stage == SmtpStage.Mail || SaysRelaying(result),
    };

    private static bool SaysGreylist(SmtpRecipientResult result) => Says(result, "grey") || Says(result, "gray");

    private static bool SaysRelaying(SmtpRecipientResult result) => Says(result, "relay access denied") || Says(result, "relaying denied") || Says(result, "unable to relay") || Says(result, "not permitted to relay");

    private static bool Says(SmtpRecipientResult result, string words) => result.Reply.Text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
