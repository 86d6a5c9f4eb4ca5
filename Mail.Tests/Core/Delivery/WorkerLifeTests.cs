using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Mail.Tests.Core.Delivery;

/// <summary>How workers start, share, stop and die.</summary>
public sealed class WorkerLifeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_stopping_worker_finishes_what_it_is_sending_and_gives_the_rest_back_at_once()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(100);
        using SemaphoreSlim gate = new(0);
        FakeRelay relay = new() { Before = (_, ct) => gate.WaitAsync(ct) };
        TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:Concurrency"] = "10", ["Delivery:ConcurrencyForCritical"] = "2" });
        await Eventually.TrueAsync(() => relay.Offered.Count == 8);

        Task stopping = worker.StopAsync();
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE state = 'queued' AND lease_token IS NULL") == 92);
        gate.Release(8);
        await stopping;

        Assert.Equal(8, await database.CountAsync("finished_deliveries WHERE state = 'sent'"));
        Assert.Equal(0, await database.CountAsync("deliveries WHERE lease_token IS NOT NULL"));
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task What_outlasts_the_drain_is_given_back_when_the_relay_cannot_have_taken_it()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        FakeRelay relay = new() { Before = (_, ct) => Task.Delay(Timeout.Infinite, ct) };
        TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:DrainTimeout"] = "00:00:00.1" });
        await Eventually.TrueAsync(() => relay.Offered.Count == 1);

        await worker.StopAsync();

        Assert.Equal("queued", (await database.RecipientAsync("a@example.com")).State);
        await worker.DisposeAsync();
    }

    [Fact]
    public async Task A_critical_message_overtakes_a_flood_that_keeps_every_other_sender_busy()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(1000, Lane.Bulk);
        using SemaphoreSlim gate = new(0);
        FakeRelay relay = new() { Before = (message, ct) => message.Lane == Lane.Bulk ? gate.WaitAsync(ct) : Task.CompletedTask };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);
        await Eventually.TrueAsync(() => relay.Offered.Count == 28);

        await database.AddMessageAsync(["code@example.com"], Lane.Critical);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE recipient = 'code@example.com' AND state = 'sent'") == 1);
        Assert.Equal(28, relay.Offered.Count(message => message.Lane == Lane.Bulk));
        gate.Release(1000);
    }

    /// <summary>The first worker loses the database for good in the middle, as a killed one would. What it had sent and could not tell may arrive twice, nothing else.</summary>
    [Fact]
    public async Task Of_500_messages_whose_worker_dies_in_the_middle_all_arrive()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(500);
        string dying = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "dying" }.ConnectionString;
        Dictionary<string, string?> settings = new() { ["Delivery:Lease"] = "00:00:03", ["Delivery:TakeOverInterval"] = "00:00:00.3", ["Delivery:DrainTimeout"] = "00:00:00", ["Delivery:HeldPerLane"] = "100" };
        using SemaphoreSlim gate = new(120);
        FakeRelay relay = new() { Before = (_, ct) => gate.WaitAsync(ct) };
        TestWorker first = await TestWorker.StartAsync(dying, relay, settings);
        await Eventually.TrueAsync(() => relay.Taken.Count > 100);
        await first.CutOffAsync(database.Source, "dying");
        long unrecorded = await database.CountAsync("deliveries WHERE lease_token IS NOT NULL");
        gate.Release(1000);

        await using TestWorker second = await TestWorker.StartAsync(database.ConnectionString, relay, settings);
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 500);
        await first.DisposeAsync();

        Assert.InRange(unrecorded, 1, 100);
        Assert.Equal(500, relay.Taken.Distinct().Count());
        Assert.InRange(relay.Taken.Count - 500, 0, unrecorded);
        Assert.Equal(0, await database.CountAsync("deliveries"));
    }

    [Fact]
    public async Task A_worker_goes_on_after_its_database_connections_were_cut()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(600);
        string own = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "unlucky" }.ConnectionString;
        FakeRelay relay = new() { Before = (_, ct) => Task.Delay(5, ct) };
        await using TestWorker worker = await TestWorker.StartAsync(own, relay, new() { ["Delivery:Lease"] = "00:00:03", ["Delivery:TakeOverInterval"] = "00:00:00.3" });
        for (int cut = 1; cut <= 3; cut++)
        {
            await Eventually.TrueAsync(() => relay.Taken.Count > 100 * cut);
            await using NpgsqlCommand terminate = database.Source.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'unlucky'");
            await terminate.ExecuteNonQueryAsync();
        }

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 600);
        Assert.Equal(0, await database.CountAsync("deliveries"));
        Assert.Equal(600, relay.Taken.Distinct().Count());
    }

    [Fact]
    public async Task A_message_whose_lease_was_lost_while_it_waited_for_a_connection_is_not_sent()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        using SemaphoreSlim connection = new(0);
        int waiting = 0;
        FakeRelay relay = new()
        {
            BeforeStart = ct =>
            {
                Interlocked.Increment(ref waiting);
                return connection.WaitAsync(ct);
            },
        };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:Lease"] = "00:00:02", ["Delivery:TakeOverInterval"] = "00:10:00" });
        await Eventually.TrueAsync(() => Volatile.Read(ref waiting) == 1);
        await using (NpgsqlCommand steal = database.Source.CreateCommand("UPDATE deliveries SET lease_token = gen_random_uuid(), lease_until = now() + interval '1 hour'"))
            await steal.ExecuteNonQueryAsync();
        await Task.Delay(TimeSpan.FromSeconds(2)); // past the lease as this worker knows it, heartbeats included

        connection.Release();
        DeliveryLeases leases = worker.Services.GetRequiredService<DeliveryLeases>();
        await Eventually.TrueAsync(() => leases.Count == 0);

        Assert.Empty(relay.Offered);
        Assert.Equal("sending", (await database.RecipientAsync("a@example.com")).State);
    }

    [Fact]
    public async Task Heartbeats_keep_a_message_that_takes_longer_than_its_lease()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        FakeRelay relay = new() { Before = (_, ct) => Task.Delay(TimeSpan.FromSeconds(6), ct) };
        Dictionary<string, string?> settings = new() { ["Delivery:Lease"] = "00:00:02", ["Delivery:TakeOverInterval"] = "00:00:00.2" };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, settings), other = await TestWorker.StartAsync(database.ConnectionString, relay, settings);

        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 1);

        Assert.Single(relay.Offered);
    }

    [Fact]
    public async Task A_worker_whose_database_stands_still_for_longer_than_a_lease_takes_over_nothing_from_itself()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessagesAsync(10);
        using SemaphoreSlim gate = new(0);
        FakeRelay relay = new() { Before = (_, ct) => gate.WaitAsync(ct) };
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new()
        {
            ["Delivery:Concurrency"] = "4", ["Delivery:ConcurrencyForCritical"] = "1", ["Delivery:HeldPerLane"] = "20", ["Delivery:BatchSize"] = "10",
            ["Delivery:Lease"] = "00:00:02", ["Delivery:TakeOverInterval"] = "00:00:00.1",
        });
        await Eventually.TrueAsync(() => relay.Offered.Count == 3);
        await using (NpgsqlConnection stall = await database.Source.OpenConnectionAsync())
        {
            await using NpgsqlTransaction transaction = await stall.BeginTransactionAsync();
            await using NpgsqlCommand standStill = new("LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE", stall, transaction);
            await standStill.ExecuteNonQueryAsync();
            gate.Release(1); // its outcome waits for the database, too
            await Task.Delay(TimeSpan.FromSeconds(4));
        }

        gate.Release(100);
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") == 10);

        Assert.Equal(10, relay.Taken.Count);
        Assert.Equal(0, await database.CountAsync("events WHERE type <> 'email.sent'"));
        DeliveryLeases leases = worker.Services.GetRequiredService<DeliveryLeases>();
        await Eventually.TrueAsync(() => leases.Count == 0);
        Assert.Equal(20, leases.RoomIn(Lane.Normal));
    }

    /// <summary>Those that only waited beside the message that killed the workers go on; the one that outlasts the whole schedule is given up.</summary>
    [Theory, InlineData("35 minutes", 40, "sent"), InlineData("25 hours", 12, "sent"), InlineData("25 hours", 13, "failed")]
    public async Task A_message_that_dying_workers_held_is_given_up_only_after_the_whole_time_and_all_retries(string since, int takeovers, string state)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await database.AddMessageAsync(["a@example.com"]);
        await using (NpgsqlCommand die = database.Source.CreateCommand("UPDATE deliveries SET takeovers = $1, first_attempt_at = now() - $2::interval"))
        {
            die.Parameters.AddTyped(takeovers).AddTyped(since);
            await die.ExecuteNonQueryAsync();
        }

        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay);
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries") == 1);

        var recipient = await database.RecipientAsync("a@example.com");
        Assert.Equal((state, 1), (recipient.State, recipient.Attempts));
        Assert.Equal(state == "sent" ? 1 : 0, relay.Offered.Count);
        if (state == "failed") Assert.Contains("13 workers stopped", recipient.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_of_another_process_wakes_a_worker_that_would_not_look_for_a_minute()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(database.ConnectionString, relay, new() { ["Delivery:PollInterval"] = "00:01:00" });
        await using TestWorker other = TestWorker.Create(database.ConnectionString, new FakeRelay()); // has the signal; its worker is not started
        DeliverySignalSender sender = new(other.Services.GetRequiredService<DeliverySignal>(), database.Source, NullLogger<DeliverySignalSender>.Instance);
        await sender.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(async () => await database.CountAsync("pg_stat_activity WHERE query = 'LISTEN mail_deliveries' AND state = 'idle' AND datname = current_database()") == 1);

        for (int i = 0; i < 3; i++)
        {
            await database.AddMessageAsync([$"a{i}@example.com"]);
            other.Services.GetRequiredService<DeliverySignal>().Raise();
            await Eventually.TrueAsync(() => relay.Taken.Count == i + 1, TimeSpan.FromSeconds(30));
        }

        await sender.StopAsync(CancellationToken.None);
    }
}
