using System.Collections.Concurrent;
using Mail.Protocol.Smtp;
using Mail.Tests.Support;

namespace Mail.Tests.Protocol.Smtp;

public sealed class SmtpConnectionPoolTests
{
    [Fact]
    public async Task Callers_wait_in_order_and_urgent_ones_first()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 1 });
        SmtpPooledConnection held = await RentAsync(pool, sink);
        ConcurrentQueue<string> served = new();

        List<Task> callers = [];
        foreach (string name in new[] { "one", "two", "urgent one", "three", "urgent two" })
        {
            // Each is in the queue before the next comes.
            ValueTask<SmtpPooledConnection> rent = pool.RentAsync(Options(sink), false, new SmtpPoolRequest { IsUrgent = name.StartsWith("urgent", StringComparison.Ordinal) }, default);
            callers.Add(ServeAsync(rent, name));
        }
        await held.DisposeAsync();
        await Task.WhenAll(callers);

        Assert.Equal(["urgent one", "urgent two", "one", "two", "three"], served);
        Assert.Equal(1, sink.ConnectionCount);

        async Task ServeAsync(ValueTask<SmtpPooledConnection> rent, string name)
        {
            await using SmtpPooledConnection rented = await rent;
            served.Enqueue(name);
        }
    }

    [Fact]
    public async Task Who_stops_waiting_keeps_no_place_and_takes_none_from_the_others()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 1 });
        SmtpPooledConnection held = await RentAsync(pool, sink);
        using CancellationTokenSource cancel = new();
        Task<SmtpPooledConnection> impatient = pool.RentAsync(Options(sink), false, null, cancel.Token).AsTask();
        Task<SmtpPooledConnection> patient = RentAsync(pool, sink).AsTask();

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.False(patient.IsCompleted);
        await held.DisposeAsync();

        await (await patient).DisposeAsync();
        await (await RentAsync(pool, sink)).DisposeAsync();
    }

    [Fact]
    public async Task Some_places_are_for_urgent_callers_only_and_one_always_for_all()
    {
        await using SmtpSink sink = SmtpSink.Start();
        foreach ((int most, int reserved, int forOthers) in new[] { (3, 1, 2), (2, 5, 1) })
        {
            await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = most, ReservedForUrgent = reserved });
            List<SmtpPooledConnection> held = [];
            for (int i = 0; i < forOthers; i++) held.Add(await RentAsync(pool, sink));

            Task<SmtpPooledConnection> other = RentAsync(pool, sink).AsTask();
            held.Add(await pool.RentAsync(Options(sink), false, new SmtpPoolRequest { IsUrgent = true }, default));
            Assert.False(other.IsCompleted);

            foreach (SmtpPooledConnection one in held) await one.DisposeAsync();
            await (await other).DisposeAsync();
        }
    }

    [Fact]
    public async Task A_failure_to_connect_gives_its_place_to_the_next()
    {
        await using SmtpSink sink = SmtpSink.Start();
        sink.Script = step => step is { Stage: SmtpSinkStage.Connect, Connection: <= 3 } ? SmtpSinkAction.Reply(421, "busy") : null;
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 1 });

        Task<SmtpTransactionResult?>[] sends = [.. Enumerable.Range(0, 5).Select(_ => SendAsync(pool, sink))];
        await Task.WhenAll(sends.Select(send => send.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(3, sends.Count(send => send.Exception?.InnerException is SmtpConnectException));
        Assert.Equal(2, sink.MessageCount);
    }

    [Fact]
    public async Task Many_callers_share_few_connections_and_every_message_arrives_once()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 4, MaxTransactions = 10 });

        await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
            Assert.True((await pool.SendAsync(Options(sink), SmtpTestMail.Envelope($"b{i}@example.com"), SmtpTestMail.Message, null, default))!.AllAccepted)));

        Assert.Equal(400, sink.Messages.Select(message => Assert.Single(message.Recipients)).Distinct().Count());
        Assert.All(sink.Messages.GroupBy(message => message.Connection), messages => Assert.InRange(messages.Count(), 1, 10));
    }

    [Fact]
    public async Task Servers_and_accounts_do_not_share_connections_and_equal_options_do()
    {
        await using SmtpSink sink = SmtpSink.Start(new() { UserName = "ann", Password = "secret" });
        await using SmtpSink other = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 1 });
        SmtpConnectionOptions Account(string? name) => SmtpConnectTests.Options(sink, userName: name, password: name is null ? null : "secret");

        await using SmtpPooledConnection ann = await pool.RentAsync(Account("ann"), false, null, default);
        await using SmtpPooledConnection nobody = await pool.RentAsync(Account(null), false, null, default);
        await using SmtpPooledConnection elsewhere = await RentAsync(pool, other);
        Task<SmtpPooledConnection> annAgain = pool.RentAsync(Account("ann"), false, null, default).AsTask();
        Assert.False(annAgain.IsCompleted);
        await ann.DisposeAsync();

        await using SmtpPooledConnection again = await annAgain;
        Assert.Same(ann.Connection, again.Connection);
        Assert.Equal((2, 1), (sink.ConnectionCount, other.ConnectionCount));
    }

    public static readonly TheoryData<SmtpSinkStage, string> Deaths = new()
    {
        { SmtpSinkStage.Mail, "drop" }, { SmtpSinkStage.Rcpt, "drop" }, { SmtpSinkStage.Data, "drop" }, { SmtpSinkStage.Mail, "421" }, { SmtpSinkStage.Mail, "530" },
    };

    [Theory, MemberData(nameof(Deaths))]
    public async Task A_used_connection_that_turns_out_to_be_dead_fails_no_message(SmtpSinkStage stage, string how)
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 1 });
        await SendAsync(pool, sink);
        SmtpSinkAction action = how switch { "drop" => SmtpSinkAction.Drop, "421" => SmtpSinkAction.Shutdown, _ => SmtpSinkAction.Reply(530, "5.7.0 sign in again") };
        sink.Script = step => step.Connection == 1 && step.Stage == stage ? action : null;

        Assert.True((await SendAsync(pool, sink))!.AllAccepted);

        Assert.Equal((2, 2), (sink.ConnectionCount, sink.MessageCount));
    }

    [Theory]
    [InlineData("421", 421)]
    [InlineData("530", 530)]
    public async Task On_a_new_connection_the_same_is_the_outcome(string how, int code)
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions());
        sink.Script = step => step.Stage == SmtpSinkStage.Mail ? how == "421" ? SmtpSinkAction.Shutdown : SmtpSinkAction.Reply(530, "5.7.0 sign in") : null;

        SmtpTransactionResult result = (await SendAsync(pool, sink))!;

        Assert.Equal((code, code == 530), (result.Recipients[0].Reply.Code, result.IsAccessRefused));
        Assert.Equal(1, sink.ConnectionCount);
    }

    [Fact]
    public async Task A_message_that_may_have_been_taken_is_not_sent_again()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions());
        await SendAsync(pool, sink);
        sink.Script = step => step.Stage == SmtpSinkStage.EndOfData ? SmtpSinkAction.TakeThenDrop : null;

        await Assert.ThrowsAsync<SmtpUnknownOutcomeException>(() => SendAsync(pool, sink));

        Assert.Equal((1, 2), (sink.ConnectionCount, sink.MessageCount));
    }

    [Fact]
    public async Task Idle_connections_are_closed_with_a_goodbye_after_their_time()
    {
        await using SmtpSink sink = SmtpSink.Start();
        int quits = 0;
        sink.Script = step => { if (step.Stage == SmtpSinkStage.Quit) Interlocked.Increment(ref quits); return null; };
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { IdleTimeout = TimeSpan.FromMilliseconds(200) });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SendAsync(pool, sink)));

        await Eventually.TrueAsync(() => Volatile.Read(ref quits) == sink.ConnectionCount);
        int before = sink.ConnectionCount;
        await SendAsync(pool, sink);

        Assert.Equal(before + 1, sink.ConnectionCount);
    }

    [Fact]
    public async Task A_new_connection_never_makes_more_than_allowed()
    {
        await using SmtpSink sink = SmtpSink.Start();
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 1 });
        await SendAsync(pool, sink);
        await using SmtpPooledConnection probe = await pool.RentAsync(Options(sink), mustBeNew: true, null, default);

        Assert.False(probe.WasIdle);
        Assert.Equal(2, sink.ConnectionCount);
        await Eventually.TrueAsync(() => sink.OpenConnectionCount == 1);
    }

    [Fact]
    public async Task Disposal_says_goodbye_ends_the_waiting_and_closes_what_comes_back()
    {
        await using SmtpSink sink = SmtpSink.Start();
        SmtpConnectionPool pool = new(new SmtpPoolOptions { MaxConnections = 2 });
        SmtpPooledConnection idle = await RentAsync(pool, sink);
        SmtpPooledConnection held = await RentAsync(pool, sink);
        await idle.DisposeAsync();
        SmtpPooledConnection last = await RentAsync(pool, sink);
        Task<SmtpPooledConnection> waiting = RentAsync(pool, sink).AsTask();
        await last.DisposeAsync();
        await (await waiting).DisposeAsync();
        Task<SmtpPooledConnection>[] late = [RentAsync(pool, sink).AsTask(), RentAsync(pool, sink).AsTask()]; // the second finds no place

        await pool.DisposeAsync();
        await pool.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => late[1]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => RentAsync(pool, sink).AsTask());
        await (await late[0]).DisposeAsync();
        await held.DisposeAsync();
        await held.DisposeAsync(); // twice is once
        await Eventually.TrueAsync(() => sink.OpenConnectionCount == 0);
    }

    [Fact]
    public async Task What_cannot_work_is_refused_at_once()
    {
        Assert.Throws<ArgumentException>(() => new SmtpConnectionPool(new SmtpPoolOptions { MaxConnections = 0 }));
        Assert.Throws<ArgumentException>(() => new SmtpConnectionPool(new SmtpPoolOptions { IdleTimeout = TimeSpan.Zero }));
        await using SmtpConnectionPool pool = new(new SmtpPoolOptions());
        await Assert.ThrowsAsync<ArgumentException>(() => pool.RentAsync(new SmtpConnectionOptions { Host = "", Port = 25 }, false, null, default).AsTask());
    }

    private static SmtpConnectionOptions Options(SmtpSink sink) => SmtpConnectTests.Options(sink);

    private static ValueTask<SmtpPooledConnection> RentAsync(SmtpConnectionPool pool, SmtpSink sink) => pool.RentAsync(Options(sink), false, null, default);

    private static Task<SmtpTransactionResult?> SendAsync(SmtpConnectionPool pool, SmtpSink sink) =>
        pool.SendAsync(Options(sink), SmtpTestMail.Envelope("b@example.com"), SmtpTestMail.Message, null, default);
}
