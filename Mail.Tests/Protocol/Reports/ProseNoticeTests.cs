using System.Text;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Reports;

/// <summary>Notices without fields for machines, in the forms of the common mail systems; the wording inside them is ours.</summary>
public class ProseNoticeTests
{
    public static TheoryData<string, string, string, BounceReason> Forms => new()
    {
        { "qmail", ReportSample.Notice("Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message.\n\n<jo@example.org>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 nobody of that name: no such user\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <order.17@example.com>\nTo: other@example.org"), "jo@example.org", BounceReason.UserUnknown },
        { "qmail, queue", ReportSample.Notice("Hi. This is the qmail-send program at mx.example.net.\n\n<jo@example.org>:\nI have tried for days.\nI'm not going to try again; this message has been in the queue too long.\n"), "jo@example.org", BounceReason.Expired },
        { "Exim", ReportSample.Notice("A message that you sent could not be delivered to all of its recipients.\n\n  jo@example.org\n    host in.example.org [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<jo@example.org>:\n    550 5.7.1 relaying denied\n", headers: "Return-Path: <>\nX-Failed-Recipients: jo@example.org\nAuto-Submitted: auto-replied"), "jo@example.org", BounceReason.NoRelaying },
        { "Exim, first contact", ReportSample.Notice("The following address failed:\n\n  jo@example.org\n    SMTP error from remote mail server after initial connection:\n    host in.example.org [192.0.2.1]: 554 not today\n", headers: "X-Failed-Recipients: jo@example.org"), "jo@example.org", BounceReason.Blocked },
        { "Postfix, without fields", ReportSample.Notice("This is the mail system at host mx.example.net.\n\n<jo@example.org>: host in.example.org[192.0.2.1] said: 552 5.2.2 the mailbox\n    is over its quota (in reply to RCPT TO command)\n", subject: "Undelivered Mail Returned to Sender"), "jo@example.org", BounceReason.MailboxFull },
        { "Sendmail", ReportSample.Notice("   ----- The following addresses had permanent fatal errors -----\n<jo@example.org>\n\n   ----- Transcript of session follows -----\n... while talking to in.example.org.:\n>>> RCPT To:<jo@example.org>\n<<< 553 5.3.0 <jo@example.org>... Addressee unknown\n550 5.1.1 <jo@example.org>... User unknown\n", subject: "Returned mail: see transcript"), "jo@example.org", BounceReason.UserUnknown },
        { "Exchange 5.5", ReportSample.Notice("Your message\n\n  To:      Jo\n  Subject: Your order\n\ndid not reach the following recipient(s):\n\njo@example.org on Fri, 20 Nov 2026 10:00:00 +0000\n    The recipient name is not recognized\n    MSEXCH:IMS:Site:SERVER 0 (000C05A6) Unknown Recipient\n", from: "System Administrator <postmaster@example.org>", subject: "Undeliverable: Your order"), "jo@example.org", BounceReason.UserUnknown },
        { "Microsoft 365, words only", ReportSample.Notice("Your message to jo@example.org couldn't be delivered.\n\njo wasn't found at example.org.\n\nRemote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'\n", from: "postmaster@example.org", subject: "Undeliverable: Your order"), "jo@example.org", BounceReason.UserUnknown },
        { "Google", ReportSample.Notice("Delivery to the following recipient failed permanently:\n\n     jo@example.org\n\nTechnical details of permanent failure:\nThe error that the other server returned was:\n550 5.2.1 <jo@example.org>: this account is disabled\n\n----- Original message -----\n\nMessage-ID: <order.17@example.com>", from: "Mail Delivery Subsystem <mailer-daemon@googlemail.com>", subject: "Delivery Status Notification (Failure)"), "jo@example.org", BounceReason.Suspend },
        { "Yahoo", ReportSample.Notice("Sorry, we were unable to deliver your message to the following address.\n\n<jo@example.org>:\nRemote host said: 550 5.7.1 looks like spam to us [RCPT_TO]\n\n--- Below this line is a copy of the message.\n"), "jo@example.org", BounceReason.SpamDetected },
        { "AOL", ReportSample.Notice("Your mail to the following recipients could not be delivered because they are not accepting mail from shop@example.com:\n\tjosephine\n", from: "Mail Delivery Subsystem <MAILER-DAEMON@aol.example>", subject: "Mail Delivery Problem"), "josephine@aol.example", BounceReason.Filtered },
        { "GMX and web.de", ReportSample.Notice("A message that you sent could not be delivered to one or more of its recipients. The following address failed:\n\n\"jo@example.org\":\nSMTP error from remote server after RCPT command:\nhost: in.example.org\n5.2.2 this box is full: mailbox full\n\n--- The header of the original message is following. ---\n"), "jo@example.org", BounceReason.MailboxFull },
        { "Zoho", ReportSample.Notice("A message that you sent could not be delivered.\n\njo@example.org Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 No such user here\n", from: "mailer-daemon@mail.zoho.example"), "jo@example.org", BounceReason.UserUnknown },
        { "Lotus Domino", ReportSample.Notice("Your message\n\n  Subject: Your order\n\nwas not delivered to:\n\n  jo@example.org\n\nbecause:\n\n  User jo (jo@example.org) not listed in Domino Directory\n", from: "Postmaster@example.org", subject: "DELIVERY FAILURE"), "jo@example.org", BounceReason.UserUnknown },
        { "GroupWise", ReportSample.Notice("The message that you sent was undeliverable to the following:\n\tjo@example.org (user not found)\n", from: "Mailer-Daemon@example.org", subject: "Message status - undeliverable"), "jo@example.org", BounceReason.UserUnknown },
        { "MailEnable", ReportSample.Notice("MailEnable: Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:jo@example.org]\n\tReason: Remote SMTP Server Returned: 550 unknown user\n", from: "postmaster@example.net", subject: "Message Delivery Failure"), "jo@example.org", BounceReason.Filtered },
        { "mail.ru", ReportSample.Notice("Это письмо создано автоматически.\nВаше письмо не может быть доставлено:\n\n  jo@example.org\n    SMTP error from remote mail server after RCPT TO:<jo@example.org>:\n    host in.example.org [192.0.2.1]: 550 5.1.1 нет такого пользователя\n", from: "mailer-daemon@corp.mail.example", subject: "Mail failure", headers: "X-Failed-Recipients: jo@example.org"), "jo@example.org", BounceReason.UserUnknown },
        { "Yandex", ReportSample.Notice("This is the mail system at host forward.example.\n\n<jo@example.org>: host in.example.org[192.0.2.1] said: 550 5.7.1 policy: we do not accept\n    messages containing images or other attachments (in reply to end of DATA command)\n"), "jo@example.org", BounceReason.PolicyViolation },
        { "Apache James", ReportSample.Notice("Hi. This is the James mail server at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\njo@example.org\n\nError message below:\n550 - the quota is exceeded, sorry\n", from: "postmaster@mx.example.net", subject: "Re: Your order"), "jo@example.org", BounceReason.MailboxFull },
        { "Courier", ReportSample.Notice("UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<jo@example.org>:\n   in.example.org [192.0.2.1]:\n>>> RCPT TO:<jo@example.org>\n<<< 550 5.1.1 unknown user\n"), "jo@example.org", BounceReason.UserUnknown },
        { "MXLogic", ReportSample.Notice("This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered.\n\n  jo@example.org\n    SMTP error from remote mailer after RCPT TO:\n    host in.example.org [192.0.2.1]:\n    550 5.1.1 no mailbox by that name\n"), "jo@example.org", BounceReason.UserUnknown },
        { "OpenSMTPD", ReportSample.Notice("    Hi!\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\njo@example.org: 550 5.1.1 nobody here: user unknown\n\n    Below is a copy of the original message:\n"), "jo@example.org", BounceReason.UserUnknown },
        { "DragonFly", ReportSample.Notice("There was an error delivering your mail to <jo@example.org>.\n\nin.example.org [192.0.2.1] did not like our final DATA:\n554 5.7.26 refused by DMARC\n\nMessage headers follow.\n"), "jo@example.org", BounceReason.AuthFailure },
        { "MailMarshal", ReportSample.Notice("Your message:\n   From:    shop@example.com\n   Subject: Your order\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n   jo@example.org\n", from: "postmaster@example.org", subject: "Undeliverable Mail"), "jo@example.org", BounceReason.UserUnknown },
        { "IMail", ReportSample.Notice("Unknown user: jo@example.org\n\nRCPT TO generated following response:\n553 5.3.0 addressee unknown\n\nOriginal message follows.\n", from: "\"Postmaster\" <postmaster@mx.example.net>", subject: "Undeliverable Mail"), "jo@example.org", BounceReason.UserUnknown },
        { "InterScan", ReportSample.Notice("****** Message from InterScan ******\n\nSent <<< RCPT TO:<jo@example.org>\nReceived >>> 550 5.1.1 unknown user\nUnable to deliver message to <jo@example.org>\n", from: "postmaster@example.net", subject: "Mail could not be delivered"), "jo@example.org", BounceReason.UserUnknown },
        { "Sun Messaging Server, iCloud", ReportSample.Notice("This report relates to a message you sent with the following header fields:\n\n  Message-id: <order.17@example.com>\n  From: shop@example.com\n\nYour message cannot be delivered to the following recipients:\n\n  Recipient address: jo@example.org\n  Reason: Remote SMTP server has rejected address\n  Diagnostic code: smtp;550 5.1.6 recipient no longer on server\n", from: "postmaster@me.example", subject: "Delivery Notification: Delivery has failed"), "jo@example.org", BounceReason.HasMoved },
        { "au by KDDI", ReportSample.Notice("次のあて先へのメッセージはエラーのため送信できませんでした。\n\nEach of the following recipients was rejected by a remote\nmail server.\n\n    Recipient: <jo@ezweb.example>\n    >>> RCPT TO:<jo@ezweb.example>\n    <<< 550 <jo@ezweb.example>: User unknown\n", from: "Postmaster@ezweb.example", subject: "Mail System Error - Returned Mail"), "jo@ezweb.example", BounceReason.UserUnknown },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_notice_names_recipient_and_reason(string form, string message, string recipient, BounceReason reason)
    {
        MailReport report = ReportSample.Read(message);

        Assert.Equal(ReportKind.Delivery, report.Kind);
        BounceReport bounce = Assert.Single(report.Bounces);
        Assert.True((bounce.Recipient, bounce.Reason) == (recipient, reason), $"{form}: {bounce}");
    }

    [Fact]
    public void Every_recipient_of_a_notice_has_its_own_reason()
    {
        MailReport report = ReportSample.Read(ReportSample.Notice("""
            I'm afraid I wasn't able to deliver your message to the following addresses.

            <one@example.org>:
            192.0.2.1 does not like recipient.
            Remote host said: 550 no such user

            <two@example.org>:
            192.0.2.1 does not like recipient.
            Remote host said: 552 mailbox full

            --- Below this line is a copy of the message.

            Message-ID: <order.17@example.com>
            To: three@example.org
            """));

        Assert.Equal([("one@example.org", BounceReason.UserUnknown), ("two@example.org", BounceReason.MailboxFull)], report.Bounces.Select(bounce => (bounce.Recipient, bounce.Reason)));
        Assert.Equal("order.17@example.com", report.OriginalMessageId);
    }

    [Fact]
    public void A_notice_in_ISO_2022_JP_is_read()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        string message = ReportSample.Notice("以下のメールアドレスへの送信に失敗しました。\n\njo@docomo.example\n\n-------server message\n550 5.1.1 unknown user\n", from: "postmaster@docomo.example").Replace("charset=utf-8", "charset=iso-2022-jp", StringComparison.Ordinal);

        BounceReport bounce = Assert.Single(ReportSample.Read(message, Encoding.GetEncoding("iso-2022-jp")).Bounces);

        Assert.Equal(("jo@docomo.example", BounceReason.UserUnknown), (bounce.Recipient, bounce.Reason));
    }

