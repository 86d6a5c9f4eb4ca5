using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>
/// Steps 3 to 6 of a message's way, as one pipeline that fills one machine: the claimer feeds the lanes, many senders empty them, the
/// recorder stores what came of it; heartbeats keep the leases. Any number of workers share one queue.
/// </summary>
internal sealed partial class DeliveryWorker(
    DeliveryClaimer claimer, ParcelLanes lanes, ParcelSender sender, DeliveryRecorder recorder, LeaseKeeper keeper, RelayMonitor monitor, HeldCaller held, DeliveryLeases leases,
    IOptions<DeliveryOptions> options, ILogger<DeliveryWorker> logger) : BackgroundService
{
    private static readonly TimeSpan _lastRecords = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for the first claim
        using CancellationTokenSource abortSends = new(), endLoops = new(), giveUpRecords = new();
        Task recording = recorder.RunAsync(giveUpRecords.Token);
        Task keeping = keeper.RunAsync(endLoops.Token);
        Task monitoring = monitor.RunAsync(endLoops.Token);
        Task calling = held.RunAsync(endLoops.Token);
        Task[] sending = [.. Enumerable.Range(0, options.Value.Concurrency).Select(i => SendAsync(criticalOnly: i < options.Value.ConcurrencyForCritical, abortSends.Token))];
        LogStarted(options.Value.Concurrency);

        await claimer.RunAsync(stoppingToken);

        List<Delivery> unsent = [.. lanes.Close().SelectMany(parcel => parcel.Deliveries)];
        LogStopping(unsent.Count, leases.Count - unsent.Count);
        if (unsent.Count > 0) await recorder.ReleaseAsync(unsent);
        abortSends.CancelAfter(options.Value.DrainTimeout);
        await Task.WhenAll(sending);

        recorder.Complete();
        giveUpRecords.CancelAfter(_lastRecords);
        await recording;
        await endLoops.CancelAsync();
        await Task.WhenAll(keeping, monitoring, calling);
    }

    private async Task SendAsync(bool criticalOnly, CancellationToken abort)
    {
        while (await lanes.TakeAsync(criticalOnly) is { } parcel) await sender.SendAsync(parcel, abort);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery worker started with {Concurrency} senders")]
    private partial void LogStarted(int concurrency);

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery worker stopping: {Unsent} claimed deliveries are given back, {Sending} are being sent")]
    private partial void LogStopping(int unsent, int sending);
}
