using System.Text.Json;
using Mail.Tests.Api.Feedback;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Smtp;

public sealed class ReceptionTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // a server that writes addresses in capitals
    public async Task A_bounce_to_a_return_path_makes_the_recipient_bounced_with_reason_and_cause(bool inCapitals)
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org", "al@example.org"]);
        string to = inCapitals ? paths[0].ToUpperInvariant() : paths[0];

        string answer = await mail.ReceiveAsync(to, FeedbackCase.Bounce("jo@example.org"));

        Assert.StartsWith("250 2.0.0", answer, StringComparison.Ordinal);
        JsonElement jo = await mail.RecipientAsync(id, "jo@example.org");
        Assert.Equal(("bounced", 550, "5.1.1", "unknown_user"), (jo.GetProperty("state").GetString(), jo.GetProperty("code").GetInt32(), jo.GetProperty("enhanced_code").GetString(), jo.GetProperty("cause").GetProperty("code").GetString()));
        Assert.Equal("mx.example.net reported that it was not delivered: 550 5.1.1 No such user", jo.GetProperty("reason").GetString());
        Assert.Equal("sent", await mail.StateAsync(id, "al@example.org"));
        string told = Assert.Single(await mail.EventsAsync(id));
        Assert.StartsWith("email.bounced ", told, StringComparison.Ordinal);
        Assert.Equal(("userunknown", "permanent", true), Facts(told));

        static (string?, string?, bool) Facts(string told)
        {
            JsonElement bounce = JsonDocument.Parse(told["email.bounced ".Length..]).RootElement.GetProperty("bounce");
            return (bounce.GetProperty("reason").GetString(), bounce.GetProperty("type").GetString(), bounce.GetProperty("hard").GetBoolean());
        }
    }

    [Fact]
    public async Task The_same_report_twice_changes_nothing()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        for (int i = 0; i < 2; i++) Assert.StartsWith("250", await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org")), StringComparison.Ordinal);

        Assert.Single(await mail.EventsAsync(id));
    }

    [Fact]
    public async Task The_return_path_is_the_authority_whatever_address_the_report_names()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org", "al@example.org"]);

        await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo.forwarded@elsewhere.example", messageId: "another@example.com"));

        Assert.Equal(("bounced", "sent"), (await mail.StateAsync(id, "jo@example.org"), await mail.StateAsync(id, "al@example.org")));
    }

    [Fact]
    public async Task A_notice_in_prose_that_names_nobody_is_about_the_return_path()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        string answer = await mail.ReceiveAsync(paths[0], """
            Return-Path: <>
            From: MAILER-DAEMON@mx.example.net
            Subject: failure notice

            Sorry, I was not able to deliver your message.
            550 5.1.1 user unknown

            """);

        Assert.StartsWith("250", answer, StringComparison.Ordinal);
        Assert.Equal("bounced", await mail.StateAsync(id, "jo@example.org"));
    }

    [Fact]
    public async Task Only_return_paths_of_ours_postmaster_and_abuse_are_taken()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (_, string[] paths) = await mail.SentAsync(["jo@example.org"]);
        char last = paths[0][63] == 'q' ? 'a' : 'q';
        string forged = paths[0][..62] + (paths[0][62] == 'c' ? 'd' : 'c') + last + paths[0][64..];
        using SmtpTalk talk = await SmtpTalk.StartAsync(mail.Port);
        await talk.AskAsync("MAIL FROM:<>");

        Assert.StartsWith("550 5.1.1", await talk.AskAsync("RCPT TO:<jo@example.org>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await talk.AskAsync("RCPT TO:<jo@bounce.test>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await talk.AskAsync($"RCPT TO:<{forged}>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await talk.AskAsync("RCPT TO:<postmaster@elsewhere.example>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await talk.AskAsync("RCPT TO:<Postmaster@bounce.test>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await talk.AskAsync("RCPT TO:<postmaster>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await talk.AskAsync("RCPT TO:<abuse@bounce.test>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await talk.AskAsync($"RCPT TO:<{paths[0]}>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Original-Mail-From: <PATH>", "x@example.com", "jo@example.org", "al@example.org")]
    [InlineData("Original-Rcpt-To: <jo@example.org>", "ID@example.com", "jo@example.org")]
    [InlineData("Original-Rcpt-To: <jo@example.org>\nOriginal-Mail-From: <shop@example.com>", "ID@example.com", "jo@example.org")]
    public async Task A_complaint_to_abuse_makes_the_recipient_complained(string fields, string messageId, params string[] to)
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(to);

        string answer = await mail.ReceiveAsync("abuse@bounce.test", FeedbackCase.Complaint(fields.Replace("PATH", paths[0], StringComparison.Ordinal), messageId.Replace("ID", id, StringComparison.Ordinal)));

        Assert.StartsWith("250", answer, StringComparison.Ordinal);
        Assert.Equal("complained", await mail.StateAsync(id, "jo@example.org"));
        foreach (string other in to.Skip(1)) Assert.Equal("sent", await mail.StateAsync(id, other));
        Assert.Contains("\"type\": \"abuse\"", Assert.Single(await mail.EventsAsync(id)), StringComparison.Ordinal);
    }

    /// <summary>Whoever got a message knows its Message-ID; only the return path is each one's own.</summary>
    [Theory]
    [InlineData("postmaster@bounce.test", false)]
    [InlineData("abuse@bounce.test", true)]
    public async Task Nobody_who_got_the_message_too_can_report_another_recipient_dead(string to, bool complains)
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["victim@example.org", "rival@example.org"]);
        string forged = complains ? FeedbackCase.Complaint("Original-Rcpt-To: <victim@example.org>", $"{id}@example.com", to: "victim@example.org") : FeedbackCase.Bounce("victim@example.org", messageId: $"{id}@example.com");

        await mail.ReceiveAsync(to, forged);
        await mail.ReceiveAsync(paths[1], FeedbackCase.Bounce("someone@example.org", messageId: $"{id}@example.com").Replace("To: someone@example.org", "To: victim@example.org", StringComparison.Ordinal));

        Assert.Equal("sent", await mail.StateAsync(id, "victim@example.org"));
        Assert.Equal(0, await mail.Api.CountAsync("suppressions WHERE address = 'victim@example.org'"));
    }

    [Fact]
    public async Task A_bounce_without_a_return_path_is_not_believed_whoever_brings_it()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, _) = await mail.SentAsync(["list@example.org"]); // whose archive shows the Message-ID to the world

        await mail.ReceiveAsync("postmaster@bounce.test", FeedbackCase.Bounce("list@example.org", messageId: $"{id}@example.com"));

        Assert.Equal("sent", await mail.StateAsync(id, "list@example.org"));
    }

    [Fact]
    public async Task A_NUL_in_a_report_costs_no_report()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org", "al@example.org"]);

        Assert.StartsWith("250", await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org").Replace("mx.example.net", "mx\0.example.net", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("250", await mail.ReceiveAsync("abuse@bounce.test", FeedbackCase.Complaint($"Original-Mail-From: <{paths[1]}>", "x@example.com").Replace("Loop/1.0", "Loop\0/1.0", StringComparison.Ordinal)), StringComparison.Ordinal);

        Assert.Equal(("bounced", "complained"), (await mail.StateAsync(id, "jo@example.org"), await mail.StateAsync(id, "al@example.org")));
    }

    [Fact]
    public async Task A_report_that_it_is_no_spam_is_no_complaint()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        await mail.ReceiveAsync("abuse@bounce.test", FeedbackCase.Complaint($"Original-Mail-From: <{paths[0]}>", "x@example.com", "not-spam"));

        Assert.Equal("sent", await mail.StateAsync(id, "jo@example.org"));
    }

    [Fact]
    public async Task A_delay_is_told_once_and_changes_no_state()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        for (int i = 0; i < 2; i++)
            await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org", "delayed", "4.4.1", "smtp; connect to mail.example.org[192.0.2.1]:25: Connection timed out"));

        Assert.Equal("sent", await mail.StateAsync(id, "jo@example.org"));
        Assert.StartsWith("email.delivery_delayed ", Assert.Single(await mail.EventsAsync(id)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: jo@example.org\nSubject: Automatic reply: Your order\nAuto-Submitted: auto-replied\n\nI am on vacation until Monday.\n")]
    [InlineData("From: jo@example.org\nSubject: Read: Your order\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nRead.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; jo@example.org\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n")]
    [InlineData("From: jo@example.org\nSubject: Re: Your order\n\nThank you, it arrived!\n")]
    [InlineData("no headers at all\n")]
    public async Task What_is_no_bounce_is_taken_and_changes_nothing(string content)
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        Assert.StartsWith("250", await mail.ReceiveAsync(paths[0], content), StringComparison.Ordinal);

        Assert.Equal("sent", await mail.StateAsync(id, "jo@example.org"));
        Assert.Empty(await mail.EventsAsync(id));
    }

    [Fact]
    public async Task A_letter_to_postmaster_is_refused_so_that_its_writer_learns_that_nobody_reads_it()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        _ = mail.Client;

        Assert.StartsWith("550 5.7.1", await mail.ReceiveAsync("postmaster@bounce.test", "From: a@example.org\nSubject: Hello\n\nIs anybody there?\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_fits_no_message_of_ours_is_taken_and_logged()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);

        Assert.StartsWith("250", await mail.ReceiveAsync("postmaster@bounce.test", FeedbackCase.Bounce("jo@example.org", messageId: "of-somebody-else@example.com")), StringComparison.Ordinal);

        Assert.Contains(mail.Api.Log, line => line.Contains("fits no message of ours", StringComparison.Ordinal) && line.Contains("j***@example.org", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bounce_that_is_faster_than_the_workers_note_is_asked_to_come_again()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres);
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"], "sending");

        string early = await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org"));
        await mail.FinishAsync(Guid.Parse(id));
        string again = await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org"));

        Assert.StartsWith("451 4.3.0", early, StringComparison.Ordinal);
        Assert.StartsWith("250", again, StringComparison.Ordinal);
        Assert.Equal("bounced", await mail.StateAsync(id, "jo@example.org"));
    }

    [Fact]
    public async Task A_report_that_is_too_large_is_refused()
    {
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres, ("Feedback:MaxReportBytes", "65536"));
        (_, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        Assert.StartsWith("552 5.3.4", await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org") + new string('x', 70_000).Chunk(70).Aggregate("", (all, line) => all + new string(line) + "\n")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_reporters_come_again()
    {
        await using FeedbackCase seed = await FeedbackCase.StartAsync(postgres);
        NpgsqlConnectionStringBuilder at = new(seed.Api.ConnectionString);
        using TcpForwarder way = new(at.Host!, at.Port);
        (at.Host, at.Port) = ("127.0.0.1", way.Port);
        await using FeedbackCase mail = await FeedbackCase.StartAsync(postgres, ("ConnectionStrings:maildb", at.ConnectionString));
        (string id, string[] paths) = await mail.SentAsync(["jo@example.org"]);

        way.Cut();
        string away = await mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org"));
        way.Mend();
        string back = await Eventually(() => mail.ReceiveAsync(paths[0], FeedbackCase.Bounce("jo@example.org")), "250");

        Assert.StartsWith("451 4.3.0", away, StringComparison.Ordinal);
        Assert.StartsWith("250", back, StringComparison.Ordinal);
        Assert.Equal("bounced", await mail.StateAsync(id, "jo@example.org"));
    }

    private static async Task<string> Eventually(Func<Task<string>> ask, string start)
    {
        string answer = "";
        for (int i = 0; i < 50; i++, await Task.Delay(100))
            if ((answer = await ask()).StartsWith(start, StringComparison.Ordinal)) break;
        return answer;
    }
}
