using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;

namespace Mail.Tests.Protocol.Reports;

/// <summary>Delivery reports for machines: as RFC 3464 has them, and as they come.</summary>
public class DeliveryStatusTests
{
    private const string Failed = """
        Reporting-MTA: dns; mx.example.net
        Original-Envelope-Id: env-17
        Arrival-Date: Fri, 20 Nov 2026 16:46:21 +0000

        Original-Recipient: rfc822;jo@example.org
        Final-Recipient: rfc822; jo@inner.example.org
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; in.example.org [192.0.2.1]
        Diagnostic-Code: smtp; 550 5.1.1 <jo@inner.example.org>: there is
            no such user
        """;

    [Fact]
    public void Every_field_of_a_report_is_read()
    {
        MailReport report = ReportSample.Read(ReportSample.Delivery(Failed, "<jo@inner.example.org>: host in.example.org said: 550 5.1.1 no such user (in reply to RCPT TO command)"));

        BounceReport bounce = Assert.Single(report.Bounces);
        Assert.Equal(ReportKind.Delivery, report.Kind);
        Assert.Equal("jo@example.org", bounce.Recipient);
        Assert.Equal("jo@inner.example.org", bounce.FinalRecipient);
        Assert.Equal(new EnhancedStatusCode(5, 1, 1), bounce.Status);
        Assert.Equal(550, bounce.SmtpCode);
        Assert.Equal(SmtpStage.Rcpt, bounce.Stage);
        Assert.Equal("550 5.1.1 <jo@inner.example.org>: there is no such user", bounce.Diagnostic);
        Assert.Equal("in.example.org", bounce.RemoteMta);
        Assert.Equal("mx.example.net", bounce.ReportingMta);
        Assert.Equal("env-17", bounce.EnvelopeId);
        Assert.Equal("order.17@example.com", bounce.OriginalMessageId);
        Assert.Equal(BounceReason.UserUnknown, bounce.Reason);
        Assert.True(bounce.IsHard);
        Assert.True(bounce.IsPermanent);
        Assert.Equal("Your order", report.OriginalSubject);
        Assert.Equal(["jo@example.org"], report.OriginalTo);
    }

