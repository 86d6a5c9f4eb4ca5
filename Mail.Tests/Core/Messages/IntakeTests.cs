using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Messages;

public sealed class IntakeTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly ProjectId _project = ProjectId.New(DateTimeOffset.UtcNow);

    private string _connectionString = "";
    private NpgsqlDataSource _dataSource = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateMigratedDatabaseAsync();
        _dataSource = NpgsqlDataSource.Create(_connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await postgres.DropDatabaseAsync(_connectionString);
    }

    [Fact]
    public async Task One_row_that_the_database_refuses_does_not_take_its_companions_with_it()
    {
        await using Intake intake = await StartAsync();
        Submission poisoned = Submission(subject: "a\0b"); // past every check, as a bug would bring it

        Task<Result<IntakeResult>>[] good = [.. Enumerable.Range(0, 40).Select(_ => intake.Committer.CommitAsync(Submission()))];
        Task<Result<IntakeResult>> bad = intake.Committer.CommitAsync(poisoned);
        Task<Result<IntakeResult>>[] more = [.. Enumerable.Range(0, 40).Select(_ => intake.Committer.CommitAsync(Submission()))];

        await Assert.ThrowsAsync<PostgresException>(() => bad);
        Assert.All(await Task.WhenAll([.. good, .. more]), result => Assert.Equal(IntakeOutcome.Accepted, result.Value.Outcome));
        Assert.Equal(80, await CountAsync("messages"));
        Assert.Equal(80, await CountAsync("deliveries"));
    }

    [Fact]
    public async Task A_full_waiting_room_is_said_at_once_and_stores_nothing()
    {
        await using Intake intake = Build(new IntakeOptions { WaitingRoom = 1 }); // not started: nobody takes from the room
        Task<Result<IntakeResult>> first = intake.Committer.CommitAsync(Submission());

        Result<IntakeResult> second = await intake.Committer.CommitAsync(Submission());

        Assert.Equal((FailureKind.Unavailable, "service_unavailable"), (second.Failure!.Kind, second.Failure.Code));
        await intake.Committer.StartAsync(CancellationToken.None);
        Assert.Equal(IntakeOutcome.Accepted, (await first).Value.Outcome);
        Assert.Equal(1, await CountAsync("messages"));
    }

    [Fact]
    public async Task Connections_that_die_under_load_neither_lose_nor_double_a_message()
    {
        await using Intake intake = await StartAsync();
        using CancellationTokenSource stop = new();
        Task killer = KillConnectionsAsync(stop.Token);

        List<Task<Result<IntakeResult>>> running = [];
        for (int i = 0; i < 600; i++)
        {
            running.Add(intake.Committer.CommitAsync(Submission(key: i % 3 == 0 ? $"key-{i}" : null)));
            if (i % 20 == 0) await Task.Delay(10);
        }

        Result<IntakeResult>[] results = await Task.WhenAll(running);
        await stop.CancelAsync();
        await killer;
        _dataSource.Clear(); // the pool still holds connections that were killed
        Assert.All(results, result => Assert.Equal(IntakeOutcome.Accepted, result.Value.Outcome));
        Assert.Equal(600, await CountAsync("messages"));
        Assert.Equal(600, await CountAsync("deliveries"));
    }

    [Fact]
    public async Task Batches_that_share_keys_in_opposite_order_do_not_block_each_other()
    {
        await using Intake intake = await StartAsync();

        Result<IntakeResult>[] results = await Task.WhenAll(Enumerable.Range(0, 400).Select(i =>
            intake.Committer.CommitAsync(Submission(key: $"key-{(i % 2 == 0 ? i / 2 % 20 : 19 - (i / 2 % 20))}", hash: "same"))));

        Assert.Equal(20, results.Count(result => result.Value.Outcome is IntakeOutcome.Accepted));
        Assert.Equal(380, results.Count(result => result.Value.Outcome is IntakeOutcome.Replayed));
        Assert.Equal(20, await CountAsync("messages"));
    }

    [Fact]
    public async Task An_expired_key_may_be_used_again()
    {
        await using Intake intake = await StartAsync();
        Assert.Equal(IntakeOutcome.Accepted, (await intake.Committer.CommitAsync(Submission(key: "k", hash: "first"))).Value.Outcome);
        await using NpgsqlCommand expire = _dataSource.CreateCommand("UPDATE idempotency_keys SET expires_at = now() - interval '1 second'");
        await expire.ExecuteNonQueryAsync();

        Result<IntakeResult> again = await intake.Committer.CommitAsync(Submission(key: "k", hash: "second"));

        Assert.Equal(IntakeOutcome.Accepted, again.Value.Outcome);
        Assert.Equal(2, await CountAsync("messages"));
    }

    [Fact]
    public async Task A_host_that_stops_commits_what_it_has_taken()
    {
        Intake intake = await StartAsync();
        Task<Result<IntakeResult>>[] running = [.. Enumerable.Range(0, 300).Select(_ => intake.Committer.CommitAsync(Submission()))];

        await intake.DisposeAsync();

        Assert.All(await Task.WhenAll(running), result => Assert.Equal(IntakeOutcome.Accepted, result.Value.Outcome));
        Assert.Equal(300, await CountAsync("messages"));
    }

    [Fact]
    public async Task An_api_whose_clock_is_ahead_makes_no_message_wait()
    {
        await using Intake intake = Build(new IntakeOptions(), new ManualClock(DateTimeOffset.UtcNow.AddHours(1)));
        await intake.Committer.StartAsync(CancellationToken.None);

        Assert.Equal(IntakeOutcome.Accepted, (await intake.Committer.CommitAsync(Submission())).Value.Outcome);

        await using NpgsqlCommand due = _dataSource.CreateCommand("SELECT count(*) FROM deliveries WHERE state = 'queued' AND next_attempt_at <= now()");
        Assert.Equal(1L, await due.ExecuteScalarAsync());
    }

    private async Task<Intake> StartAsync()
    {
        Intake intake = Build(new IntakeOptions());
        await intake.Committer.StartAsync(CancellationToken.None);
        return intake;
    }

    private Intake Build(IntakeOptions options, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        ServiceCollection services = new();
        services.AddDeliverySignal();
        ServiceProvider provider = services.AddSingleton(_dataSource).AddSingleton(clock).AddLogging().BuildServiceProvider();
        IntakeCommits commits = new(_dataSource, provider.GetRequiredService<DeliverySignal>(), Options.Create(options), clock);
        return new Intake(new IntakeCommitter(commits, Options.Create(options), clock, NullLogger<IntakeCommitter>.Instance), provider);
    }

    private async Task KillConnectionsAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await using NpgsqlConnection connection = new(_connectionString + ";Pooling=false");
            await connection.OpenAsync(CancellationToken.None);
            await using NpgsqlCommand kill = new("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", connection);
            await kill.ExecuteNonQueryAsync(CancellationToken.None);
            await Task.Delay(30, CancellationToken.None);
        }
    }

    private async Task<long> CountAsync(string table)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = _dataSource.CreateCommand($"SELECT count(*) FROM {table}");
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Submission Submission(string? key = null, string subject = "s", string? hash = null)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        StoredMessage message = new(
            _project, MessageId.New(now), now, Lane.Normal, false, DeliveryGuarantee.AtLeastOnce, subject,
            new MessageEnvelope("a@example.com", ["b@example.net"], [], [], [], []), new MessageContent(null, "t", null, new Dictionary<string, string>(), []), null, null);
        NewMessage created = new(message, "{}", "{}", [new NewDelivery(DeliveryId.New(now), "b@example.net", RecipientKind.To)]);
        IdempotencyRecord? record = key is null ? null : new IdempotencyRecord(key, SHA256.HashData(Encoding.UTF8.GetBytes(hash ?? message.Id.ToString())));
        return new Submission(_project, [created], record, $$"""{"id":"{{message.Id}}"}""");
    }

    private sealed record Intake(IntakeCommitter Committer, ServiceProvider Services) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Committer.StopAsync(CancellationToken.None);
            await Services.DisposeAsync();
        }
    }
}
