using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messaging;

/// <summary>Handles what is due: claims as many messages as there is room for, runs them side by side, keeps their leases. Any number of workers share one queue; no failure ends the loop.</summary>
internal sealed partial class BusWorker(BusQueue queue, BusRunner runner, BusSignal signal, IOptions<BusOptions> options, ILogger<BusWorker> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, Held> _held = new(); // by the id of the row
    private volatile bool _moreWaits;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host's start does not wait for the first claim
        using CancellationTokenSource abort = new(), endKeeping = new();
        Task keeping = KeepAsync(endKeeping.Token);
        while (!stoppingToken.IsCancellationRequested)
        {
            bool mayBeMore = false;
            try
            {
                mayBeMore = await StartDueAsync(abort.Token, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // what was claimed comes due again when its lease ends
            }
            catch (OperationCanceledException)
            {
                break;
            }

            if (mayBeMore) continue;
            try
            {
                await signal.WaitAsync(options.Value.PollInterval, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        abort.CancelAfter(options.Value.DrainTimeout);
        await Task.WhenAll(_held.Values.Select(held => held.Running));
        await endKeeping.CancelAsync();
        await keeping;
    }

    /// <returns>Whether there may be more at once, and room for it.</returns>
    private async Task<bool> StartDueAsync(CancellationToken abort, CancellationToken ct)
    {
        int room = options.Value.Concurrency - _held.Count;
        if (room <= 0) return false; // those that end wake us
        List<ClaimedMessage> claimed = await queue.ClaimAsync(room, ct);
        foreach (ClaimedMessage message in claimed)
        {
            Held held = new(message);
            _held[message.Id] = held;
            held.Running = Task.Run(() => RunAsync(held, abort), CancellationToken.None);
        }

        return _moreWaits = claimed.Count == room;
    }

    private async Task RunAsync(Held held, CancellationToken abort)
    {
        try
        {
            await runner.RunAsync(held.Message, abort, held.Lost.Token);
        }
        finally
        {
            // Only itself: a row whose lease was lost may have been claimed again by now.
            _held.TryRemove(new KeyValuePair<Guid, Held>(held.Message.Id, held));
            held.Lost.Dispose();
            // Not for each one that ends: a claim for a quarter of the room costs as much as one for a single message.
            if (_moreWaits && _held.Count <= options.Value.Concurrency * 3 / 4) signal.WakeThisProcess();
        }
    }

    /// <summary>Begins leases anew, and takes over those of dead workers.</summary>
    private async Task KeepAsync(CancellationToken ct)
    {
        TimeSpan beat = options.Value.Lease / 4;
        long nextBeat = Environment.TickCount64 + (long)beat.TotalMilliseconds;
        using PeriodicTimer timer = new(beat < options.Value.PollInterval ? beat : options.Value.PollInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    if (Environment.TickCount64 >= nextBeat)
                    {
                        nextBeat = Environment.TickCount64 + (long)beat.TotalMilliseconds;
                        await BeatAsync(ct);
                    }

                    if (await queue.TakeOverAsync(ct) is > 0 and int count)
                    {
                        BusMetrics.TakenOver(count);
                        LogTakenOver(count);
                        signal.Raise();
                    }
                }
                catch (Exception e) when (!ct.IsCancellationRequested)
                {
                    LogKeepFailed(e);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        Held[] held = [.. _held.Values];
        if (held.Length == 0) return;
        HashSet<Guid> gone = [.. (await queue.ExtendAsync([.. held.Select(one => one.Message)], ct)).Select(message => message.Id)];
        foreach (Held one in held.Where(one => gone.Contains(one.Message.Id)))
        {
            // Also one that has just been handled; then nobody listens any more.
            try
            {
                await one.Lost.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It has ended meanwhile.
            }
        }
    }

    private sealed class Held(ClaimedMessage message)
    {
        public ClaimedMessage Message => message;

        public CancellationTokenSource Lost { get; } = new();

        public Task Running { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Messages of the bus could not be claimed; trying again")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Leases of the bus could not be looked after; trying again")]
    private partial void LogKeepFailed(Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} messages of the bus were taken over from a worker that stopped")]
    private partial void LogTakenOver(int count);
}
