using System.Text;
using Mail.Protocol.Mime;
using Mail.Protocol.Reports;
using Mail.Protocol.Smtp;
using Mail.Tests.Protocol.Mime;

namespace Mail.Tests.Protocol.Reports;

public sealed class DeliveryStatusNotificationTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void A_notification_has_a_text_for_people_fields_for_machines_and_the_message_itself() => Assert.Equal(
        """
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="=_test_0"

        --=_test_0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        It failed.
        --=_test_0
        Content-Type: message/delivery-status
        Content-Transfer-Encoding: 7bit

        Original-Envelope-Id: QQ314159
        Reporting-MTA: dns; mail.example.com
        Arrival-Date: Thu, 05 Mar 2026 12:00:00 +0100

        Original-Recipient: rfc822; bob@xn--bcher-kva.example
        Final-Recipient: rfc822; bob@mx.example.net
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.example.net
        Diagnostic-Code: smtp; 550 5.1.1 No such user here ? Subject: ?
        Last-Attempt-Date: Thu, 05 Mar 2026 12:00:00 +0100

        Final-Recipient: utf-8; zo\x{E9}@example.org
        Action: delayed
        Status: 4.4.1
        Will-Retry-Until: Thu, 05 Mar 2026 12:00:00 +0100

        --=_test_0
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 7bit

        Message-ID: <1@example.com>
        Subject: =?utf-8?Q?H=C3=A9?=
        Content-Transfer-Encoding: quoted-printable

        =C3=A9
        --=_test_0--

        """.ReplaceLineEndings("\r\n"), MimeMessageTests.Write(Notification(headersOnly: false)).Split("<2@example.com>\r\n")[1]);

    [Fact]
    public void Only_the_headers_come_back_where_they_suffice() =>
        Assert.EndsWith("--=_test_0\r\nContent-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: 7bit\r\n\r\nMessage-ID: <1@example.com>\r\nSubject: =?utf-8?Q?H=C3=A9?=\r\n\r\n\r\n--=_test_0--\r\n", MimeMessageTests.Write(Notification(headersOnly: true)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Subject: é\r\n\r\nx", "message/global-headers")]
    [InlineData("Subject: a\r\nX: b\n\r\nx", "application/octet-stream")]
    public void Headers_that_are_not_ASCII_come_back_encoded(string original, string type) =>
        Assert.Contains($"Content-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n", MimeMessageTests.Write(Notification(headersOnly: true, original)), StringComparison.Ordinal);

    [Fact]
    public void Our_own_reader_understands_it()
    {
        MailReport report = ReportReader.Read(Encoding.UTF8.GetBytes(MimeMessageTests.Write(Notification(headersOnly: false))));

        Assert.Equal(ReportKind.Delivery, report.Kind);
        Assert.Equal("1@example.com", report.OriginalMessageId);
        Assert.Equal([("bob@xn--bcher-kva.example", "bob@mx.example.net", BounceAction.Failed, "5.1.1"), ("zoé@example.org", "zoé@example.org", BounceAction.Delayed, "4.4.1")],
            report.Recipients.Select(r => (r.Recipient, r.FinalRecipient, r.Action, r.Status.ToString()!)));
        Assert.Equal(("mail.example.com", "mx.example.net", "QQ314159"), (report.Recipients[0].ReportingMta, report.Recipients[0].RemoteMta, report.Recipients[0].EnvelopeId));
        Assert.Equal(_noon, report.Recipients[1].WillRetryUntil);
    }

    [Fact]
    public void A_notification_about_nobody_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new DeliveryStatusNotification { ReportingMta = "a" }.ToReport(default, headersOnly: true));

    private static MimeMessage Notification(bool headersOnly, string original = "Message-ID: <1@example.com>\r\nSubject: =?utf-8?Q?H=C3=A9?=\r\n\r\né")
    {
        DeliveryStatusNotification notification = new()
        {
            ReportingMta = "mail.example.com",
            EnvelopeId = "QQ314159",
            ArrivalDate = _noon,
            Recipients =
            {
                new(EmailAddress.Parse("bob@mx.example.net"), BounceAction.Failed, new EnhancedStatusCode(5, 1, 1))
                {
                    OriginalRecipient = EmailAddress.Parse("bob@bücher.example"), RemoteMta = "mx.example.net", LastAttempt = _noon, Diagnostic = new SmtpReply(550, "5.1.1 No such user\nhere \0\u0085Subject: é"),
                },
                new(EmailAddress.Parse("zoé@example.org"), BounceAction.Delayed, new EnhancedStatusCode(4, 4, 1)) { WillRetryUntil = _noon },
            },
        };
        return new MimeMessage
        {
            From = EmailAddress.Parse("postmaster@example.com"), To = { EmailAddress.Parse("ann@example.com") }, Subject = "Undelivered", Date = _noon, MessageId = "2@example.com", BoundarySeed = "test",
            TextBody = "It failed.", Report = notification.ToReport(Encoding.UTF8.GetBytes(original), headersOnly),
        };
    }
}
