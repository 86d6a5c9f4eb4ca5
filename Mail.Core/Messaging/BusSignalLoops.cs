using Mail.Core.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Messaging;

/// <summary>Passes signals on to other processes. Never inside a commit, where NOTIFY takes a lock over the whole server; under load those of some moments go together.</summary>
internal sealed partial class BusSignalSender(BusSignal signal, NpgsqlDataSource dataSource, ILogger<BusSignalSender> logger) : BackgroundService
{
    private static readonly TimeSpan _gap = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _afterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await signal.ToOthers.ReadAsync(stoppingToken);
            try
            {
                await using NpgsqlCommand notify = dataSource.CreateCommand("SELECT pg_notify($1, $2)");
                notify.Parameters.AddTyped(BusSignal.ChannelName).AddTyped(signal.Origin);
                await notify.ExecuteNonQueryAsync(stoppingToken);
                await Task.Delay(_gap, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
                await Task.Delay(_afterFailure, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Workers of other processes could not be woken for the bus; they find its messages by polling")]
    private partial void LogFailed(Exception e);
}

/// <summary>Hears the signals of other processes. Runs where workers run.</summary>
internal sealed partial class BusSignalListener(BusSignal signal, NpgsqlDataSource dataSource, ILogger<BusSignalListener> logger) : BackgroundService
{
    private static readonly TimeSpan _checkEvery = TimeSpan.FromSeconds(30); // finds a connection that died without a word
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
                LogFailed(e);
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
        await using NpgsqlCommand listen = new($"LISTEN {BusSignal.ChannelName}", connection);
        await listen.ExecuteNonQueryAsync(ct);
        signal.WakeThisProcess(); // what came while nobody listened
        await using NpgsqlCommand check = new("SELECT 1", connection);
        while (true)
        {
            if (!await connection.WaitAsync(_checkEvery, ct)) await check.ExecuteNonQueryAsync(ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signals of other processes cannot be heard; messages of the bus are found by polling until the connection is back")]
    private partial void LogFailed(Exception e);
}
