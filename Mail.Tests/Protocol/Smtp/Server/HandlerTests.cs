using System.Text;
using Mail.Protocol.Smtp;
using Mail.Protocol.Smtp.Server;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.Protocol.Smtp.Server;

// What the application is promised, and what the client is promised whatever the application does.
public sealed class HandlerTests
{
    private readonly RecordingHandler _handler = new();
    private readonly LinesLogger _log = new();

    [Fact]
    public async Task A_message_is_acknowledged_only_after_the_application_has_stored_it()
    {
        TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Message = async (_, _, _) =>
        {
            await stored.Task;
            return SmtpServerReplies.Stored("42");
        };
        await using MemoryClient client = await BeginAsync();
        Assert.StartsWith("354 ", await client.AskAsync("DATA"), StringComparison.Ordinal);
        await client.SendAsync("x\r\n.\r\nNOOP\r\n");

        Task<string> reply = client.ReadReplyAsync();
        Assert.False(reply.IsCompleted, reply.IsCompleted ? await reply : ""); // the memory client works inline: all that can happen has happened
        stored.SetResult();

        Assert.Equal("250 2.0.0 Stored as 42", await reply);
        Assert.Equal("250 2.0.0 Ok", await client.ReadReplyAsync());
    }

    [Fact]
    public async Task Messages_of_many_connections_may_wait_for_one_commit()
    {
        TaskCompletionSource committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int waiting = 0;
        _handler.Message = async (_, _, _) =>
        {
            Interlocked.Increment(ref waiting);
            await committed.Task;
            return SmtpServerReplies.Stored("1");
        };
        List<Task<string>> replies = [];
        List<MemoryClient> clients = [];
        for (int i = 0; i < 50; i++)
        {
            clients.Add(await BeginAsync());
            replies.Add(clients[i].AskAsync("BDAT 3 LAST\r\nx"));
        }

        Assert.Equal(50, waiting);
        Assert.DoesNotContain(replies, r => r.IsCompleted);
        committed.SetResult();

        Assert.All(await Task.WhenAll(replies), reply => Assert.Equal("250 2.0.0 Stored as 1", reply));
        foreach (MemoryClient client in clients) await client.DisposeAsync();
    }

