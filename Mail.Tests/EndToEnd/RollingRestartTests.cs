using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.EndToEnd;

/// <summary>Processes are stopped and started as an update does. Leases are so long here that whatever a stopping worker did not give back would be missing at the end.</summary>
[Trait("Category", "E2E")]
public sealed class RollingRestartTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Rounds = 2;

    private readonly SmtpSink _sink = SmtpSink.Start();
    private string _connectionString = "";
    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        _database = NpgsqlDataSource.Create(_connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Two_apis_and_three_workers_each_restarted_twice_under_load_lose_nothing_and_send_nothing_twice()
    {
        await using Cluster cluster = await StartAsync(apis: 2, workers: 3);
        TakeFor(TimeSpan.FromMilliseconds(5)); // so that a worker that is told to stop has something in its hands
        ClusterLoad load = new(cluster.Clients);
        using CancellationTokenSource enough = new();
        Task sending = load.RunAsync(apps: 4, enough.Token);

        for (int round = 0; round < Rounds; round++) await Task.WhenAll(RestartAsync(cluster, cluster.ApiNames), RestartAsync(cluster, cluster.WorkerNames));
        await enough.CancelAsync();
        await sending;

        await RunningMail.EventuallyAsync(() => CountAsync("deliveries"), waiting => waiting == 0, TimeSpan.FromSeconds(60));
        IReadOnlySet<string> accepted = load.Accepted;
        ChaosLedger ledger = await ChaosLedger.ReadAsync(NpgsqlDataSource.Create(_connectionString), new Dictionary<string, SmtpSink> { ["default"] = _sink });
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted.Count} accepted, another API asked {load.AskedAgain} times\n{ledger.Table(heldAtKills: 0)}");
        Assert.InRange(accepted.Count, 1000, int.MaxValue); // else this was no load
        ledger.AssertHonest([.. accepted], heldAtKills: 0);
        Assert.Equal(accepted.Count, _sink.MessageCount); // a clean stop leaves no outcome open
    }

    [Fact]
    public async Task A_worker_that_stops_gives_back_at_once_what_it_held_and_another_one_delivers_it()
    {
        await using Cluster cluster = await StartAsync(apis: 1, workers: 2);
        await cluster.StopAsync("worker-2");
        TakeFor(TimeSpan.FromSeconds(1)); // a worker alone would need ten seconds
        string[] ids = await SendBatchesAsync(cluster.Clients[0], batches: 3);
        await RunningMail.EventuallyAsync(() => CountAsync("deliveries WHERE lease_token IS NOT NULL"), held => held > 100, TimeSpan.FromSeconds(20));

        long told = Stopwatch.GetTimestamp();
        await cluster.StopAsync("worker-1");
        TimeSpan took = Stopwatch.GetElapsedTime(told);

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.Equal(0, await CountAsync("deliveries WHERE lease_token IS NOT NULL"));
        Assert.InRange(await CountAsync("deliveries WHERE state = 'queued' AND next_attempt_at <= now()"), 50, 300); // they wait for nothing
        TakeFor(TimeSpan.FromMilliseconds(10));
        await cluster.StartAsync("worker-2");
        await _sink.WaitForAsync(ids.Length, TimeSpan.FromSeconds(30));
        await RunningMail.EventuallyAsync(() => CountAsync("deliveries"), waiting => waiting == 0, TimeSpan.FromSeconds(30));
        Assert.Equal(ids.Order(), _sink.Messages.Select(MessageIds.Of).Order());
    }

    private async Task<Cluster> StartAsync(int apis, int workers)
    {
        Cluster cluster = await Cluster.StartAsync(_connectionString, apis, workers, ("SMTP_HOST", SmtpSink.Host), ("SMTP_PORT", $"{_sink.Port}"), ("SMTP_TLS", "none"), ("Delivery__Lease", "00:10:00"));
        await Cluster.WaitForWorkersAsync(_database, workers);
        return cluster;
    }

    private void TakeFor(TimeSpan time) => _sink.Script = step => step.Stage is SmtpSinkStage.EndOfData ? SmtpSinkAction.TakeAfter(time) : null;

    private async Task RestartAsync(Cluster cluster, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            await cluster.StopAsync(name);
            await cluster.StartAsync(name);
            if (cluster.WorkerNames.Contains(name)) await Cluster.WaitForWorkersAsync(_database, cluster.WorkerNames.Count);
        }
    }

    private static async Task<string[]> SendBatchesAsync(HttpClient api, int batches)
    {
        List<string> ids = [];
        for (int batch = 0; batch < batches; batch++)
        {
            using HttpResponseMessage response = await api.PostAsJsonAsync(
                new Uri("/emails/batch", UriKind.Relative), Enumerable.Range(0, 100).Select(i => new { from = "a@example.com", to = $"b{batch}-{i}@example.net", subject = "s", text = "t" }));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using System.Text.Json.JsonDocument answer = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            ids.AddRange(answer.RootElement.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
        }

        return [.. ids];
    }

    private async Task<long> CountAsync(string rows)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand count = _database.CreateCommand($"SELECT count(*) FROM {rows}");
#pragma warning restore CA2100
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
