using System.Text;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Relays;
using Mail.Protocol.Mime;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays;

/// <summary>What is kept of a conversation with an SMTP server, for people: what went wrong and how it came to that, and nothing that is secret or another recipient's.</summary>
public sealed class SmtpRelayTranscriptTests
{
    private const string Body = "my private words";

    [Fact]
    public async Task A_refused_recipient_has_the_opening_and_his_part_of_the_conversation_and_no_others()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: not "good@example.com" } ? SmtpSinkAction.Reply(550, $"5.1.1 no such user\n{step.Argument} is not here") : null;
        await using SmtpRelay relay = Relay(sink);

        IReadOnlyList<RelayReply> replies = (await SendAsync(relay, "first@example.com", "good@example.com", "last@example.com")).Replies;

        Assert.Null(replies[1].Transcript);
        string[] first = Texts(replies[0]), last = Texts(replies[2]);
        Assert.StartsWith("* connected to 127.0.0.1 port", first[0], StringComparison.Ordinal);
        Assert.StartsWith("S 220 ", first[1], StringComparison.Ordinal);
        Assert.Contains(first, line => line.StartsWith("C EHLO ", StringComparison.Ordinal));
        Assert.Equal(["S 550-5.1.1 no such user", "S 550 first@example.com is not here"], first.Where(line => line.StartsWith("S 550", StringComparison.Ordinal)));
        Assert.Equal(["S 550-5.1.1 no such user", "S 550 last@example.com is not here"], last.Where(line => line.StartsWith("S 550", StringComparison.Ordinal)));
        Assert.Contains("C RCPT TO:<first@example.com>", first);
        Assert.Contains("* RCPT of 2 other recipients, and the replies to it, are not shown", first);
        Assert.DoesNotContain(first, line => line.Contains("good@", StringComparison.Ordinal) || line.Contains("last@", StringComparison.Ordinal));
        Assert.DoesNotContain(last, line => line.Contains("good@", StringComparison.Ordinal) || line.Contains("first@", StringComparison.Ordinal));
        Assert.Contains(last, line => line.EndsWith(" octets)", StringComparison.Ordinal)); // the message went to the one who was taken
        Assert.DoesNotContain(replies, reply => reply.Transcript?.Contains(Body, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_used_connection_tells_its_opening_and_no_message_before()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: "later@example.com" } ? SmtpSinkAction.Reply(451, "4.7.1 greylisted") : null;
        await using SmtpRelay relay = Relay(sink);
        for (int i = 0; i < 2; i++) Assert.Null((await SendAsync(relay, "before@example.com")).Replies[0].Transcript);

        string[] said = Texts((await SendAsync(relay, "later@example.com")).Replies[0]);

        Assert.Equal(1, sink.ConnectionCount);
        Assert.StartsWith("S 220 ", said[1], StringComparison.Ordinal);
        Assert.Contains("* this connection had carried 2 messages before", said);
        Assert.DoesNotContain(said, line => line.Contains("before@example.com", StringComparison.Ordinal));
        Assert.Equal("S 451 4.7.1 greylisted", said.Last(line => line.StartsWith("S 4", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("PLAIN", false)]
    [InlineData("LOGIN", false)]
    [InlineData("XOAUTH2", true)]
    public async Task Tls_is_told_and_no_password_or_token(string mechanism, bool isToken)
    {
        const string Secret = "hunter22-very-secret";
        using TestCertificate tls = new();
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Certificate = tls.Certificate, UserName = "ann", Password = Secret, AuthMechanisms = mechanism });
        sink.Script = step => step.Stage == SmtpSinkStage.Rcpt ? SmtpSinkAction.Reply(550, $"5.7.1 not for {Secret}") : null;
        await using SmtpRelay relay = new("default", new SmtpConnectionOptions
        {
            Host = SmtpSink.Host, Port = sink.Port, TlsPolicy = SmtpTlsPolicy.Required, UserName = "ann", Password = isToken ? null : Secret, AccessToken = isToken ? _ => ValueTask.FromResult(Secret) : null,
        }, new RelayOptions());

        RelayReply reply = (await SendAsync(relay, "a@example.com")).Replies[0];

        string[] said = Texts(reply);
        Assert.Contains("C STARTTLS", said);
        Assert.Contains(said, line => line.StartsWith("* Tls1", StringComparison.Ordinal) && line.Contains("TLS_", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith($"C AUTH {mechanism}", StringComparison.Ordinal));
        Assert.Contains("S 235 2.7.0 welcome", said);
        Assert.Contains("S 550 5.7.1 not for ***", said);
        foreach (string form in (string[])[Secret, Base64(Secret), Base64($"\0ann\0{Secret}"), Base64($"user=ann\u0001auth=Bearer {Secret}\u0001\u0001")])
            Assert.DoesNotContain(form, reply.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_lost_after_the_message_ends_with_what_is_not_known()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.EndOfData ? SmtpSinkAction.TakeThenDrop : null;
        await using SmtpRelay relay = Relay(sink);

        RelayReply reply = (await SendAsync(relay, "a@example.com")).Replies[0];

        string[] said = Texts(reply);
        Assert.Equal(RelayVerdict.Unknown, reply.Verdict);
        Assert.Contains(said, line => line.StartsWith("S 354", StringComparison.Ordinal));
        Assert.StartsWith("C (", said[^2], StringComparison.Ordinal);
        Assert.Contains("it may have been taken", said[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_closes_instead_of_an_answer_is_told_to_all()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: "a@example.com" } ? SmtpSinkAction.Shutdown : null;
        await using SmtpRelay relay = Relay(sink);

        RelayReply other = (await SendAsync(relay, "a@example.com", "b@example.com")).Replies[1];

        Assert.Equal("S 421 4.3.2 shutting down", Texts(other).Last(line => line.StartsWith('S')));
        Assert.DoesNotContain("a@example.com", other.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_used_tells_how_far_it_came()
    {
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { UserName = "u", Password = "right" });
        await using SmtpRelay relay = new("default", new SmtpConnectionOptions { Host = SmtpSink.Host, Port = sink.Port, UserName = "u", Password = "wrong-password", TlsPolicy = SmtpTlsPolicy.None }, new RelayOptions());

        RelayOutcome outcome = await SendAsync(relay, "a@example.com");

        string[] said = Texts(outcome.Fault!.Transcript!);
        Assert.Contains("C AUTH PLAIN ***", said);
        Assert.Contains("S 535 5.7.8 wrong user name or password", said);
        Assert.StartsWith("* ", said[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", outcome.Fault.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_is_asked_for_at_mail_names_no_recipient()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Mail ? SmtpSinkAction.Reply(530, "5.7.0 Authentication Required") : null;
        await using SmtpRelay relay = Relay(sink);

        RelayOutcome outcome = await SendAsync(relay, "a@example.com");

        Assert.Contains("S 530 5.7.0 Authentication Required", Texts(outcome.Fault!.Transcript!));
        Assert.DoesNotContain("a@example.com", outcome.Fault.Transcript, StringComparison.Ordinal);
    }

    /// <summary>Whoever knows one can tell us of a bounce that never was.</summary>
    [Fact]
    public async Task A_return_path_of_ours_is_not_shown()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Rcpt ? SmtpSinkAction.Reply(550, "5.7.1 b-signed@bounce.test may not") : null;
        await using SmtpRelay relay = new("default", new SmtpConnectionOptions { Host = SmtpSink.Host, Port = sink.Port, TlsPolicy = SmtpTlsPolicy.None }, new RelayOptions(), takesReturnPaths: true);
        RelayMessage message = Message("a@example.com");

        RelayOutcome outcome = await relay.SendAsync(message with { Recipients = [message.Recipients[0] with { ReturnPath = EmailAddress.Parse("b-signed@bounce.test") }] }, CancellationToken.None);

        string[] said = Texts(outcome.Replies[0]);
        Assert.Contains(said, line => line.StartsWith("C MAIL FROM:<***@bounce.test>", StringComparison.Ordinal));
        Assert.Contains("S 550 5.7.1 ***@bounce.test may not", said);
    }

    [Fact]
    public async Task A_large_message_in_chunks_is_told_by_their_sizes()
    {
        await using SmtpSink sink = SmtpSink.Start(new SmtpSinkOptions { Chunking = true });
        sink.Script = step => step.Stage == SmtpSinkStage.EndOfData ? SmtpSinkAction.Reply(552, "5.3.4 too much") : null;
        await using SmtpRelay relay = Relay(sink);
        RelayMessage message = Message("a@example.com", "b@example.com") with { Mime = Encoding.ASCII.GetBytes("Subject: s\r\n\r\n" + string.Concat(Enumerable.Repeat("0123456789\r\n", 40_000))) };

        string[] said = Texts((await relay.SendAsync(message, CancellationToken.None)).Replies[1]);

        Assert.Contains(said, line => line.StartsWith("C BDAT ", StringComparison.Ordinal) && line.EndsWith(" LAST", StringComparison.Ordinal));
        Assert.Contains("S 552 5.3.4 too much", said);
        Assert.Contains("C RCPT TO:<b@example.com>", said);
        Assert.DoesNotContain(said, line => line.Contains("0123456789", StringComparison.Ordinal));
    }

    private static string[] Texts(RelayReply reply) => Texts(reply.Transcript!);

    /// <summary>Who and what.</summary>
    private static string[] Texts(string transcript) =>
        [.. AttemptTranscript.Parse(transcript).Select(line => $"{(line.Speaker switch { AttemptSpeaker.Client => "C", AttemptSpeaker.Server => "S", _ => "*" })} {line.Text}")];

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static SmtpRelay Relay(SmtpSink sink) => new("default", new SmtpConnectionOptions { Host = SmtpSink.Host, Port = sink.Port, TlsPolicy = SmtpTlsPolicy.None }, new RelayOptions());

    private static Task<RelayOutcome> SendAsync(SmtpRelay relay, params string[] recipients) => relay.SendAsync(Message(recipients), CancellationToken.None);

    private static RelayMessage Message(params string[] recipients)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new RelayMessage(
            ProjectId.New(now), MessageId.New(now), Lane.Normal, EmailAddress.Parse("s@example.org"), [.. recipients.Select(recipient => new RelayRecipient(DeliveryId.New(now), EmailAddress.Parse(recipient)))],
            Encoding.ASCII.GetBytes($"Subject: test\r\n\r\n{Body}\r\n"), _ => ValueTask.FromResult(true));
    }
}