    [Theory]
    [InlineData(451, "4.3.0 the database is away", "451 4.3.0 the database is away")]
    [InlineData(554, "no", "554 5.0.0 no")]
    [InlineData(552, "5.2.2 mailbox full\nask them", "552-5.2.2 mailbox full\n552 5.2.2 ask them")]
    public async Task What_the_application_does_not_store_is_not_acknowledged(int code, string text, string said)
    {
        _handler.Message = (_, _, _) => ValueTask.FromResult(new SmtpReply(code, text));
        await using MemoryClient client = await BeginAsync();

        await client.AskAsync("DATA");
        Assert.Equal(said, await client.AskAsync("x\r\n."));

        Assert.Empty(_handler.Messages);
        Assert.StartsWith("503 ", await client.AskAsync("RCPT TO:<b@example.net>"), StringComparison.Ordinal); // the transaction is over
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_that_fails_makes_the_client_come_again(bool isAtOnce)
    {
        async ValueTask<SmtpReply> FailAsync()
        {
            if (!isAtOnce) await Task.Yield();
            throw new InvalidOperationException("no table");
        }

        _handler.Message = (_, _, _) => isAtOnce ? throw new InvalidOperationException("no table") : FailAsync();
        _handler.Rcpt = (_, to, _) => to.Address.LocalPart == "fail" ? isAtOnce ? throw new InvalidOperationException("no table") : FailAsync() : ValueTask.FromResult(SmtpServerReplies.RecipientAccepted);
        _handler.Mail = (_, from, _) => from.Address!.LocalPart == "fail" ? FailAsync() : ValueTask.FromResult(SmtpServerReplies.SenderAccepted);
        await using MemoryClient client = await BeginAsync();

        Assert.Equal("451 4.3.0 Not possible now, try again later", await client.AskAsync("RCPT TO:<fail@example.net>"));
        await client.AskAsync("DATA");
        Assert.Equal("451 4.3.0 Not possible now, try again later", await client.AskAsync("x\r\n."));
        Assert.Equal("451 4.3.0 Not possible now, try again later", await client.AskAsync("MAIL FROM:<fail@example.com>"));
        Assert.Equal("250 2.0.0 Ok", await client.AskAsync("NOOP"));

        Assert.Equal(3, _log.Lines.Count(l => l.Contains("failed in the application", StringComparison.Ordinal) && l.Contains("no table", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(354)]
    [InlineData(600)]
    public async Task A_reply_that_is_no_answer_is_not_passed_on(int code)
    {
        _handler.Mail = (_, _, _) => ValueTask.FromResult(code == 0 ? null! : new SmtpReply(code, "what?"));
        await using MemoryClient client = Client();
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");

        Assert.StartsWith("451 4.3.0 ", await client.AskAsync("MAIL FROM:<a@example.com>"), StringComparison.Ordinal);
        Assert.Contains(_log.Lines, l => l.Contains("no final reply", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_that_takes_too_long_is_told_and_the_client_comes_again()
    {
        _handler.Message = async (_, _, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return SmtpServerReplies.Stored("never");
        };
        await using MemoryClient client = await BeginAsync(o => o.HandlerTimeout = TimeSpan.FromMilliseconds(20));

        await client.AskAsync("DATA");
        Assert.StartsWith("451 4.3.0 ", await client.AskAsync("x\r\n."), StringComparison.Ordinal);
        Assert.Contains(_log.Lines, l => l.Contains("took the application longer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_421_of_the_application_ends_the_connection()
    {
        _handler.Mail = (_, _, _) => ValueTask.FromResult(new SmtpReply(421, "4.7.0 go away"));
        await using MemoryClient client = Client();
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");

        await client.SendAsync("MAIL FROM:<a@example.com>\r\nNOOP\r\n");
        await client.EndAsync();

        Assert.Equal("421 4.7.0 go away\r\n", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Nothing_is_read_while_the_application_works_and_no_memory_is_kept_afterwards()
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception, MaxMessageSize = 1_000_000, MaxBufferedSize = 2_000_000 };
        SmtpServer server = new(options, _handler, _log, TimeProvider.System);
        TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _handler.Message = async (_, message, _) =>
        {
            Assert.Equal(500_002, message.Content.Length);
            await stored.Task;
            Assert.Equal(500_002, message.Content.Length); // the memory is still ours
            return SmtpServerReplies.Stored("1");
        };
        await using MemoryClient client = new(server);
        await client.ReadReplyAsync();
        await client.SendAsync("EHLO client\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nBDAT 500002 LAST\r\n");
        for (int i = 0; i < 3; i++) await client.ReadReplyAsync();
        string line = new string('x', 98) + "\r\n";
        await client.SendAsync(string.Concat(Enumerable.Repeat(line, 5000)) + "\r\n");
        long held = server.BufferedSize;
        await client.SendAsync(string.Concat(Enumerable.Repeat("NOOP\r\n", 10)));

        Assert.InRange(held, 500_002, 600_000);
        Assert.Equal(held, server.BufferedSize);
        stored.SetResult();
        Assert.StartsWith("250 2.0.0 Stored", await client.ReadReplyAsync(), StringComparison.Ordinal);
        for (int i = 0; i < 10; i++) Assert.StartsWith("250 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal(0, server.BufferedSize);
    }

    [Fact]
    public async Task The_logs_hold_no_address_no_password_and_no_body()
    {
        _handler.Authenticate = (_, c, _) => ValueTask.FromResult(c.Password == "right-Pa55word" ? SmtpServerReplies.Authenticated : SmtpServerReplies.WrongCredentials);
        SmtpServerOptions options = new() { AllowClearTextFromLoopback = true, AuthFailureDelay = TimeSpan.Zero };
        await using MemoryClient client = new(new SmtpServer(options, _handler, _log, TimeProvider.System), System.Net.IPAddress.Loopback);
        await client.ReadReplyAsync();
        await client.AskAsync("EHLO client");
        foreach (string password in new[] { "wrong-Pa55word", "right-Pa55word" }) await client.AskAsync($"AUTH PLAIN {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0alice@example.com\0{password}"))}");
        await client.AskAsync("MAIL FROM:<secret.sender@example.com>");
        await client.AskAsync("RCPT TO:<secret.recipient@example.net>");
        await client.AskAsync("DATA");
        await client.AskAsync("Subject: secret body\r\n.");
        await client.AskAsync("QUIT");

        string all = string.Join('\n', _log.Lines);
        Assert.Contains("a***@example.com signed in by PLAIN", all, StringComparison.Ordinal);
        Assert.Contains("a***@example.com from 127.0.0.1:40000 was not signed in: 535", all, StringComparison.Ordinal);
        Assert.Contains("message of 22 octets from s***@example.com for 1 recipients is taken (ESMTPA)", all, StringComparison.Ordinal);
        Assert.DoesNotMatch("secret|Pa55word|alice", all);
    }

    private MemoryClient Client(Action<SmtpServerOptions>? configure = null)
    {
        SmtpServerOptions options = new() { Role = SmtpServerRole.Reception };
        configure?.Invoke(options);
        return new MemoryClient(new SmtpServer(options, _handler, _log, TimeProvider.System));
    }

    private async Task<MemoryClient> BeginAsync(Action<SmtpServerOptions>? configure = null)
    {
        MemoryClient client = Client(configure);
        await client.ReadReplyAsync();
        foreach (string line in new[] { "EHLO client", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.net>" }) Assert.StartsWith("250", await client.AskAsync(line), StringComparison.Ordinal);
        return client;
    }

    private sealed class LinesLogger : ILogger<SmtpServer>
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get { lock (_lines) return [.. _lines]; }
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
        }
    }
}
