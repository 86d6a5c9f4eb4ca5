using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Reports;

public class BounceReasonTests
{
    [Theory]
    [InlineData("550 5.7.26 Mail from shop.example fails DMARC, policy is reject", SmtpStage.FinalDot, BounceReason.AuthFailure)]
    [InlineData("550 The SPF check did not pass for 192.0.2.7", SmtpStage.Mail, BounceReason.AuthFailure)]
    [InlineData("421 4.7.0 Deferred: the sending host has a poor reputation", SmtpStage.Mail, BounceReason.BadReputation)]
    [InlineData("554 5.7.1 Service unavailable; client [192.0.2.7] blocked using bl.example", SmtpStage.Rcpt, BounceReason.Blocked)]
    [InlineData("554 No SMTP service for you", SmtpStage.Connect, BounceReason.Blocked)]
    [InlineData("554 5.6.0 There is a duplicate header in your mail", SmtpStage.FinalDot, BounceReason.ContentError)]
    [InlineData("552 5.2.3 Message larger than this mailbox takes", SmtpStage.FinalDot, BounceReason.ExceedLimit)]
    [InlineData("450 4.4.1 No answer from host", SmtpStage.Rcpt, BounceReason.Expired)]
    [InlineData("550 5.7.1 Rejected by the recipient's allow list", SmtpStage.FinalDot, BounceReason.Filtered)]
    [InlineData("550 5.0.0 No such user", SmtpStage.FinalDot, BounceReason.Filtered)]
    [InlineData("551 5.1.6 Our colleague has moved to another company", SmtpStage.Rcpt, BounceReason.HasMoved)]
    [InlineData("550 5.1.2 Unknown host nowhere.example", SmtpStage.Rcpt, BounceReason.HostUnknown)]
    [InlineData("552 5.2.2 The mailbox of this user is full", SmtpStage.Rcpt, BounceReason.MailboxFull)]
    [InlineData("450 Over quota, come back later", SmtpStage.Rcpt, BounceReason.MailboxFull)]
    [InlineData("554 5.3.0 procmail ended with an error", SmtpStage.FinalDot, BounceReason.MailerError)]
    [InlineData("552 5.3.4 Message size exceeds fixed limit of 10485760", SmtpStage.Mail, BounceReason.MessageTooBig)]
    [InlineData("554 5.4.6 Too many hops", SmtpStage.FinalDot, BounceReason.NetworkError)]
    [InlineData("554 5.7.1 <a@example.org>: Relay access denied", SmtpStage.Rcpt, BounceReason.NoRelaying)]
    [InlineData("556 5.1.10 The domain has a null MX", SmtpStage.Rcpt, BounceReason.NotAccept)]
    [InlineData("550 5.7.1 Your message is not RFC 5322 compliant: two Date fields", SmtpStage.FinalDot, BounceReason.NotCompliantRfc)]
    [InlineData("550 Guru meditation 17", SmtpStage.FinalDot, BounceReason.OnHold)]
    [InlineData("554 5.7.0 Attachments of this kind are blocked: illegal attachment", SmtpStage.FinalDot, BounceReason.PolicyViolation)]
    [InlineData("550 5.1.8 Sender domain does not resolve", SmtpStage.Mail, BounceReason.Rejected)]
    [InlineData("550 User unknown", SmtpStage.Mail, BounceReason.Rejected)]
    [InlineData("550 5.7.25 Your host has no PTR record", SmtpStage.Connect, BounceReason.RequirePtr)]
    [InlineData("530 5.7.0 Authentication required", SmtpStage.Mail, BounceReason.SecurityError)]
    [InlineData("554 5.7.1 We think that this message is spam", SmtpStage.FinalDot, BounceReason.SpamDetected)]
    [InlineData("450 4.2.1 The user is receiving mail too quickly", SmtpStage.Rcpt, BounceReason.Speeding)]
    [InlineData("550 5.2.1 This account has been suspended", SmtpStage.Rcpt, BounceReason.Suspend)]
    [InlineData("501 5.5.2 Syntax error in parameters", SmtpStage.Rcpt, BounceReason.SyntaxError)]
    [InlineData("451 4.3.0 Internal error, we are looking into it", SmtpStage.FinalDot, BounceReason.SystemError)]
    [InlineData("452 4.3.1 Insufficient system storage", SmtpStage.Mail, BounceReason.SystemFull)]
    [InlineData("421 4.7.0 Too many connections from your host", SmtpStage.Connect, BounceReason.TooManyConnections)]
    [InlineData("550 5.1.1 No such user here", SmtpStage.Rcpt, BounceReason.UserUnknown)]
    [InlineData("550 Requested action not taken: mailbox unavailable", SmtpStage.Rcpt, BounceReason.UserUnknown)]
    [InlineData("550 L'utilisateur n'existe pas : utilisateur inconnu", SmtpStage.Rcpt, BounceReason.UserUnknown)]
    [InlineData("554 5.7.1 A virus was found in your mail", SmtpStage.FinalDot, BounceReason.VirusDetected)]
    [InlineData("250 2.0.0 Ok: queued", SmtpStage.FinalDot, BounceReason.Delivered)]
    public void A_reply_tells_the_reason(string reply, SmtpStage stage, BounceReason expected)
    {
        BounceReason reason = BounceClassifier.Classify(new SmtpReply(int.Parse(reply[..3], null), reply[4..]), stage);

        Assert.Equal(expected, reason);
    }

