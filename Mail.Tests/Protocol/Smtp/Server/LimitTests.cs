using System.Net;
using Mail.Protocol.Smtp.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mail.Tests.Protocol.Smtp.Server;

public sealed class LimitTests
{
    private readonly RecordingHandler _handler = new();

    [Theory]
    [InlineData(2046, "250 ")]
    [InlineData(2047, "500 5.5.2 ")]
    [InlineData(50_000, "500 5.5.2 ")]
    public async Task A_command_line_over_the_limit_is_passed_over_and_answered_once(int length, string reply)
    {
        await using MemoryClient client = await BeginAsync();

        Assert.StartsWith(reply, await client.AskAsync("NOOP " + new string('a', length - 5)), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.AskAsync("NOOP"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(998, "250 ")]
    [InlineData(999, "554 5.6.0 ")]
    public async Task A_text_line_over_the_limit_is_refused(int length, string reply)
    {
        await using MemoryClient client = await BeginMessageAsync(o => o.MaxTextLine = 1000);

        await client.AskAsync("DATA");
        Assert.StartsWith(reply, await client.AskAsync($"a\r\n{new string('x', length)}\r\nb\r\n."), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(998, "250 ")]
    [InlineData(999, "552 5.3.4 ")]
    [InlineData(1_000_000, "552 5.3.4 ")]
    public async Task A_message_over_the_size_is_refused_after_its_end(int length, string reply)
    {
        await using MemoryClient client = await BeginMessageAsync(o => o.MaxMessageSize = 1000);

        await client.AskAsync("DATA");
        Assert.StartsWith(reply, await client.AskAsync($"{new string('x', length)}\r\n."), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.AskAsync("NOOP"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_size_counts_over_all_chunks_and_the_rest_of_them_are_passed_over()
    {
        await using MemoryClient client = await BeginMessageAsync(o => o.MaxMessageSize = 1000);

        await client.SendAsync($"BDAT 600\r\n{new string('x', 600)}BDAT 600\r\n{new string('x', 600)}BDAT 600 LAST\r\n{new string('x', 600)}NOOP\r\n");

        foreach (string reply in new[] { "250 2.0.0 600 ", "552 5.3.4 ", "503 5.5.1 ", "250 2.0.0 Ok" }) Assert.StartsWith(reply, await client.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_recipients_than_the_limit_are_for_another_copy()
    {
        await using MemoryClient client = await BeginMessageAsync(o => o.MaxRecipients = 2);

        Assert.StartsWith("250 ", await client.AskAsync("RCPT TO:<c@example.net>"), StringComparison.Ordinal);
        for (int i = 0; i < 200; i++) Assert.StartsWith("452 4.5.3 ", await client.AskAsync($"RCPT TO:<{i}@example.net>"), StringComparison.Ordinal);
        await client.AskAsync("DATA");
        Assert.StartsWith("250 ", await client.AskAsync("x\r\n."), StringComparison.Ordinal);

        Assert.Equal(["b@example.net", "c@example.net"], Assert.Single(_handler.Messages).To);
    }

    [Theory]
    [InlineData("FROB", 20, "421 4.7.0 Too many errors")]
    [InlineData("NOOP", 99, "421 4.7.0 Too many commands")] // and the EHLO before
    [InlineData("RCPT TO:<bad@example.net>", 100, "421 4.7.0 Too many refused")]
    [InlineData("RCPT TO:<>", 100, "421 4.7.0 Too many refused")]
    public async Task What_brings_no_message_nearer_ends_the_connection(string command, int times, string reply)
    {
        await using MemoryClient client = command.StartsWith("RCPT", StringComparison.Ordinal) ? await BeginMessageAsync() : await BeginAsync();

        for (int i = 0; i < times; i++) Assert.DoesNotMatch("^421", await client.AskAsync(command));

        Assert.StartsWith(reply, await client.AskAsync(command), StringComparison.Ordinal);
        Assert.Equal("", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_message_taken_makes_up_for_what_came_before()
    {
        await using MemoryClient client = await BeginAsync();

        for (int message = 0; message < 3; message++)
        {
            for (int i = 0; i < 15; i++) await client.AskAsync("FROB");
            for (int i = 0; i < 80; i++) await client.AskAsync("NOOP");
            await client.SendAsync("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 1 LAST\r\nx");
            for (int i = 0; i < 3; i++) Assert.StartsWith("250 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_has_signed_in_may_send_to_a_list_of_dead_addresses()
    {
        await using MemoryClient client = new(new SmtpServerOptions { AllowClearTextFromLoopback = true }, _handler, IPAddress.Loopback);
        await client.ReadReplyAsync();
        foreach (string line in new[] { "EHLO client", "AUTH PLAIN AGFsaWNlAHNlY3JldA==", "MAIL FROM:<a@example.com>" }) Assert.StartsWith("2", await client.AskAsync(line), StringComparison.Ordinal);

        for (int i = 0; i < 300; i++) Assert.StartsWith("550 ", await client.AskAsync("RCPT TO:<bad@example.net>"), StringComparison.Ordinal);
        Assert.StartsWith("250 ", await client.AskAsync("RCPT TO:<b@example.net>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_opens_only_so_many_connections_and_may_come_again_after_closing_one()
    {
        SmtpServer server = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, MaxConnections = 4, MaxConnectionsPerAddress = 2 }, _handler, NullLogger<SmtpServer>.Instance, TimeProvider.System);
        MemoryClient[] clients = [.. "192.0.2.1 192.0.2.1 192.0.2.1 2001:db8::1 2001:db8::2 2001:db8::3 2001:db8:0:1::1 2001:db8:0:2::1".Split(' ').Select(a => new MemoryClient(server, IPAddress.Parse(a)))];

        List<string> greetings = [];
        foreach (MemoryClient client in clients) greetings.Add((await client.ReadReplyAsync())[..3]);

        Assert.Equal(["220", "220", "421", "220", "220", "421", "421", "421"], greetings); // the last two by the limit over all
        Assert.Equal(4, server.Connections);
        await clients[0].DisposeAsync();
        await using MemoryClient again = new(server, IPAddress.Parse("192.0.2.1"));
        Assert.StartsWith("220 ", await again.ReadReplyAsync(), StringComparison.Ordinal);
        foreach (MemoryClient client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task When_all_messages_together_need_too_much_memory_a_client_is_asked_to_come_again()
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, MaxMessageSize = 100_000, MaxBufferedSize = 150_000 };
        SmtpServer server = new(options, _handler, NullLogger<SmtpServer>.Instance, TimeProvider.System);
        await using MemoryClient first = new(server), second = new(server);
        string half = $"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 90000\r\n{new string('x', 1000)}";
        await first.SendAsync(half);
        await second.SendAsync(half);
        string line = new string('x', 998) + "\r\n";
        string rest = string.Concat(Enumerable.Repeat(line, 89));

        await first.SendAsync(rest);
        await second.SendAsync(rest);
        await first.SendAsync("BDAT 0 LAST\r\n");

        Assert.Equal(["220", "250", "250", "250", "250", "250"], await CodesAsync(first, 6));
        Assert.Equal(["220", "250", "250", "250", "452"], await CodesAsync(second, 5));
        Assert.Equal(0, server.BufferedSize);
    }

    [Fact]
    public async Task One_address_cannot_use_up_the_memory_for_all()
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, MaxMessageSize = 100_000, MaxBufferedSize = 1_000_000, MaxBufferedSizePerAddress = 150_000 };
        SmtpServer server = new(options, _handler, NullLogger<SmtpServer>.Instance, TimeProvider.System);
        await using MemoryClient first = new(server, IPAddress.Parse("192.0.2.1")), second = new(server, IPAddress.Parse("192.0.2.1")), other = new(server, IPAddress.Parse("192.0.2.2"));
        string whole = $"EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 90000\r\n{string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 90))}";

        foreach (MemoryClient client in new[] { first, second, other }) await client.SendAsync(whole);

        Assert.Equal(["220", "250", "250", "250", "250"], await CodesAsync(first, 5));
        Assert.Equal(["220", "250", "250", "250", "452"], await CodesAsync(second, 5));
        Assert.Equal(["220", "250", "250", "250", "250"], await CodesAsync(other, 5));
        await first.SendAsync("BDAT 0 LAST\r\n");
        await other.SendAsync("BDAT 0 LAST\r\n");
        Assert.Equal(["250"], await CodesAsync(first, 1));
        Assert.Equal(["250"], await CodesAsync(other, 1));
        Assert.Equal(0, server.BufferedSize);
    }

    [Fact]
    public async Task Errors_after_the_first_ones_are_answered_late()
    {
        await using MemoryClient client = new(new SmtpServerOptions { Role = SmtpServerRole.Reception, MaxPromptErrors = 1, ErrorDelay = TimeSpan.FromDays(1) }, _handler);
        await client.ReadReplyAsync();
        await client.SendAsync("FROB\r\nFROB\r\nNOOP\r\n");

        Assert.StartsWith("500 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Task<string> second = client.ReadReplyAsync();
        Assert.False(second.IsCompleted);

        client.RequestClose(); // a server that is being stopped waits for nobody
        Assert.StartsWith("500 ", await second, StringComparison.Ordinal);
        Assert.StartsWith("421 4.3.2 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
    }

    private async Task<MemoryClient> BeginAsync(Action<SmtpServerOptions>? configure = null)
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, ErrorDelay = TimeSpan.Zero, Linger = TimeSpan.FromMilliseconds(1) };
        configure?.Invoke(options);
        MemoryClient client = new(options, _handler);
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");
        return client;
    }

    private async Task<MemoryClient> BeginMessageAsync(Action<SmtpServerOptions>? configure = null)
    {
        MemoryClient client = await BeginAsync(configure);
        await client.AskAsync("MAIL FROM:<a@example.com>");
        await client.AskAsync("RCPT TO:<b@example.net>");
        return client;
    }

    private static async Task<List<string>> CodesAsync(MemoryClient client, int count)
    {
        List<string> codes = [];
        while (codes.Count < count) codes.Add((await client.ReadReplyAsync())[..3]);
        return codes;
    }
}
