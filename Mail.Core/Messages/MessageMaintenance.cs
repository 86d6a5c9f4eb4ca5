using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>Housekeeping that nobody waits for: next months' partitions, keys that are over, old counts, attachments without a message. Every worker may run it; each step is safe to repeat.</summary>
public sealed partial class MessageMaintenance(
    NpgsqlDataSource dataSource, PartitionMaintenance partitions, AttachmentStore attachments, TimeProvider clock, ILogger<MessageMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    /// <summary>An attachment older than this belongs to a message that is stored, or never will be.</summary>
    private static readonly TimeSpan _orphanAge = TimeSpan.FromHours(1);

    /// <summary>How far back orphans are looked for: longer than any pause of all workers that goes unnoticed.</summary>
    private static readonly TimeSpan _orphanHorizon = TimeSpan.FromDays(3);

    // In portions, so that no statement holds its locks for long. Index: ix_idempotency_keys_expires.
    private const string DeleteExpiredKeysSql = """
        DELETE FROM idempotency_keys WHERE (project_id, key) IN (
            SELECT project_id, key FROM idempotency_keys WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;

    private const int Portion = 5000;

    // A handful of rows for each relay and month. Days and months sort by their names.
    private const string DeleteOldUsageSql = "DELETE FROM relay_usage WHERE period < $1";

    /// <summary>What relays have used is kept for a year of looking back.</summary>
    private const int MonthsOfUsage = 13;

    public async Task RunOnceAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await partitions.EnsureAsync(now, ct);
        int keys = 0;
        for (int deleted = Portion; deleted == Portion; keys += deleted) deleted = await DeleteExpiredKeysAsync(now, ct);
        await using (NpgsqlCommand usage = dataSource.CreateCommand(DeleteOldUsageSql))
        {
            usage.Parameters.AddTyped(now.UtcDateTime.AddMonths(-MonthsOfUsage).ToString("yyyy-MM", CultureInfo.InvariantCulture));
            await usage.ExecuteNonQueryAsync(ct);
        }

        int orphans = await attachments.DeleteOrphansAsync(now - _orphanHorizon, now - _orphanAge, ct);
        LogDone(keys, orphans);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(_interval, clock);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // the next hour does what this one could not
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> DeleteExpiredKeysAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(DeleteExpiredKeysSql);
        command.Parameters.AddTyped(now.UtcDateTime).AddTyped(Portion);
        return await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Maintenance: {Keys} expired idempotency keys and {Orphans} attachments without a message removed")]
    private partial void LogDone(int keys, int orphans);

    [LoggerMessage(Level = LogLevel.Error, Message = "Maintenance failed; it is tried again in an hour")]
    private partial void LogFailed(Exception e);
}
