using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Feedback.Providers;

/// <summary>Forgets, hourly, what providers told so long ago that the same request would be too old. Every worker may run it.</summary>
public sealed partial class ProviderEventMaintenance(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ProviderEventMaintenance> logger) : BackgroundService
{
    private const int Portion = 5000;

    private static readonly TimeSpan _interval = TimeSpan.FromHours(1);

    public async Task RunOnceAsync(CancellationToken ct)
    {
        for (int deleted = Portion; deleted == Portion;) // in portions, so that no statement holds its locks for long
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(ProviderEventSql.Forget);
            command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(Portion);
            deleted = await command.ExecuteNonQueryAsync(ct);
        }
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

    [LoggerMessage(Level = LogLevel.Error, Message = "What providers told long ago could not be forgotten; it is tried again in an hour")]
    private partial void LogFailed(Exception e);
}
