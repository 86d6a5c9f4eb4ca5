namespace Mail.Protocol.Reports.Reasons;

/// <summary>Help pages that servers name in their replies: the part of the address that tells what the page is about.</summary>
internal static class ReasonLinks
{
    private static readonly (string Mark, BounceReason Reason)[] _marks =
    [
        ("p=rfcmessagenoncompliant", BounceReason.NotCompliantRfc), ("p=nosuchuser", BounceReason.UserUnknown), ("p=disableduser", BounceReason.Suspend),
        ("p=inactiveuser", BounceReason.Suspend), ("p=overquota", BounceReason.MailboxFull), ("p=receivingrate", BounceReason.Speeding),
        ("p=dmarcrejection", BounceReason.AuthFailure), ("p=unauthenticated", BounceReason.AuthFailure), ("p=ipv6autherror", BounceReason.RequirePtr),
        ("p=blockedmessage", BounceReason.PolicyViolation), ("p=unsolicited", BounceReason.SpamDetected), ("openspf.", BounceReason.AuthFailure),
        ("spf.pobox.com", BounceReason.AuthFailure), ("/dmarc", BounceReason.AuthFailure), ("help_spam", BounceReason.SpamDetected),
        ("spamhaus.org/help", BounceReason.SpamDetected), ("spamhaus.", BounceReason.Blocked), ("spamcop.net", BounceReason.Blocked),
        ("barracudacentral.org", BounceReason.Blocked), ("abuseat.org", BounceReason.Blocked), ("sorbs.net", BounceReason.Blocked),
        ("uceprotect.", BounceReason.Blocked), ("csi.cloudmark.com", BounceReason.Blocked), ("proofpoint.com/dnsbl", BounceReason.Blocked),
        ("proofpoint.com/ipcheck", BounceReason.Blocked), ("mxtoolbox.com/blacklist", BounceReason.Blocked), ("groups.google.com/support", BounceReason.Rejected),
    ];

    /// <summary>Looks through the web addresses of a text, in lower case.</summary>
    public static BounceReason? Find(string links)
    {
        if (links.Length <= 1) return null;
        foreach ((string mark, BounceReason reason) in _marks)
            if (links.Contains(mark, StringComparison.Ordinal)) return reason;
        return null;
    }
}
