using System.Net.Mail;
using System.Net.Sockets;

namespace Mail.Tests.Support;

// The sink is checked with bytes and with the framework's own client, which share no code with ours.
public sealed class SmtpSinkTests
{
    [Fact]
    public async Task Keeps_what_is_sent_without_dot_stuffing()
    {
        await using SmtpSink sink = SmtpSink.Start();
        using TcpClient client = new(SmtpSink.Host, sink.Port);
        NetworkStream stream = client.GetStream();

        await stream.WriteAsync("""
            EHLO me
            MAIL FROM:<a@example.com> SIZE=9
            RCPT TO:<b@example.com>
            DATA
            one
            ..two
            ...three
            ..
            end
            .
            QUIT

            """.ReplaceLineEndings("\r\n").Select(c => (byte)c).ToArray());

        SmtpSinkMessage message = Assert.Single(await sink.WaitForAsync(1));
        Assert.Equal("a@example.com", message.MailFrom);
        Assert.Equal(["b@example.com"], message.Recipients);
        Assert.Equal("SIZE=9", message.MailParameters);
        Assert.Equal("one\r\n.two\r\n..three\r\n.\r\nend\r\n", message.Text);
        Assert.False(message.Secure);
    }

    [Fact]
    public async Task Replies_by_script()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Rcpt, Argument: "bad@example.com" } ? SmtpSinkAction.Reply(550, "5.1.1 no such user") : null;
        using SmtpClient client = new(SmtpSink.Host, sink.Port);

        SmtpFailedRecipientException refused = await Assert.ThrowsAsync<SmtpFailedRecipientException>(
            () => client.SendMailAsync("a@example.com", "bad@example.com", "Hello", "text"));

        Assert.Equal(SmtpStatusCode.MailboxUnavailable, refused.StatusCode);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_message_taken_before_a_drop_is_kept_although_the_client_sees_a_failure()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage is SmtpSinkStage.EndOfData ? SmtpSinkAction.TakeThenDrop : null;
        using SmtpClient client = new(SmtpSink.Host, sink.Port);

        await Assert.ThrowsAnyAsync<Exception>(() => client.SendMailAsync("a@example.com", "b@example.com", "Hello", "text"));

        Assert.Single(sink.Messages);
    }

    [Fact]
    public async Task Refuses_connections_while_paused_and_takes_mail_on_the_same_port_afterwards()
    {
        await using SmtpSink sink = SmtpSink.Start();
        int port = sink.Port;

        await sink.PauseAsync();
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(SmtpSink.Host, port));
        sink.Resume();
        using SmtpClient client = new(SmtpSink.Host, port);
        await client.SendMailAsync("a@example.com", "b@example.com", "Hello", "text");

        Assert.Equal(port, sink.Port);
        Assert.Single(await sink.WaitForAsync(1));
    }
}
