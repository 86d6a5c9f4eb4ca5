using System.Diagnostics;
using System.Text;
using Mail.Protocol.Mime.Parsing;
using Mail.Protocol.Reports;

namespace Mail.Tests.Protocol.Reports;

// What strangers send to the address of reports: mail that quotes notices, text that would harm who stores or shows it, reports made to cost time.
public sealed class HostileReportTests
{
    private const string Notice = "This is the mail system.\n\nYour message could not be delivered.\n\n<jo@example.org>: 550 5.1.1 User unknown (in reply to RCPT TO command)\n";
    private const string Fields = "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 5.1.1\n";
    private const string Head = "From: MAILER-DAEMON@example.com\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n";

    [Theory]
    [InlineData("Subject: Re: Undelivered Mail Returned to Sender\n", Notice)]
    [InlineData("Subject: AW: Undelivered Mail Returned to Sender\n", Fields)]
    [InlineData("Return-Path: <ann@example.com>\nSubject: Fwd: Undelivered Mail Returned to Sender\n", Notice)]
    [InlineData("Return-Path: <ann@example.com>\nSubject: Please help\n", Fields)]
    [InlineData("Return-Path: <ann@example.com>\nSubject: Delivery failed\n", "The parcel could not be delivered to jo@example.org, mailbox full.\n")]
    public void A_person_who_quotes_a_notice_reports_nothing(string headers, string body)
    {
        MailReport report = Read($"{headers}From: Ann <ann@example.com>\nTo: shop@example.net\n\nWhy do I get this?\n\n{body}");

        Assert.NotEqual(ReportKind.Delivery, report.Kind);
        Assert.Empty(report.Bounces);
    }

    [Fact]
    public void No_control_character_comes_out_of_a_report()
    {
        MailReport report = Read(Head + """
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; m~x

            Final-Recipient: rfc822; j~o@example.org
            Action: failed
            Remote-MTA: dns; m~x
            Diagnostic-Code: smtp; 550 5.1.1 us~er unknown

            --b
            Content-Type: text/rfc822-headers

            Subject: =?utf-8?Q?a=00b=0D=0ABcc:_x=1B?=
            To: =?utf-8?Q?a=00b=0D=0A?= <z~z@example.org>
            Message-ID: <a~b@example.com>

            --b--
            """.Replace('~', '\0'));
        BounceReport bounce = Assert.Single(report.Bounces);

        string?[] texts = [bounce.Recipient, bounce.FinalRecipient, bounce.Diagnostic, bounce.RemoteMta, bounce.ReportingMta, report.OriginalMessageId, report.OriginalSubject, .. report.OriginalTo];
        Assert.All(texts, text => Assert.DoesNotContain(Assert.IsType<string>(text), char.IsControl));
        Assert.Equal("j o@example.org", bounce.Recipient); // not "jo@example.org": that is somebody else
    }

    [Theory]
    [InlineData("""{"notificationType":"Bounce","mail":{},"bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"\ud800@example.org","diagnosticCode":"\udc00"},{"emailAddress":"jo@example.org"}]}}""")]
    public void Half_a_character_in_a_notification_is_no_exception(string json)
    {
        MailReport report = Read($"From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n{json}\n");

        Assert.Equal("jo@example.org", Assert.Single(report.Bounces).Recipient);
    }

    // Measured against itself, so that a slow machine fails nothing: what was quadratic took hundreds of times as long.
    [Fact, Trait("Category", "Load")]
    public void A_thousand_recipients_do_not_cost_a_thousand_times_the_prose()
    {
        string prose = string.Concat(Enumerable.Range(0, 900).Select(i => $"some words about the delivery that nobody can read {i}\r\n")) + "452 4.2.2 over quota\r\n";
        byte[] one = Report(prose, 1), many = Report(prose, 1000);
        ReportReader.Read(one);

        TimeSpan first = Fastest(one), all = Fastest(many);

        Assert.Equal(1000, ReportReader.Read(many).Recipients.Count);
        Assert.InRange(all / first, 0, 150);
    }

    [Fact, Trait("Category", "Load")]
    public void A_group_of_many_fields_does_not_make_all_others_slow()
    {
        string group = "Action: failed\r\n" + string.Concat(Enumerable.Repeat("X:a\r\n", 9990)), small = string.Concat(Enumerable.Repeat("X:a\r\n\r\n", 10_000));
        byte[] plain = Encoding.ASCII.GetBytes($"{Head}{Part("Action: failed\r\n")}{Part(small)}{Part(small)}--b--\r\n");
        byte[] hostile = Encoding.ASCII.GetBytes($"{Head}{Part(group)}{Part(small)}{Part(small)}--b--\r\n");
        ReportReader.Read(plain);

        Assert.InRange(Fastest(hostile) / Fastest(plain), 0, 10);
    }

    [Fact]
    public void Encoded_words_bring_no_line_breaks_into_subject_names_and_file_names()
    {
        ParsedMessage message = ParsedMessage.Parse(Encoding.ASCII.GetBytes(
            "From: =?utf-8?Q?boss=40bank.example=0D=0A=00?= <evil@example.com>\r\nSubject: =?utf-8?B?YQ0KQmNjOiB4QHkAeg==?=\r\n" +
            "Content-Disposition: attachment; filename*=utf-8''a%0D%0Ab%00.txt\r\n\r\nx"));

        Assert.Equal(("boss@bank.example", "evil@example.com"), (message.From[0].DisplayName, message.From[0].Address));
        Assert.Equal(("a  Bcc: x@y z", "a  b .txt"), (message.Subject, message.Root.FileName));
    }

    private static byte[] Report(string prose, int recipients) => Encoding.ASCII.GetBytes(
        $"{Head}--b\r\n\r\n{prose}{Part(string.Concat(Enumerable.Range(0, recipients).Select(i => $"Final-Recipient: rfc822; u{i}@example.org\r\nAction: failed\r\n\r\n")))}--b--\r\n");

    private static string Part(string fields) => $"--b\r\nContent-Type: message/delivery-status\r\n\r\n{fields}\r\n";

    private static TimeSpan Fastest(byte[] message)
    {
        TimeSpan fastest = TimeSpan.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long start = Stopwatch.GetTimestamp();
            ReportReader.Read(message);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);
            if (taken < fastest) fastest = taken;
        }
        return fastest;
    }

    private static MailReport Read(string message) => ReportReader.Read(Encoding.Latin1.GetBytes(message.ReplaceLineEndings("\r\n")));
}