    [Fact]
    public void A_notice_in_HTML_is_read()
    {
        string message = ReportSample.Notice("<html><body><p>I'm afraid I wasn't able to deliver your message.<br><br>jo@example.org<br>No such user<br></p></body></html>").Replace("text/plain", "text/html", StringComparison.Ordinal);

        Assert.Equal(("jo@example.org", BounceReason.UserUnknown), Assert.Single(ReportSample.Read(message).Bounces.Select(bounce => (bounce.Recipient, bounce.Reason))));
    }

    [Fact]
    public void The_address_that_was_used_stands_before_the_one_behind_it()
    {
        BounceReport bounce = Assert.Single(ReportSample.Read(ReportSample.Notice("<inner@example.org> (expanded from <jo@example.org>): unknown user", subject: "Undelivered Mail")).Bounces);

        Assert.Equal(("jo@example.org", "inner@example.org"), (bounce.Recipient, bounce.FinalRecipient));
    }

    [Fact]
    public void A_delay_is_told_and_is_no_bounce()
    {
        MailReport report = ReportSample.Read(ReportSample.Notice("Your message has not yet been delivered to:\n\n  jo@example.org\n    host in.example.org: Connection timed out\n\nDelivery attempts will continue.", subject: "Warning: message delayed 24 hours"));

        Assert.Empty(report.Bounces);
        Assert.Equal((BounceAction.Delayed, BounceReason.Expired), Assert.Single(report.Recipients.Select(recipient => (recipient.Action, recipient.Reason))));
        Assert.False(report.Recipients[0].IsPermanent || report.Recipients[0].IsHard);
    }

    [Theory]
    [InlineData("(in reply to MAIL FROM command)", SmtpStage.Mail)]
    [InlineData("(in reply to RCPT TO command)", SmtpStage.Rcpt)]
    [InlineData("(in reply to end of DATA command)", SmtpStage.FinalDot)]
    [InlineData("(in reply to EHLO command)", SmtpStage.Hello)]
    public void The_command_that_was_refused_is_found(string words, SmtpStage stage) =>
        Assert.Equal(stage, Assert.Single(ReportSample.Read(ReportSample.Notice($"<jo@example.org>: host x said: 550 no {words}")).Bounces).Stage);
}