    [Theory]
    [InlineData("5.1.1 Unknown user: mailbox-full@example.org", BounceReason.UserUnknown)]
    [InlineData("5.1.1 Unknown user, see https://example.org/why/spam-suspended-quota-exceeded", BounceReason.UserUnknown)]
    public void Words_in_addresses_and_links_do_not_decide(string text, BounceReason expected) =>
        Assert.Equal(expected, BounceClassifier.Classify(new SmtpReply(550, text), SmtpStage.Rcpt));

    [Fact]
    public void A_phrase_is_found_across_the_lines_of_a_reply() =>
        Assert.Equal(BounceReason.Speeding, BounceClassifier.Classify(new SmtpReply(550, "5.2.1 The user is receiving mail at a\n550-5.2.1 rate that we cannot take"), SmtpStage.Rcpt));

    [Theory]
    [InlineData("550 5.5.0 Adresse refusee. Rejected. LPN007_416", BounceReason.UserUnknown)]
    [InlineData("421 ME Service refuse. OFR_999 [999]", BounceReason.Blocked)]
    [InlineData("550 5.1.0 rejected AUP#CDRBL", BounceReason.Blocked)]
    [InlineData("550 5.2.0 refused IB508 <http://x.example>", BounceReason.AuthFailure)]
    [InlineData("550 5.1.1 RCP-P2 http://postmaster.example/x", BounceReason.Filtered)]
    [InlineData("554 5.7.1 AUP#I-1130 see the help page", BounceReason.RequirePtr)]
    public void Codes_of_large_providers_are_known(string reply, BounceReason expected) =>
        Assert.Equal(expected, BounceClassifier.Classify(new SmtpReply(int.Parse(reply[..3], null), reply[4..]), SmtpStage.Rcpt));

    [Fact]
    public void There_are_34_reasons_with_stable_names()
    {
        Assert.Equal(34, BounceReasons.All.Count());
        Assert.Equal("userunknown", BounceReason.UserUnknown.WireName());
        Assert.Equal("mesgtoobig", BounceReason.MessageTooBig.WireName());
        Assert.Equal("toomanyconn", BounceReason.TooManyConnections.WireName());
        Assert.Equal("notcompliantrfc", BounceReason.NotCompliantRfc.WireName());
        foreach (BounceReason reason in BounceReasons.All)
        {
            Assert.True(BounceReasons.TryParse(reason.WireName().ToUpperInvariant(), out BounceReason parsed));
            Assert.Equal(reason, parsed);
        }
        Assert.False(BounceReasons.TryParse("lost", out _));
        Assert.False(BounceReasons.TryParse(null, out _));
    }

    [Fact]
    public void Only_a_dead_address_is_hard()
    {
        BounceReason[] hard = [.. BounceReasons.All.Where(reason => reason.IsHard(ReplyClass.Permanent))];

        Assert.Equal([BounceReason.HasMoved, BounceReason.HostUnknown, BounceReason.NotAccept, BounceReason.UserUnknown], hard);
        Assert.False(BounceReason.NotAccept.IsHard(ReplyClass.Transient));
        Assert.True(BounceReason.UserUnknown.IsHard(ReplyClass.Transient));
    }

    [Fact]
    public void Every_reason_is_explained_in_the_guide()
    {
        string guide = File.ReadAllText(Support.Repository.Path("docs", "guides", "bounce-reasons.md"));

        Assert.All(BounceReasons.All, reason => Assert.Contains($"| `{reason.WireName()}` |", guide, StringComparison.Ordinal));
    }
}
