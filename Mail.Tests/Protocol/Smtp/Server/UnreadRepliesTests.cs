using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Mail.Protocol.Smtp.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mail.Tests.Protocol.Smtp.Server;

// Who sends commands and reads no reply costs neither memory nor a connection for longer than the time to write.
public sealed class UnreadRepliesTests
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(300);

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_client_that_reads_no_replies_is_cut_off(bool isTls)
    {
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(options => (options.WriteTimeout, options.MaxIdleCommands) = (_short, int.MaxValue));
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, isTls ? server.ImplicitTlsPort : server.Port);
        await using Stream stream = isTls ? await SecureAsync(new NetworkStream(socket)) : new NetworkStream(socket);
        byte[] commands = [.. Enumerable.Repeat("NOOP\r\n"u8.ToArray(), 10_000).SelectMany(octets => octets)];
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));

        Exception? end = await Record.ExceptionAsync(async () =>
        {
            while (true) await stream.WriteAsync(commands, late.Token);
        });

        Assert.IsAssignableFrom<IOException>(end);
    }

    [Fact]
    public async Task A_connection_counts_until_the_host_has_closed_it_and_is_torn_down_when_that_takes_too_long()
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, WriteTimeout = _short };
        SmtpServer server = new(options, new RecordingHandler(), NullLogger<SmtpServer>.Instance, TimeProvider.System);
        Pipe toServer = new(), fromServer = new();
        DefaultConnectionContext connection = new("c1", new MemoryClient.Pipes(toServer.Reader, fromServer.Writer), new MemoryClient.Pipes(fromServer.Reader, toServer.Writer));
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionClosed.UnsafeRegister(_ => closed.SetResult(), null); // callbacks run last first: the server's before this one
        await toServer.Writer.WriteAsync("QUIT\r\n"u8.ToArray());

        await server.OnConnectedAsync(connection);
        int before = server.Connections;
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(1, before);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Replies_to_pipelined_commands_are_not_collected_without_end()
    {
        Pipe toServer = new(new PipeOptions(pauseWriterThreshold: 0)), fromServer = new(new PipeOptions(pauseWriterThreshold: 0));
        long most = 0;
        RecordingHandler handler = new()
        {
            Rcpt = (_, _, _) =>
            {
                most = Math.Max(most, fromServer.Writer.UnflushedBytes);
                return ValueTask.FromResult(SmtpServerReplies.RecipientAccepted);
            },
        };
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, MaxRecipients = 100_000 };
        SmtpServer server = new(options, handler, NullLogger<SmtpServer>.Instance, TimeProvider.System);
        DefaultConnectionContext connection = new("c1", new MemoryClient.Pipes(toServer.Reader, fromServer.Writer), new MemoryClient.Pipes(fromServer.Reader, toServer.Writer));
        await toServer.Writer.WriteAsync("EHLO client\r\nMAIL FROM:<a@example.com>\r\n"u8.ToArray());
        await toServer.Writer.WriteAsync(Enumerable.Repeat("RCPT TO:<b@example.net>\r\n"u8.ToArray(), 5000).SelectMany(octets => octets).ToArray());
        await toServer.Writer.CompleteAsync();

        await server.OnConnectedAsync(connection);

        Assert.InRange(most, 1, 8 * 1024);
    }

    private static async Task<SslStream> SecureAsync(Stream stream)
    {
        SslStream tls = new(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null });
        return tls;
    }
}
