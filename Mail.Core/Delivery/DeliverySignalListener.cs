using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Delivery;

/// <summary>Hears the signals of other processes. Runs where workers run.</summary>
public sealed partial class DeliverySignalListener(DeliverySignal signal, NpgsqlDataSource dataSource, ILogger<DeliverySignalListener> logger) : BackgroundService
{
    // A connection that died without a word (a NAT entry that ended, a pulled cable) is found by asking now and then.
    private static readonly TimeSpan _checkEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _afterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogListenFailed(e);
                await Task.Delay(_afterFailure, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        connection.Notification += (_, notification) =>
        {
            if (notification.Payload != signal.Origin) signal.WakeThisProcess();
        };
        await using NpgsqlCommand listen = new($"LISTEN {DeliverySignal.ChannelName}", connection);
        await listen.ExecuteNonQueryAsync(ct);
        signal.WakeThisProcess(); // what came while nobody listened
        await using NpgsqlCommand check = new("SELECT 1", connection);
        while (true)
        {
            if (!await connection.WaitAsync(_checkEvery, ct)) await check.ExecuteNonQueryAsync(ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signals of other processes cannot be heard; new messages are found by polling until the connection is back")]
    private partial void LogListenFailed(Exception e);
}
