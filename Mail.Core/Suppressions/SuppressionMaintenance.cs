using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Suppressions;

/// <summary>Removes entries and counts that are over, hourly. Nothing waits for it: what is over counts as not there before. Every worker may run it.</summary>
public sealed partial class SuppressionMaintenance(NpgsqlDataSource dataSource, IOptions<SuppressionOptions> options, TimeProvider clock, ILogger<SuppressionMaintenance> logger) : BackgroundService
{
    private const int Portion = 5000;

    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    public async Task RunOnceAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await DeleteAsync(SuppressionListSql.DeleteExpired, now, ct);
        await DeleteAsync(SuppressionListSql.DeleteCounts, now - options.Value.SoftBounceWindow, ct);
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

    /// <summary>In portions, so that no statement holds its locks for long.</summary>
    private async Task DeleteAsync(string sql, DateTimeOffset until, CancellationToken ct)
    {
        for (int deleted = Portion; deleted == Portion;)
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(sql);
            command.Parameters.AddTyped(until.UtcDateTime).AddTyped(Portion);
            deleted = await command.ExecuteNonQueryAsync(ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Suppressions that are over could not be removed; it is tried again in an hour")]
    private partial void LogFailed(Exception e);
}
