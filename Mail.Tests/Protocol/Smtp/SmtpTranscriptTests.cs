using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

public sealed class SmtpTranscriptTests
{
    [Fact]
    public async Task A_conversation_is_written_down_without_secrets_and_with_the_message_as_its_size()
    {
        using TestCertificate tls = new();
        await using SmtpSink sink = SmtpSink.Start(new() { Certificate = tls.Certificate, UserName = "ann", Password = "hunter22" });
        SmtpTranscript transcript = new();

        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, SmtpTlsPolicy.Required, userName: "ann", password: "hunter22"), transcript, default);
        await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), new byte[4321].Select(_ => (byte)'x').ToArray(), default);
        await connection.QuitAsync(default);

        string[] lines = [.. transcript.Lines.Select(line => $"{line.Speaker}: {line.Text}")];
        Assert.Contains("Client: STARTTLS", lines);
        Assert.Contains(lines, line => line.StartsWith("Note: Tls1", StringComparison.Ordinal));
        Assert.Contains("Client: AUTH PLAIN ***", lines);
        Assert.Contains("Server: 235 2.7.0 welcome", lines);
        Assert.Contains("Client: RCPT TO:<b@example.com>", lines);
        Assert.Contains("Client: (4,321 octets)", lines);
        Assert.Equal(["Client: QUIT", "Server: 221 2.0.0 bye"], lines[^2..]);
        Assert.DoesNotContain("hunter22", transcript.ToString(), StringComparison.Ordinal);
        Assert.Equal(transcript.Lines.OrderBy(line => line.Offset), transcript.Lines);
    }

    [Fact]
    public async Task One_transaction_of_a_connection_can_be_written_down()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), default);
        SmtpTranscript transcript = new();

        await connection.SendAsync(SmtpTestMail.Envelope("before@example.com"), SmtpTestMail.Message, default);
        connection.Transcript = transcript;
        await connection.SendAsync(SmtpTestMail.Envelope("during@example.com"), SmtpTestMail.Message, default);
        connection.Transcript = null;
        await connection.SendAsync(SmtpTestMail.Envelope("after@example.com"), SmtpTestMail.Message, default);

        string text = transcript.ToString();
        Assert.Contains("during@example.com", text, StringComparison.Ordinal);
        Assert.DoesNotContain("before@example.com", text, StringComparison.Ordinal);
        Assert.DoesNotContain("after@example.com", text, StringComparison.Ordinal);
        Assert.Equal(3, sink.MessageCount);
    }

    [Fact]
    public async Task What_ended_an_attempt_is_its_last_line()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage == SmtpSinkStage.Ehlo ? SmtpSinkAction.Reply(421, "4.3.2\nbusy") : null;
        SmtpTranscript transcript = new();

        await Assert.ThrowsAsync<SmtpConnectException>(() => SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink), transcript, default));

        Assert.Equal(["421-4.3.2", "421 busy"], transcript.Lines.Where(line => line.Speaker == SmtpSpeaker.Server).Select(line => line.Text).TakeLast(2));
        Assert.Contains("refuses EHLO", transcript.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_conversation_keeps_its_beginning_and_its_end()
    {
        SmtpTranscript transcript = new(maxLength: 4000);
        for (int i = 0; i < 10_000; i++) transcript.Add(SmtpSpeaker.Client, $"line {i}");

        IReadOnlyList<SmtpTranscriptLine> lines = transcript.Lines;

        Assert.InRange(lines.Sum(line => line.Text.Length), 2500, 4000);
        Assert.Equal(("line 0", "line 9999"), (lines[0].Text, lines[^1].Text));
        Assert.Equal(10_000, lines.Count + transcript.OmittedLines);
        Assert.Contains($"... {transcript.OmittedLines} lines left out ...", transcript.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_is_cut_and_control_characters_are_spaces()
    {
        SmtpTranscript transcript = new();

        transcript.Add(SmtpSpeaker.Server, $"220 a\u001b[31mb\n{new string('x', 100_000)}");

        Assert.Equal("220 a [31mb", transcript.Lines[0].Text);
        Assert.Equal(SmtpTranscript.MaxLine, transcript.Lines[1].Text.Length);
    }
}
