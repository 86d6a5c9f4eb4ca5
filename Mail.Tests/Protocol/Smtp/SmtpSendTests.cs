using System.Text;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

public sealed class SmtpSendTests
{
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(50); // only where the server never answers

    [Fact]
    public async Task One_connection_carries_many_messages_of_any_size()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnection connection = await ConnectAsync(sink);
        // Around the size of one block and of several.
        int[] sizes = [0, 1, 100, 32 * 1024 - 5, 32 * 1024, 32 * 1024 + 1, 64 * 1024, 1_000_000];
        byte[][] messages = [.. sizes.Select(Lines)];

        foreach (byte[] message in messages)
            Assert.True((await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), message, default)).AllAccepted);

        Assert.Equal(1, sink.ConnectionCount);
        Assert.Equal(messages.Select(Encoding.ASCII.GetString), sink.Messages.Select(m => m.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hundreds_of_recipients_have_their_own_replies(bool pipelining)
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Pipelining = pipelining });
        sink.Script = step => step.Stage is SmtpSinkStage.Rcpt && step.Argument.StartsWith("bad", StringComparison.Ordinal) ? SmtpSinkAction.Reply(550, $"5.1.1 no {step.Argument}") : null;
        await using SmtpConnection connection = await ConnectAsync(sink);
        string[] recipients = [.. Enumerable.Range(0, 450).Select(i => $"{(i % 3 == 0 ? "bad" : "good")}{i}@example.com")];

        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope(recipients), SmtpTestMail.Message, default);

        Assert.Equal(recipients, result.Recipients.Select(r => r.Recipient.Address));
        Assert.All(result.Recipients, r => Assert.Equal(r.Recipient.LocalPart.StartsWith("good", StringComparison.Ordinal), r.IsAccepted));
        Assert.All(result.Recipients.Where(r => !r.IsAccepted), r => Assert.Equal($"5.1.1 no {r.Recipient.Address}", r.Reply.Text));
        Assert.Equal(recipients.Where(r => r.StartsWith("good", StringComparison.Ordinal)), Assert.Single(sink.Messages).Recipients);
    }

    [Theory]
    [InlineData(SmtpSinkStage.Mail, true)]
    [InlineData(SmtpSinkStage.Rcpt, true)]
    [InlineData(SmtpSinkStage.Data, true)]
    [InlineData(SmtpSinkStage.EndOfData, true)]
    [InlineData(SmtpSinkStage.Mail, false)]
    [InlineData(SmtpSinkStage.Rcpt, false)]
    [InlineData(SmtpSinkStage.Data, false)]
    [InlineData(SmtpSinkStage.EndOfData, false)]
    public async Task After_a_refusal_at_any_step_the_connection_takes_the_next_message(SmtpSinkStage at, bool pipelining)
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Pipelining = pipelining });
        await using SmtpConnection connection = await ConnectAsync(sink);

        sink.Script = step => step.Stage == at ? SmtpSinkAction.Reply(451, "4.3.0 later") : null;
        SmtpTransactionResult refused = await connection.SendAsync(SmtpTestMail.Envelope("b@example.com", "c@example.com"), SmtpTestMail.Message, default);
        sink.Script = null;
        SmtpTransactionResult taken = await connection.SendAsync(SmtpTestMail.Envelope("d@example.com"), SmtpTestMail.Message, default);

        Assert.All(refused.Recipients, r => Assert.Equal("451 4.3.0 later", r.Reply.ToString()));
        Assert.True(taken.AllAccepted);
        Assert.Equal(["d@example.com"], Assert.Single(sink.Messages).Recipients);
        Assert.Equal(1, sink.ConnectionCount);
    }

    [Theory]
    [InlineData(SmtpSinkStage.Mail)]
    [InlineData(SmtpSinkStage.Rcpt)]
    [InlineData(SmtpSinkStage.Data)]
    public async Task Silence_before_the_final_dot_is_a_timeout_and_a_cut_is_a_lost_connection(SmtpSinkStage at)
    {
        await using SmtpSink sink = SmtpSink.Start();

        sink.Script = step => step.Stage == at ? SmtpSinkAction.Hang : null;
        await using SmtpConnection silent = await ConnectAsync(sink, new() { Mail = _short, Rcpt = _short, DataInitiation = _short });
        await Assert.ThrowsAsync<SmtpTimeoutException>(() => silent.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default));
        sink.Script = step => step.Stage == at ? SmtpSinkAction.Drop : null;
        await using SmtpConnection cut = await ConnectAsync(sink);
        await Assert.ThrowsAsync<SmtpConnectionLostException>(() => cut.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default));

        Assert.False(silent.IsReusable);
        Assert.False(cut.IsReusable);
        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_cut_after_the_final_dot_is_an_unknown_outcome_for_those_who_were_not_refused()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step switch
        {
            { Stage: SmtpSinkStage.Rcpt, Argument: "bad@example.com" } => SmtpSinkAction.Reply(550, "5.1.1 no"),
            { Stage: SmtpSinkStage.EndOfData } => SmtpSinkAction.TakeThenDrop,
            _ => null,
        };
        await using SmtpConnection connection = await ConnectAsync(sink);

        SmtpUnknownOutcomeException e = await Assert.ThrowsAsync<SmtpUnknownOutcomeException>(
            () => connection.SendAsync(SmtpTestMail.Envelope("b@example.com", "bad@example.com"), SmtpTestMail.Message, default));

        Assert.Equal("bad@example.com", Assert.Single(e.Refused).Recipient.Address);
        Assert.IsType<SmtpConnectionLostException>(e.InnerException);
        Assert.False(connection.IsReusable);
        Assert.Single(sink.Messages); // the server did take it: this is why the outcome is not "failed"
    }

    [Fact]
    public async Task Silence_and_cancellation_after_the_final_dot_are_unknown_outcomes_too()
    {
        await using SmtpSink sink = SmtpSink.Start();
        using CancellationTokenSource cancel = new();

        sink.Script = step => step.Stage is SmtpSinkStage.EndOfData ? SmtpSinkAction.TakeThenHang : null;
        await using SmtpConnection silent = await ConnectAsync(sink, new() { DataTermination = _short });
        SmtpUnknownOutcomeException late = await Assert.ThrowsAsync<SmtpUnknownOutcomeException>(() => silent.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default));
        sink.Script = step =>
        {
            if (step.Stage is not SmtpSinkStage.EndOfData) return null;
            cancel.Cancel();
            return SmtpSinkAction.TakeThenHang;
        };
        await using SmtpConnection patient = await ConnectAsync(sink);
        SmtpUnknownOutcomeException cancelled = await Assert.ThrowsAsync<SmtpUnknownOutcomeException>(() => patient.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, cancel.Token));

        Assert.IsType<SmtpTimeoutException>(late.InnerException);
        Assert.IsAssignableFrom<OperationCanceledException>(cancelled.InnerException);
    }

    [Fact]
    public async Task Whatever_fails_after_the_final_dot_is_an_unknown_outcome()
    {
        await using FailingStream server = new("220 mx\r\n", "250 mx\r\n", "250 ok\r\n", "250 ok\r\n", "354 go on\r\n");
        await using SmtpConnection connection = await SmtpConnection.ConnectAsync(server, new SmtpConnectionOptions { Host = "mx", Port = 25, TlsPolicy = SmtpTlsPolicy.None }, null, default);

        SmtpUnknownOutcomeException e = await Assert.ThrowsAsync<SmtpUnknownOutcomeException>(() => connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default));

        Assert.IsType<InvalidOperationException>(e.InnerException);
        Assert.False(connection.IsReusable);
    }

    [Fact]
    public async Task Nonsense_after_the_final_dot_is_an_unknown_outcome()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage is SmtpSinkStage.EndOfData ? SmtpSinkAction.Reply(354, "still listening") : null;
        await using SmtpConnection connection = await ConnectAsync(sink);

        SmtpUnknownOutcomeException e = await Assert.ThrowsAsync<SmtpUnknownOutcomeException>(() => connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default));

        Assert.IsType<SmtpProtocolException>(e.InnerException);
    }

    public static readonly TheoryData<SmtpSinkStage, bool> Steps = new()
    {
        { SmtpSinkStage.Mail, true }, { SmtpSinkStage.Rcpt, true }, { SmtpSinkStage.Data, true }, { SmtpSinkStage.EndOfData, true }, { SmtpSinkStage.Chunk, true },
        { SmtpSinkStage.Mail, false }, { SmtpSinkStage.Rcpt, false }, { SmtpSinkStage.Data, false }, { SmtpSinkStage.EndOfData, false }, { SmtpSinkStage.Chunk, false },
    };

    [Theory, MemberData(nameof(Steps))]
    public async Task A_421_at_any_step_is_everybodys_reply_and_the_end_of_the_connection(SmtpSinkStage at, bool pipelining)
    {
        await using SmtpSink sink = SmtpSink.Start(new() { Pipelining = pipelining, Chunking = at == SmtpSinkStage.Chunk });
        sink.Script = step => step.Stage == at ? SmtpSinkAction.Shutdown : null;
        await using SmtpConnection connection = await ConnectAsync(sink);

        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("b@example.com", "c@example.com"), Lines(at == SmtpSinkStage.Chunk ? 300_000 : 100), default);

        Assert.All(result.Recipients, r => Assert.Equal("421 4.3.2 shutting down", r.Reply.ToString()));
        Assert.False(connection.IsReusable);
        Assert.Empty(sink.Messages);
    }

    [Theory]
    [InlineData(SmtpSinkStage.Mail, 354)]
    [InlineData(SmtpSinkStage.Rcpt, 354)]
    [InlineData(SmtpSinkStage.Data, 250)]
    public async Task A_reply_that_does_not_fit_the_step_is_no_outcome(SmtpSinkStage at, int code)
    {
        foreach (bool pipelining in new[] { true, false })
        {
            await using SmtpSink sink = SmtpSink.Start(new() { Pipelining = pipelining });
            sink.Script = step => step.Stage == at ? SmtpSinkAction.Reply(code, "x") : null;
            await using SmtpConnection connection = await ConnectAsync(sink);

            await Assert.ThrowsAsync<SmtpProtocolException>(() => connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default));

            Assert.False(connection.IsReusable);
            Assert.Empty(sink.Messages);
        }
    }

    [Fact]
    public async Task A_connection_that_refuses_RSET_or_NOOP_takes_no_further_message()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage switch { SmtpSinkStage.Rcpt => SmtpSinkAction.Reply(550, "no"), SmtpSinkStage.Rset => SmtpSinkAction.Shutdown, SmtpSinkStage.Noop => SmtpSinkAction.Reply(502, "what"), _ => null };
        await using SmtpConnection atReset = await ConnectAsync(sink);
        await using SmtpConnection atNoop = await ConnectAsync(sink);

        Assert.Equal(550, Assert.Single((await atReset.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default)).Recipients).Reply.Code);
        Assert.Equal(502, (await atNoop.NoopAsync(default)).Code);

        Assert.False(atReset.IsReusable);
        Assert.False(atNoop.IsReusable);
    }

    [Fact]
    public async Task A_server_that_hangs_at_RSET_does_not_hide_the_replies()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step.Stage switch { SmtpSinkStage.Rcpt => SmtpSinkAction.Reply(550, "5.1.1 no"), SmtpSinkStage.Rset => SmtpSinkAction.Hang, _ => null };
        await using SmtpConnection connection = await ConnectAsync(sink, new() { Reset = _short });

        SmtpTransactionResult result = await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default);

        Assert.Equal("550 5.1.1 no", Assert.Single(result.Recipients).Reply.ToString());
        Assert.False(connection.IsReusable);
    }

    [Fact]
    public async Task The_caller_is_asked_before_the_content_and_may_stop_it()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnection connection = await ConnectAsync(sink);
        List<int> takenWhenAsked = [];

        await connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, _ => { takenWhenAsked.Add(sink.MessageCount); return ValueTask.CompletedTask; }, default);
        await Assert.ThrowsAsync<InvalidDataException>(() => connection.SendAsync(
            SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, _ => throw new InvalidDataException("the lease is over"), default));

        Assert.Equal([0], takenWhenAsked);
        Assert.Single(sink.Messages);
        Assert.False(connection.IsReusable);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_while_idle_is_not_reusable()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnection connection = await ConnectAsync(sink);
        Assert.Equal(250, (await connection.NoopAsync(default)).Code);
        Assert.True(connection.IsReusable);

        await sink.PauseAsync();

        Assert.True(SpinWait.SpinUntil(() => !connection.IsReusable, TimeSpan.FromSeconds(10)));
        await Assert.ThrowsAsync<SmtpConnectionLostException>(() => connection.SendAsync(SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, default));
    }

    [Fact]
    public async Task Goodbye_to_a_server_that_has_gone_is_no_failure()
    {
        await using SmtpSink sink = SmtpSink.Start();
        SmtpConnection connection = await ConnectAsync(sink);
        await sink.PauseAsync();

        await connection.QuitAsync(default);

        Assert.False(connection.IsReusable);
    }

    private static Task<SmtpConnection> ConnectAsync(SmtpSink sink, SmtpTimeouts? timeouts = null) =>
        SmtpConnection.ConnectAsync(SmtpConnectTests.Options(sink, timeouts: timeouts), default);

    // Lines that begin with a dot now and then, so that blocks end before, within and behind a doubled one.
    private static byte[] Lines(int size)
    {
        StringBuilder text = new();
        while (text.Length < size) text.Append(text.Length % 7 == 0 ? "." : "").Append('x', 1 + (text.Length % 60)).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Gives the replies one by one, then fails as no network does.</summary>
    private sealed class FailingStream(params string[] replies) : MemoryStream
    {
        private readonly Queue<string> _replies = new(replies);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _replies.TryDequeue(out string? reply) ? ValueTask.FromResult(System.Text.Encoding.ASCII.GetBytes(reply, buffer.Span)) : throw new InvalidOperationException("A fault of the transport.");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
