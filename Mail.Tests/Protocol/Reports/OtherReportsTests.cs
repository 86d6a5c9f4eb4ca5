using Mail.Protocol.Reports;

namespace Mail.Tests.Protocol.Reports;

/// <summary>What comes back and is no bounce: receipts, complaints, failure reports, automatic answers; and mail of people.</summary>
public class OtherReportsTests
{
    [Theory]
    [InlineData("manual-action/MDN-sent-manually; displayed", "displayed", true)]
    [InlineData("automatic-action/MDN-sent-automatically; deleted/error", "deleted", false)]
    [InlineData("displayed", "displayed", false)]
    public void A_receipt_is_a_disposition_and_no_bounce(string disposition, string expected, bool manually)
    {
        MailReport report = ReportSample.Read($"""
            From: jo@example.org
            To: shop@example.com
            Subject: Not read: Your order
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

            --b
            Content-Type: text/plain

            Your message could not be delivered to my attention.
            --b
            Content-Type: message/disposition-notification

            Reporting-UA: phone; mail 1.0
            Final-Recipient: rfc822;jo@example.org
            Original-Message-ID: <order.17@example.com>
            Disposition: {disposition}

            --b--
            """);

        Assert.Equal((ReportKind.Disposition, expected, manually), (report.Kind, report.Disposition!.Disposition, report.Disposition.IsSentManually));
        Assert.Equal(("jo@example.org", "order.17@example.com"), (report.Disposition.Recipient, report.OriginalMessageId));
        Assert.Equal(expected == "displayed", report.Disposition.IsDisplayed);
        Assert.Empty(report.Bounces);
    }

    private static string Feedback(string fields) => $"""
        From: fbl@provider.example
        To: abuse@example.com
        Subject: Complaint
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b"

        --b
        Content-Type: text/plain

        This is an e-mail abuse report.
        --b
        Content-Type: message/feedback-report

        {fields}
        --b
        Content-Type: message/rfc822

        From: shop@example.com
        To: jo@example.org
        Message-ID: <order.17@example.com>

        Hello
        --b--
        """;

    [Theory]
    [InlineData("abuse", FeedbackType.Abuse, true)]
    [InlineData("fraud", FeedbackType.Fraud, true)]
    [InlineData("opt-out", FeedbackType.OptOut, true)]
    [InlineData("other", FeedbackType.Other, true)]
    [InlineData("not-spam", FeedbackType.NotSpam, false)]
    [InlineData("auth-failure", FeedbackType.AuthFailure, false)]
    public void A_complaint_is_told_from_other_feedback(string type, FeedbackType expected, bool isComplaint)
    {
        FeedbackReport feedback = Assert.Single(ReportSample.Read(Feedback($"Feedback-Type: {type}\nVersion: 1\nUser-Agent: Test/1")).Feedback);

        Assert.Equal((expected, isComplaint), (feedback.Type, feedback.IsComplaint));
        Assert.Equal(("jo@example.org", "order.17@example.com"), (Assert.Single(feedback.Recipients), feedback.OriginalMessageId));
    }

