using System.Net;
using System.Net.Sockets;
using System.Text;
using Mail.Protocol.Smtp.Server;
using Mail.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mail.Tests.Protocol.Smtp.Server;

// How connections end: by time, by the host, by the client.
public sealed class EndingTests
{
    private readonly RecordingHandler _handler = new();

    [Theory]
    [InlineData("")]
    [InlineData("NOO")]
    [InlineData("EHLO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nSubject: x\r\n")]
    [InlineData("EHLO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 100\r\nSubject: x\r\n")]
    public async Task A_client_that_falls_silent_hears_421(string said)
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, Linger = TimeSpan.FromMilliseconds(1), CommandTimeout = TimeSpan.FromMilliseconds(100), DataTimeout = TimeSpan.FromMilliseconds(100) };
        await using MemoryClient client = new(options, _handler);

        await client.SendAsync(said);

        Assert.EndsWith("421 4.4.2 Nothing came for too long\r\n", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(_handler.Messages);
    }

    [Fact]
    public async Task A_message_that_trickles_in_for_too_long_is_given_up()
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, Linger = TimeSpan.FromMilliseconds(1), MessageTimeout = TimeSpan.FromMilliseconds(200) };
        await using MemoryClient client = new(options, _handler);
        await client.SendAsync("EHLO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n");

        Task<string> said = client.ReadToEndAsync();
        while (!said.IsCompleted)
        {
            await client.SendAsync("x");
            await Task.Delay(10);
        }

        Assert.EndsWith("421 4.4.2 Nothing came for too long\r\n", await said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_lasts_too_long_ends_between_messages()
    {
        await using MemoryClient client = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, Linger = TimeSpan.FromMilliseconds(1), SessionTimeout = TimeSpan.FromMilliseconds(100) }, _handler);

        Assert.EndsWith("421 4.4.2 The connection has lasted too long; open another\r\n", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_server_is_stopped_waiting_clients_hear_421()
    {
        await using MemoryClient client = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, Linger = TimeSpan.FromMilliseconds(1) }, _handler);
        await client.ReadReplyAsync();
        await client.SendAsync("EHLO client\r\nMAIL FR");
        await client.ReadReplyAsync();

        client.RequestClose();
        await client.EndAsync();

        Assert.Equal("421 4.3.2 The server is shutting down\r\n", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task When_the_server_is_stopped_a_message_under_way_is_finished_first()
    {
        TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Message = async (_, _, _) =>
        {
            await stored.Task;
            return SmtpServerReplies.Stored("1");
        };
        await using MemoryClient client = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, Linger = TimeSpan.FromMilliseconds(1) }, _handler);
        await client.SendAsync("HELO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n");
        for (int i = 0; i < 5; i++) await client.ReadReplyAsync();
        await client.SendAsync("x\r\n");

        client.RequestClose();
        await client.SendAsync(".\r\n");
        stored.SetResult();

        Assert.Equal("250 2.0.0 Stored as 1", await client.ReadReplyAsync());
        Assert.Equal("421 4.3.2 The server is shutting down", await client.ReadReplyAsync());
        Assert.Single(_handler.Messages);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EHLO client\r\n")]
    [InlineData("EHLO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nx\r\n.")]
    [InlineData("EHLO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 3 LAST\r\nxy")]
    public async Task A_client_that_goes_leaves_no_half_message(string said)
    {
        SmtpServer server = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, Linger = TimeSpan.FromMilliseconds(1) }, _handler, NullLogger<SmtpServer>.Instance, TimeProvider.System);
        MemoryClient client = new(server);
        await client.SendAsync(said);

        await client.DisposeAsync();

        Assert.Empty(_handler.Messages);
        Assert.Equal((0, 0L), (server.Connections, server.BufferedSize));
    }

    [Fact]
    public async Task A_client_that_closes_its_half_gets_all_its_answers()
    {
        await using MemoryClient client = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, Linger = TimeSpan.FromMilliseconds(1) }, _handler);

        await client.SendAsync("HELO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n");
        await client.EndAsync();

        Assert.EndsWith("250 2.0.0 Stored as 1\r\n221 2.0.0 Bye\r\n", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_stops_waits_for_the_message_that_is_being_stored_and_says_421()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        RecordingHandler handler = new()
        {
            Message = async (_, _, _) =>
            {
                begun.SetResult();
                await stored.Task;
                return SmtpServerReplies.Stored("1");
            },
        };
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(handler: handler, withTls: false);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
        await client.GetStream().WriteAsync("HELO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\nx\r\n.\r\n"u8.ToArray());
        await begun.Task;

        Task stopping = server.StopAsync();
        stored.SetResult();

        string all = await reader.ReadToEndAsync();
        Assert.EndsWith("250 2.0.0 Stored as 1\r\n421 4.3.2 The server is shutting down\r\n", all, StringComparison.Ordinal);
        await stopping;
        Assert.Single(handler.Messages);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_client_that_reads_nothing_is_torn_off(bool sendsOn)
    {
        await using RunningSmtpServer server = await RunningSmtpServer.StartAsync(o => (o.WriteTimeout, o.MaxIdleCommands) = (TimeSpan.FromMilliseconds(100), int.MaxValue), withTls: false);
        using Socket client = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048 };
        await client.ConnectAsync(IPAddress.Loopback, server.Port);
        byte[] commands = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("HELP\r\n", 10_000)));

        // Its answers are twenty times as long: they fill every buffer on the way.
        for (int i = 0; i < 50 && client.Poll(1000, SelectMode.SelectWrite); i++) await client.SendAsync(commands);
        if (!sendsOn) client.Shutdown(SocketShutdown.Send);

        await Eventually.TrueAsync(() => !IsAlive(client));
    }

    // Without taking anything out of its buffer.
    private static bool IsAlive(Socket socket)
    {
        try { return socket.Receive(new byte[1], SocketFlags.Peek) > 0 && socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is 0; }
        catch (SocketException) { return false; }
    }
}
