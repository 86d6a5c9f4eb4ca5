using Mail.Core.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>The worker's heartbeat: extends the leases of what takes long, and takes over what other workers left behind when they died.</summary>
internal sealed partial class LeaseKeeper(DeliveryQueue queue, DeliveryLeases leases, DeliverySignal signal, IOptions<DeliveryOptions> options, ILogger<LeaseKeeper> logger)
{
    private const int TakeOverBatch = 500;

    /// <summary>Runs until stopped; no failure ends it.</summary>
    public Task RunAsync(CancellationToken stoppingToken) => Task.WhenAll(
        EveryAsync(options.Value.Lease / 12, BeatAsync, stoppingToken), EveryAsync(options.Value.TakeOverInterval, TakeOverAsync, stoppingToken));

    private async Task BeatAsync(CancellationToken ct)
    {
        foreach (Delivery[] batch in leases.DueForHeartbeat().Chunk(options.Value.BatchSize))
        {
            long since = DeliveryLeases.Now;
            HashSet<(DeliveryId, Guid)> ours = await queue.ExtendLeasesAsync(batch, ct);
            foreach (Delivery delivery in batch)
            {
                if (ours.Contains((delivery.Id, delivery.LeaseToken))) leases.Extend(delivery, since);
                else if (delivery.State == DeliveryState.Sending) leases.Lose(delivery);
            }
        }
    }

    /// <summary>Never from ourselves: when the database stood still for longer than a lease, ours have ended too, and we live.</summary>
    private async Task TakeOverAsync(CancellationToken ct)
    {
        int again, lost;
        do
        {
            (again, lost) = await queue.TakeOverAsync(TakeOverBatch, leases.Ids, ct);
            if (again + lost == 0) continue;
            DeliveryMetrics.TakenOver(again + lost);
            LogTakenOver(again, lost);
            signal.Raise();
        }
        while (again + lost == TakeOverBatch);
    }

    private async Task EveryAsync(TimeSpan period, Func<CancellationToken, Task> act, CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(period);
        try
        {
            do
            {
                try
                {
                    await act(stoppingToken);
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Took over from a worker that stopped: {Again} deliveries are due again, {Lost} that must not arrive twice have failed")]
    private partial void LogTakenOver(int again, int lost);

    [LoggerMessage(Level = LogLevel.Error, Message = "Leases could not be looked after; trying again")]
    private partial void LogFailed(Exception e);
}
