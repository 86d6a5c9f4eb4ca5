using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Database;

/// <summary>Brings the schema up to date, or waits until another process has: nothing else of a host starts before.</summary>
public sealed partial class DatabaseMigrator(
    MailDbContext db, NpgsqlDataSource dataSource, PartitionMaintenance partitions, IOptions<DatabaseOptions> options, TimeProvider clock, ILogger<DatabaseMigrator> logger)
{
    /// <summary>Any number, the same for all our processes: only one of them migrates at a time.</summary>
    private const long AdvisoryLock = 0x4D61696C;

    private static readonly TimeSpan _betweenTries = TimeSpan.FromSeconds(1);

    /// <summary>A database that is away for the moment, such as one that restarts, is waited for.</summary>
    /// <exception cref="DbUpdateException">A migration failed; nothing of it was kept.</exception>
    /// <exception cref="NpgsqlException">The database stayed away (<see cref="DatabaseOptions.WaitFor"/>), or does not let us in.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        long started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                if (options.Value.Migrate) await MigrateAsync(ct);
                else await WaitForSchemaAsync(ct);
                return;
            }
            catch (Exception e) when (DatabaseAway.IsCauseOf(e) && clock.GetElapsedTime(started) < options.Value.WaitFor)
            {
                LogAway(e.Message);
                await Task.Delay(_betweenTries, clock, ct);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        // An own connection holds the lock, so that it stands over all of the migrations' transactions and ends with the process.
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandTimeout = 0; // another process may be migrating a large table
        command.CommandText = $"SELECT pg_advisory_lock({AdvisoryLock})";
        await command.ExecuteNonQueryAsync(ct);
        try
        {
            List<string> pending = [.. await db.Database.GetPendingMigrationsAsync(ct)];
            if (pending.Count > 0)
            {
                LogMigrating(pending);
                await db.Database.MigrateAsync(ct);
            }

            await partitions.EnsureAsync(clock.GetUtcNow(), ct);
        }
        finally
        {
            if (connection.State == ConnectionState.Open) // else the lock ended with the connection
            {
                command.CommandText = $"SELECT pg_advisory_unlock({AdvisoryLock})";
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }

    private async Task WaitForSchemaAsync(CancellationToken ct)
    {
        while ((await db.Database.GetPendingMigrationsAsync(ct)).ToList() is { Count: > 0 } pending)
        {
            LogWaiting(pending);
            await Task.Delay(TimeSpan.FromSeconds(2), clock, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be used yet; trying again: {Problem}")]
    private partial void LogAway(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applying migrations: {Names}")]
    private partial void LogMigrating(List<string> names);

    [LoggerMessage(Level = LogLevel.Information, Message = "Database__Migrate is false; waiting for the --migrate-only job to apply: {Names}")]
    private partial void LogWaiting(List<string> names);
}
