using System.Collections.Concurrent;
using Mail.Core.Relays;
using Mail.Core.Relays.Limits;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Delivery;

/// <summary>
/// Calls those that wait for their turn or for a quota, as many as there is room for: what waits is not looked at again and again. Every worker does;
/// how many may come is counted for all of them together.
/// </summary>
internal sealed partial class HeldCaller(RelayDirectory relays, DeliveryQueue queue, RelayGates gates, DeliverySignal signal, ILogger<HeldCaller> logger)
{
    private const int Most = 500;

    /// <summary>How many are called at first where only places are limited; more while all of them find one.</summary>
    private const int First = 8;

    private static readonly TimeSpan _callEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _renewEvery = TimeSpan.FromSeconds(15);

    /// <summary>What bulk has of a limit beside normal ones, as it has of the senders.</summary>
    private const double BulkShare = 0.2;

    private readonly ConcurrentDictionary<string, int> _waiting = new();
    private readonly Dictionary<string, double> _forBulk = [];

    /// <summary>Somebody waits under this name now.</summary>
    public void Held(string waitsAs) => _waiting.TryAdd(waitsAs, First);

    /// <summary>Runs until stopped; no failure ends it.</summary>
    public Task RunAsync(CancellationToken stoppingToken) => Task.WhenAll(
        EveryAsync(_callEvery, CallAllAsync, stoppingToken), EveryAsync(_lookEvery, LookAsync, stoppingToken), EveryAsync(_renewEvery, _ => gates.RenewAsync().AsTask(), stoppingToken));

    /// <summary>Finds what others hold, and tells and hears who is to be slowed.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        HashSet<string> names = [.. (await queue.WaitedForAsync(ct)).Where(LimitNames.IsLimit)];
        foreach (string name in names)
        {
            await relays.RecallAsync(name, ct); // also hears of a limit that was raised, though no message comes
            Held(name);
        }

        foreach (string gone in _waiting.Keys.Where(name => !names.Contains(name)).ToList()) _waiting.TryRemove(gone, out _); // one that is just being held is found by the next look
        await gates.ShareAsync();
    }

    private async Task CallAllAsync(CancellationToken ct)
    {
        if (_waiting.IsEmpty) return;
        Dictionary<string, RelayGate> byKey = [];
        foreach (RelayRoute route in relays.All)
            if (route.Gate is { } gate) byKey[gate.Key] = gate;
        foreach ((string name, int wanted) in _waiting) await CallAsync(name, byKey.GetValueOrDefault(LimitNames.KeyOf(name)), wanted, ct);
    }

    /// <param name="gate">Null when the relay is gone: then nobody has to wait for it.</param>
    private async Task CallAsync(string name, RelayGate? gate, int wanted, CancellationToken ct)
    {
        int heldAgain = gate?.TakeHeldAgain(name) ?? 0;
        if (heldAgain > 0) wanted = Math.Max(First, wanted / 2);
        int room = gate is null ? Most : await gate.CallAsync(name, wanted, ct);
        if (room <= 0)
        {
            gate?.HasBacklog(name);
            _waiting[name] = wanted;
            return;
        }

        double forBulk = _forBulk.GetValueOrDefault(name) + room * BulkShare;
        _forBulk[name] = forBulk - (int)forBulk;
        int called = await queue.CallAsync(name, room, (int)forBulk, ct);
        if (called == room)
        {
            gate?.HasBacklog(name);
            _waiting[name] = heldAgain == 0 && called == wanted ? Math.Min(Most, wanted * 2) : wanted;
        }
        else
        {
            gate?.HasNoBacklog(name);
            _waiting.TryRemove(name, out _);
            _forBulk.Remove(name);
        }

        if (called == 0) return;
        signal.Raise();
        LogCalled(called, name);
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
                    LogFailed(e); // what waits comes due by itself, only later
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} deliveries that waited for '{WaitsAs}' are called")]
    private partial void LogCalled(int count, string waitsAs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Held deliveries could not be looked after; trying again")]
    private partial void LogFailed(Exception e);
}
