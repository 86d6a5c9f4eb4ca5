using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.EndToEnd;

/// <summary>
/// From one version to the next and back in the order of docs/guides/upgrade.md, under load. Needs a checkout of an older version with the same schema, built: run it by name, with MAIL_OLD_VERSION set to
/// that folder.
/// </summary>
[Trait("Category", "E2E")]
public sealed class UpgradeTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Apis = 2, Workers = 3;
    private static readonly TimeSpan _sideBySide = TimeSpan.FromSeconds(10);

    [Fact(Explicit = true)]
    public async Task The_next_version_and_the_one_before_run_side_by_side_and_neither_way_loses_or_doubles_a_message()
    {
        string old = Environment.GetEnvironmentVariable("MAIL_OLD_VERSION") ?? throw new InvalidOperationException("MAIL_OLD_VERSION is not set: the folder of a checkout of an older version, built."), next = Repository.Root;
        await using SmtpSink sink = SmtpSink.Start();
        string database = await postgres.CreateDatabaseAsync();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        IReadOnlyDictionary<string, string> environment = Cluster.EnvironmentOf(database, ("SMTP_HOST", SmtpSink.Host), ("SMTP_PORT", $"{sink.Port}"), ("SMTP_TLS", "none"), ("Delivery__Lease", "00:10:00"), ("SECRET_KEY", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48))));
        string[] versions = [.. new[] { next, old }.Select(VersionOf)];
        Assert.NotEqual(versions[0], versions[1]);
        Uri[] addresses = [.. Enumerable.Range(0, Apis).Select(_ => new Uri($"http://127.0.0.1:{FreePort.Next()}"))];
        VersionProcess[] apis = [.. addresses.Select(address => new VersionProcess("Mail.Api", environment, address))], workers = [.. Enumerable.Range(0, Workers).Select(_ => new VersionProcess("Mail.Worker", environment))];
        HttpClient[] clients = [.. addresses.Select(address => new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "Authorization", $"Bearer {Cluster.ApiKey}" } } })];
        try
        {
            foreach (VersionProcess api in apis)
            {
                api.Start(old);
                await api.WaitUntilReadyAsync();
            }

            foreach (VersionProcess worker in workers) worker.Start(old);
            await Cluster.WaitForWorkersAsync(source, Workers);
            ClusterLoad load = new(clients);
            using CancellationTokenSource enough = new();
            Task sending = load.RunAsync(apps: 4, enough.Token);

            foreach (string version in (string[])[next, old])
            {
                await using VersionProcess migrate = new("Mail.Worker", environment);
                migrate.Start(version, "--migrate-only");
                Assert.Equal(0, await migrate.EndAsync());
                await ReplaceAsync(workers, version, () => Cluster.WaitForWorkersAsync(source, Workers));
                int before = load.Accepted.Count;
                await Task.Delay(_sideBySide); // all workers of one version, all APIs of the other
                Assert.True(load.Accepted.Count > before + 100, "There was no load while both versions ran.");
                await ReplaceAsync(apis, version, () => Task.CompletedTask);
                Assert.All(await VersionsAsync(clients[0]), seen => Assert.Equal(VersionOf(version), seen));
                output.WriteLine($"{load.Accepted.Count} accepted, all workers are {VersionOf(version)}");
            }

            await enough.CancelAsync();
            await sending;
            await Eventually.TrueAsync(async () => await WaitingAsync(source) == 0, TimeSpan.FromSeconds(60));
            ChaosLedger ledger = await ChaosLedger.ReadAsync(NpgsqlDataSource.Create(database), new Dictionary<string, SmtpSink> { ["default"] = sink });
            output.WriteLine($"{load.Accepted.Count} accepted, another API asked {load.AskedAgain} times\n{ledger.Table(heldAtKills: 0)}");
            ledger.AssertHonest([.. load.Accepted], heldAtKills: 0);
            Assert.Equal(load.Accepted.Count, sink.MessageCount);
        }
        finally
        {
            foreach (VersionProcess process in (VersionProcess[])[.. apis, .. workers]) await process.DisposeAsync();
            foreach (HttpClient client in clients) client.Dispose();
        }
    }

    private static async Task ReplaceAsync(VersionProcess[] processes, string version, Func<Task> come)
    {
        foreach (VersionProcess process in processes)
        {
            Assert.Equal(0, await process.StopAsync());
            process.Start(version);
            if (process.HasAddress) await process.WaitUntilReadyAsync();
            await come();
        }
    }

    private static async Task<string[]> VersionsAsync(HttpClient api) =>
        [.. JsonDocument.Parse(await api.GetStringAsync(new Uri("/system", UriKind.Relative))).RootElement.GetProperty("workers").EnumerateArray().Where(worker => worker.GetProperty("alive").GetBoolean()).Select(worker => worker.GetProperty("version").GetString()!)];

    /// <summary>Of what is built there; as GET /system shows it: with the first eight digits of the commit.</summary>
    private static string VersionOf(string checkout)
    {
        string[] parts = FileVersionInfo.GetVersionInfo(Path.Combine(checkout, "Mail.Worker", "bin", "Debug", "net10.0", "Mail.Worker.dll")).ProductVersion!.Split('+');
        return parts.Length == 1 ? parts[0] : $"{parts[0]}+{parts[1][..8]}";
    }

    private static async Task<long> WaitingAsync(NpgsqlDataSource database)
    {
        await using NpgsqlCommand count = database.CreateCommand("SELECT count(*) FROM deliveries");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
