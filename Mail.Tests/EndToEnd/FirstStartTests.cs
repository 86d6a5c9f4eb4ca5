using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.EndToEnd;

/// <summary>A cluster's first start: nobody has prepared the database.</summary>
[Trait("Category", "E2E")]
public sealed class FirstStartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Of_ten_processes_that_start_together_on_an_empty_database_one_migrates_and_all_come_up()
    {
        string connectionString = await postgres.CreateDatabaseAsync();
        await using SmtpSink sink = SmtpSink.Start();
        await using Cluster cluster = await Cluster.StartAsync(
            connectionString, apis: 4, workers: 6, ("SMTP_HOST", SmtpSink.Host), ("SMTP_PORT", $"{sink.Port}"), ("SMTP_TLS", "none"), ("Bootstrap__AdminEmail", "admin@example.com"), ("Bootstrap__AdminPassword", RunningMail.AdminPassword));
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);

        await Cluster.WaitForWorkersAsync(database, 6); // the APIs answer already

        // Applied a second time, the script would have failed at its first table, and its process with it.
        Assert.Equal(["1", "1", "1", "1", "1", "1"], await ReadAsync(database, "\"__EFMigrationsHistory\"", "projects", "api_keys", "users", "data_protection_keys", "installation"));
        await using NpgsqlCommand history = database.CreateCommand("""SELECT "MigrationId" FROM "__EFMigrationsHistory" """);
        Assert.Equal("0001_Initial", await history.ExecuteScalarAsync());
        foreach (HttpClient api in cluster.Clients)
        {
            using HttpResponseMessage sent = await api.PostAsync(new Uri("/emails", UriKind.Relative), Api.ApiFixture.Json("""{"from":"a@example.com","to":"first@example.net","subject":"s","text":"t"}"""));
            Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        }

        await sink.WaitForAsync(cluster.Clients.Count);
    }

    /// <returns>How many rows each has.</returns>
    private static async Task<IReadOnlyList<string>> ReadAsync(NpgsqlDataSource database, params string[] tables)
    {
        List<string> counts = [];
        foreach (string table in tables)
        {
#pragma warning disable CA2100 // a test's own constant
            await using NpgsqlCommand count = database.CreateCommand($"SELECT count(*)::text FROM {table}");
#pragma warning restore CA2100
            counts.Add((string)(await count.ExecuteScalarAsync())!);
        }

        return counts;
    }
}
