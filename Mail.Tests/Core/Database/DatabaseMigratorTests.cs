using System.Diagnostics;
using System.Net.Sockets;
using Mail.Core.Database;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Core.Database;

public sealed class DatabaseMigratorTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_start_waits_for_a_database_that_is_away_and_then_migrates()
    {
        NpgsqlConnectionStringBuilder server = new(await postgres.CreateDatabaseAsync());
        await using LoopbackServer door = new(async (client, number, ct) =>
        {
            if (number <= 2) return; // as one that restarts: the connection is made and cut
            using TcpClient real = new();
            await real.ConnectAsync(server.Host!, server.Port, ct);
            await Task.WhenAny(client.CopyToAsync(real.GetStream(), ct), real.GetStream().CopyToAsync(client, ct));
        });
        NpgsqlConnectionStringBuilder throughDoor = new(server.ConnectionString) { Host = "127.0.0.1", Port = door.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable };

        await Migration.RunAsync(throughDoor.ConnectionString);

        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server.ConnectionString);
        await using NpgsqlCommand count = source.CreateCommand("SELECT count(*) FROM deliveries");
        Assert.Equal(0L, await count.ExecuteScalarAsync());
        Assert.True(door.ConnectionCount > 2);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_told_at_once()
    {
        NpgsqlConnectionStringBuilder server = new(await postgres.CreateDatabaseAsync()) { Database = "there_is_none" };
        long started = Stopwatch.GetTimestamp();

        PostgresException thrown = await Assert.ThrowsAsync<PostgresException>(() => Migration.RunAsync(server.ConnectionString));

        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, thrown.SqlState);
        Assert.True(Stopwatch.GetElapsedTime(started) < new DatabaseOptions().WaitFor, "It was waited for.");
    }
}