    [Fact]
    public void Each_recipient_has_its_own_outcome()
    {
        MailReport report = ReportSample.Read(ReportSample.Delivery("""
            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822; gone@example.org
            Action: failed
            Status: 5.1.1

            Final-Recipient: rfc822; slow@example.org
            Action: delayed
            Status: 4.4.1
            Will-Retry-Until: Fri, 27 Nov 2026 16:46:21 +0000

            Final-Recipient: rfc822; fine@example.org
            Action: delivered
            Status: 2.1.5

            Final-Recipient: rfc822; list@example.org
            Action: expanded
            Status: 2.0.0
            """));

        Assert.Equal([BounceAction.Failed, BounceAction.Delayed, BounceAction.Delivered, BounceAction.Expanded], report.Recipients.Select(recipient => recipient.Action));
        Assert.Equal([BounceReason.UserUnknown, BounceReason.Expired, BounceReason.Delivered, BounceReason.Delivered], report.Recipients.Select(recipient => recipient.Reason));
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 16, 46, 21, TimeSpan.Zero), report.Recipients[1].WillRetryUntil);
        Assert.Equal("gone@example.org", Assert.Single(report.Bounces).Recipient);
    }

    [Fact]
    public void The_code_in_the_reply_counts_where_the_status_says_nothing()
    {
        BounceReport bounce = Assert.Single(ReportSample.Read(ReportSample.Delivery("""
            Action: failed
            Final-Recipient: rfc822;jo@example.org
            Status: 5.0.0
            Diagnostic-Code: smtp; 552 5.2.2 out of storage space
            """)).Recipients);

        Assert.Equal((new EnhancedStatusCode(5, 2, 2), 552, BounceReason.MailboxFull), (bounce.Status, bounce.SmtpCode, bounce.Reason));
        Assert.False(bounce.IsPermanent);
    }

    [Fact]
    public void An_internationalized_report_is_read()
    {
        BounceReport bounce = Assert.Single(ReportSample.Read(ReportSample.Delivery("""
            Reporting-MTA: dns; mx.example.net

            Final-Recipient: utf-8; j\x{F6}rg@example.org
            Action: failed
            Status: 5.1.1
            """, type: "message/global-delivery-status")).Recipients);

        Assert.Equal("jörg@example.org", bounce.Recipient);
    }

    [Theory]
    [InlineData("a space before the colon and one group for all", "Reporting-MTA : dns;mx.example.net\nAction : failed\nStatus : 5.1.1\nFinal-Recipient : rfc/822;jo@example.org")]
    [InlineData("no type before the address", "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: <jo@example.org>\nAction: failed\nStatus: 5.1.1")]
    [InlineData("the type twice", "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; rfc822;jo@example.org\nAction: failed\nStatus: 5.1.1")]
    [InlineData("an empty line within the group", "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; jo@example.org\n\nAction: failed\nStatus: 5.1.1")]
    [InlineData("fields in another order", "Reporting-MTA: dns; mx.example.net\n\nDiagnostic-Code: smtp; 550 no such user\nStatus: 5.1.1\nAction: failed\nFinal-Recipient: rfc822; jo@example.org")]
    [InlineData("no action", "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; jo@example.org\nStatus: 5.1.1 (bad destination mailbox address)")]
    [InlineData("names in another case", "REPORTING-MTA: dns; mx.example.net\n\nfinal-recipient: RFC822; jo@example.org\naction: Failed\nstatus: 5.1.1")]
    [InlineData("only the original address", "Original-Recipient: <jo@example.org>\nAction: failed\nDiagnostic-Code: smtp; 550 jo@example.org... No such user")]
    public void Broken_fields_are_understood(string defect, string fields)
    {
        BounceReport bounce = Assert.Single(ReportSample.Read(ReportSample.Delivery(fields)).Recipients);

        Assert.True(bounce is { Recipient: "jo@example.org", Action: BounceAction.Failed, Reason: BounceReason.UserUnknown }, $"{defect}: {bounce}");
    }

    [Fact]
    public void Without_a_reply_the_prose_tells_why()
    {
        BounceReport bounce = Assert.Single(ReportSample.Read(ReportSample.Delivery(
            "Final-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 5.0.0", "We could not deliver to:\n\njo@example.org: this user is over quota")).Recipients);

        Assert.Equal(BounceReason.MailboxFull, bounce.Reason);
    }

    [Fact]
    public void What_is_said_of_one_recipient_is_not_held_against_another()
    {
        MailReport report = ReportSample.Read(ReportSample.Delivery("""
            Final-Recipient: rfc822; one@example.org
            Action: failed
            Status: 5.0.0

            Final-Recipient: rfc822; two@example.org
            Action: failed
            Status: 5.0.0
            """, "one@example.org: 550 no such user (in reply to RCPT TO)\n\ntwo@example.org: 552 mailbox full"));

        Assert.Equal([BounceReason.UserUnknown, BounceReason.MailboxFull], report.Recipients.Select(recipient => recipient.Reason));
    }

    [Fact]
    public void Fields_in_a_forwarded_text_are_found()
    {
        MailReport report = ReportSample.Read($"""
            From: Jane <jane@example.com>
            To: shop@example.com
            Subject: Fwd: Returned mail
            Content-Type: text/plain

            > Your message could not be delivered.
            >
            > Reporting-MTA: dns; mx.example.net
            >
            > Final-Recipient: rfc822; jo@example.org
            > Action: failed
            > Status: 5.1.2
            > Diagnostic-Code: smtp; 550 host unknown
            """);

        Assert.Equal(("jo@example.org", BounceReason.HostUnknown), Assert.Single(report.Recipients.Select(recipient => (recipient.Recipient, recipient.Reason))));
    }

    [Fact]
    public void A_report_that_a_gateway_attached_is_read()
    {
        MailReport report = ReportSample.Read($"""
            From: postmaster@gateway.example
            To: shop@example.com
            Subject: Delivery Status Notification (Failure)
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="outer"

            --outer
            Content-Type: message/rfc822

            {ReportSample.Delivery(Failed)}
            --outer--
            """);

        Assert.Equal("jo@example.org", Assert.Single(report.Recipients).Recipient);
    }

    [Fact]
    public void A_program_that_fails_is_not_an_unknown_user()
    {
        BounceReport bounce = Assert.Single(ReportSample.Read(ReportSample.Delivery("""
            Final-Recipient: rfc822; jo@example.org
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: x-unix; filter: no such user in the table
            """)).Recipients);

        Assert.Equal(BounceReason.MailerError, bounce.Reason);
    }
}
