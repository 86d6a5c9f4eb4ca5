using Mail.Core.Relays;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Delivery;

/// <summary>Knows which relays can be used, finds out when one is back, and then lets its waiting messages go.</summary>
internal sealed partial class RelayMonitor(RelayDirectory relays, DeliveryQueue queue, DeliverySignal signal, TimeProvider clock, ILogger<RelayMonitor> logger)
{
    private const int UnparkBatch = 1000;
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(100);

    // Messages that were being parked while the relay came back are found by the later looks.
    private static readonly TimeSpan[] _unparkAfter = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    private CancellationToken _stopping;

    /// <summary>A message could not be offered to the relay.</summary>
    public void Failed(RelayRoute route, RelayFault fault)
    {
        if (!route.Pause.Begin(fault)) return;
        DeliveryMetrics.RelayPaused(route.Relay.Name);
        LogPaused(route.Relay.Name, fault.Reason);
    }

    /// <summary>The relay answered.</summary>
    public void Answered(RelayRoute route)
    {
        if (route.Pause.End()) Recovered(route);
    }

    /// <summary>Probes each relay at the start, and when it is paused, whenever the pause ends. No failure ends it.</summary>
    public Task RunAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        return Task.WhenAll(relays.All.Select(route => WatchAsync(route, stoppingToken)));
    }

    private async Task WatchAsync(RelayRoute route, CancellationToken stoppingToken)
    {
        bool first = true;
        using PeriodicTimer timer = new(_lookEvery);
        try
        {
            do
            {
                if (!first && (route.Pause.ProbeAt is not { } at || at > clock.GetUtcNow())) continue;
                await ProbeAsync(route, first, stoppingToken);
                first = false;
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task ProbeAsync(RelayRoute route, bool first, CancellationToken ct)
    {
        try
        {
            if (await route.Relay.ProbeAsync(ct) is { } fault) Failed(route, fault);
            else if (route.Pause.EndOnTrial() || first) Recovered(route); // at the start: some may wait since an earlier process
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogProbeFailed(e, route.Relay.Name);
            Failed(route, new RelayFault($"The relay '{route.Relay.Name}' cannot be used: {e.Message}", IsPermanent: false));
        }
    }

    private void Recovered(RelayRoute route)
    {
        foreach (TimeSpan after in _unparkAfter) _ = UnparkAsync(route.Relay.Name, after);
    }

    private async Task UnparkAsync(string relay, TimeSpan after)
    {
        try
        {
            await Task.Delay(after, _stopping);
            int count, total = 0;
            do
            {
                count = await queue.UnparkAsync(relay, UnparkBatch, _stopping);
                total += count;
                if (count > 0) signal.Raise();
            }
            while (count == UnparkBatch);
            if (total > 0) LogResumed(relay, total);
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            LogUnparkFailed(e, relay); // they come due by themselves, only later
        }
        catch (Exception)
        {
            // Stopping: the next start looks again.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The relay '{Relay}' is paused: {Reason}")]
    private partial void LogPaused(string relay, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The relay '{Relay}' is in use again; {Count} waiting deliveries are due now")]
    private partial void LogResumed(string relay, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The relay '{Relay}' could not be probed")]
    private partial void LogProbeFailed(Exception e, string relay);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deliveries that wait for the relay '{Relay}' could not be made due; they come due by themselves")]
    private partial void LogUnparkFailed(Exception e, string relay);
}