    [Fact]
    public void Every_field_of_a_feedback_report_is_read()
    {
        FeedbackReport feedback = Assert.Single(ReportSample.Read(Feedback("""
            Feedback-Type: auth-failure
            User-Agent: Test/1
            Version: 1
            Auth-Failure: dmarc
            Delivery-Result: reject
            Original-Mail-From: <bounce@example.com>
            Original-Rcpt-To: <one@example.org>
            Original-Rcpt-To: two@example.org
            Source-IP: 2001:db8::7 (host.example)
            Reported-Domain: example.com
            Incidents: 3
            Arrival-Date: Fri, 20 Nov 2026 16:46:21 +0000
            """)).Feedback);

        Assert.Equal(("dmarc", "reject", "bounce@example.com", 3), (feedback.AuthFailure, feedback.DeliveryResult, feedback.OriginalMailFrom, feedback.Incidents));
        Assert.Equal(["one@example.org", "two@example.org"], feedback.Recipients);
        Assert.Equal("2001:db8::7", feedback.SourceIp!.ToString());
        Assert.Equal(["example.com"], feedback.ReportedDomains);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 16, 46, 21, TimeSpan.Zero), feedback.ArrivalDate);
    }

    [Fact]
    public void A_failure_report_in_prose_is_no_complaint()
    {
        FeedbackReport feedback = Assert.Single(ReportSample.Read(ReportSample.Notice("A message claiming to be from you has failed the published DMARC policy for your domain.\n\n  Sender Domain: example.com\n  Sender IP Address: 192.0.2.7\n", from: "no-reply@mx.example.net", subject: "DMARC Forensic Report for example.com")).Feedback);

        Assert.Equal((FeedbackType.AuthFailure, false, "192.0.2.7"), (feedback.Type, feedback.IsComplaint, feedback.SourceIp!.ToString()));
    }

    [Fact]
    public void Notifications_of_Amazon_SES_are_read()
    {
        const string Bounce = """{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General","bouncedRecipients":[{"emailAddress":"jo@example.org","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 no such user"}],"reportingMTA":"dns; ses.example"},"mail":{"messageId":"0101","commonHeaders":{"messageId":"<order.17@example.com>"}}}""";
        const string Complaint = """{"eventType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"jo@example.org"}],"complaintFeedbackType":"abuse"},"mail":{"messageId":"0101"}}""";
        string wrapped = $$"""{"Type":"Notification","Message":{{System.Text.Json.JsonSerializer.Serialize(Bounce)}}}""";

        foreach (string json in new[] { Bounce, wrapped })
        {
            BounceReport bounce = Assert.Single(ReportSample.Read(ReportSample.Notice(json, from: "no-reply@sns.example", subject: "AWS Notification Message")).Bounces);
            Assert.Equal(("jo@example.org", BounceReason.UserUnknown, 550, "order.17@example.com"), (bounce.Recipient, bounce.Reason, bounce.SmtpCode, bounce.OriginalMessageId));
        }
        FeedbackReport feedback = Assert.Single(ReportSample.Read(ReportSample.Notice(Complaint, from: "no-reply@sns.example", subject: "AWS Notification Message")).Feedback);
        Assert.Equal((FeedbackType.Abuse, "jo@example.org"), (feedback.Type, Assert.Single(feedback.Recipients)));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", "Re: Your order", "I am out of the office until Monday.", AutoReplyKind.Vacation)]
    [InlineData("X-Autoreply: yes", "Away", "Back next week: I am on vacation.", AutoReplyKind.Vacation)]
    [InlineData("Precedence: auto_reply", "Abwesenheit", "Ich bin im Urlaub.", AutoReplyKind.Vacation)]
    [InlineData("X-Mailer: x", "Automatic reply: Your order", "jo@example.org is unknown here: user unknown, mailbox full.", AutoReplyKind.Vacation)]
    [InlineData("X-Mailer: x", "Réponse automatique : commande", "Je suis absent.", AutoReplyKind.Vacation)]
    [InlineData("Auto-Submitted: auto-generated", "Ticket 17 was opened", "A person will look at it.", AutoReplyKind.Response)]
    [InlineData("Auto-Submitted: auto-replied", "Please confirm", "To have your message delivered, click on the link below.", AutoReplyKind.Challenge)]
    public void Automatic_answers_are_no_bounces(string header, string subject, string text, AutoReplyKind expected)
    {
        MailReport report = ReportSample.Read(ReportSample.Notice(text, from: "Jo <jo@example.org>", subject: subject, headers: header));

        Assert.Equal((ReportKind.AutoReply, expected), (report.Kind, report.AutoReply));
        Assert.Empty(report.Bounces);
    }

    [Fact]
    public void A_challenge_in_the_form_of_a_report_is_no_bounce()
    {
        MailReport report = ReportSample.Read(ReportSample.Delivery("Final-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 4.7.0\nDiagnostic-Code: smtp; 470 please prove it", "To have your message delivered, verify that you are a person."));

        Assert.Equal((ReportKind.AutoReply, AutoReplyKind.Challenge), (report.Kind, report.AutoReply));
    }

    [Theory]
    [InlineData("Jo <jo@example.org>", "Your parcel", "Hello, the parcel could not be delivered to jo@example.org, please come to the shop.")]
    [InlineData("Jo <jo@example.org>", "Re: quota", "My mailbox was full, now it works. 550 thanks!")]
    [InlineData("News <news@example.org>", "Failure is an option", "Read our blog about failed startups.")]
    public void Mail_of_people_is_nothing(string from, string subject, string text) =>
        Assert.Equal(ReportKind.None, ReportSample.Read(ReportSample.Notice(text, from: from, subject: subject, headers: "Return-Path: <jo@example.org>")).Kind);

    [Fact]
    public void What_cannot_be_read_as_a_message_is_nothing() =>
        Assert.Equal(ReportKind.None, ReportReader.Read(new byte[100], new Mail.Protocol.Mime.Parsing.MimeLimits { MaxMessageBytes = 10 }).Kind);
}
