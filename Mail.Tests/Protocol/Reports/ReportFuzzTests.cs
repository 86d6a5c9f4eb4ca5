using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mail.Protocol.Reports;

namespace Mail.Tests.Protocol.Reports;

/// <summary>Reports come from strangers: no octets may break the reader.</summary>
public class ReportFuzzTests
{
    private static readonly byte[][] _seeds =
    [
        .. ProseNoticeTests.Forms.Select(form => ReportSample.Bytes(form.Data.Item2)),
        ReportSample.Bytes(ReportSample.Delivery("Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; jo@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no")),
        ReportSample.Bytes(ReportSample.Notice("""{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"a@b.c","status":"5.1.1"}]}}""")),
    ];

    [Fact]
    public void Changed_reports_never_break_the_reader() => Run(300);

    [Fact, Trait("Category", "Fuzz")]
    public void Changed_reports_never_break_the_reader_in_the_long_run() => Run(100_000);

    [Fact]
    public void Any_text_has_a_reason() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text => Enum.IsDefined(BounceClassifier.Classify(new Mail.Protocol.Smtp.SmtpReply(550, text), Mail.Protocol.Smtp.SmtpStage.Rcpt))).QuickCheckThrowOnFailure();

    // What would be quadratic in a careless reader: one long line, many addresses, many short lines, deep quotes, many groups.
    [Theory]
    [InlineData("a@b.c ", 200_000)]
    [InlineData("<a@b.c>:\n", 100_000)]
    [InlineData("\n", 500_000)]
    [InlineData("@", 1_000_000)]
    [InlineData("550 5.5.5 ", 100_000)]
    [InlineData("Final-Recipient: rfc822; a@b.c\nAction: failed\n\n", 20_000)]
    [InlineData("> ", 500_000)]
    [InlineData("mailbox ", 150_000)]
    [InlineData("{\"a\":", 200_000)]
    [InlineData("<br>", 250_000)]
    public void Hostile_shapes_are_read_and_bounded(string unit, int times)
    {
        StringBuilder body = new(unit.Length * times);
        for (int i = 0; i < times; i++) body.Append(unit);

        MailReport report = ReportSample.Read(ReportSample.Notice(body.ToString()));

        Assert.InRange(report.Recipients.Count, 0, 1000);
        Assert.All(report.Recipients, recipient => Assert.InRange(recipient.Diagnostic?.Length ?? 0, 0, 2000));
    }

    [Fact]
    public void A_thousand_recipients_with_prose_are_read()
    {
        StringBuilder fields = new(), prose = new();
        for (int i = 0; i < 3000; i++)
        {
            fields.Append(CultureInfo.InvariantCulture, $"Final-Recipient: rfc822; user{i}@example.org\nAction: failed\nStatus: 5.0.0\n\n");
            prose.Append(CultureInfo.InvariantCulture, $"user{i}@example.org\n");
        }

        MailReport report = ReportSample.Read(ReportSample.Delivery(fields.ToString(), prose.ToString()));

        Assert.Equal(1000, report.Recipients.Count);
    }

    private static void Run(int cases)
    {
        Random random = new(17);
        for (int i = 0; i < cases; i++)
        {
            byte[] message = [.. _seeds[random.Next(_seeds.Length)]];
            for (int change = random.Next(1, 12); change > 0; change--) message = Change(message, random);
            MailReport report = ReportReader.Read(message);
            foreach (BounceReport recipient in report.Recipients)
            {
                Assert.True(Enum.IsDefined(recipient.Reason) && recipient.Recipient.Length > 0, Convert.ToBase64String(message));
                Assert.False(recipient.IsHard && recipient.Action is not BounceAction.Failed);
            }
        }
    }

    private static byte[] Change(byte[] message, Random random)
    {
        if (message.Length < 2) return [.. message, (byte)random.Next(256)];
        int at = random.Next(message.Length), length = random.Next(Math.Min(200, message.Length - at));
        switch (random.Next(5))
        {
            case 0: // a few octets
                random.NextBytes(message.AsSpan(at, Math.Min(length, 4)));
                return message;
            case 1: // a piece is missing
                return [.. message[..at], .. message[(at + length)..]];
            case 2: // a piece stands twice
                return [.. message[..(at + length)], .. message[at..]];
            case 3: // a piece of another report
                byte[] other = _seeds[random.Next(_seeds.Length)];
                int from = random.Next(other.Length);
                return [.. message[..at], .. other[from..Math.Min(other.Length, from + 300)], .. message[at..]];
            default: // the end is missing
                return message[..at];
        }
    }
}
