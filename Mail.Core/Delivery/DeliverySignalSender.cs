using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Delivery;

/// <summary>Passes raised signals on to other processes. Never inside a commit of ours: NOTIFY there takes a lock over the whole server (measured: 4.7 k commits/s fall to 1.7 k).</summary>
public sealed partial class DeliverySignalSender(DeliverySignal signal, NpgsqlDataSource dataSource, ILogger<DeliverySignalSender> logger) : BackgroundService
{
    private const string NotifySql = "SELECT pg_notify($1, $2)";

    // A signal that a crash of the server takes back is worth nothing anyway: whoever listened is cut off too, and looks when it is back.
    private const string DoNotWaitForDisk = "SET synchronous_commit = off";

    // The first signal goes at once; under load those of the next moments go together.
    private static readonly TimeSpan _gap = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _afterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(stoppingToken);
                await using NpgsqlCommand set = new(DoNotWaitForDisk, connection);
                await set.ExecuteNonQueryAsync(stoppingToken);
                await NotifyAsync(connection, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotifyFailed(e);
                await Task.Delay(_afterFailure, stoppingToken);
            }
        }
    }

    private async Task NotifyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand notify = new(NotifySql, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = DeliverySignal.ChannelName }, new NpgsqlParameter<string> { TypedValue = signal.Origin } },
        };
        await notify.PrepareAsync(ct);
        while (true)
        {
            await signal.ToOthers.ReadAsync(ct); // read before the NOTIFY: what is raised during it makes another one
            await notify.ExecuteNonQueryAsync(ct);
            await Task.Delay(_gap, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Workers of other processes could not be woken; they find new messages by polling")]
    private partial void LogNotifyFailed(Exception e);
}
