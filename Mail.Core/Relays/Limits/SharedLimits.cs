using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mail.Core.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Mail.Core.Relays.Limits;

/// <summary>
/// Limits of all workers over Redis while it answers, and of this process alone, at once and with the same numbers, while it does not. No question
/// waits for a connection, but for the first one a moment, and none fails: after one that did, or took too long, Redis is left alone for a moment.
/// </summary>
internal sealed partial class SharedLimits(IServiceProvider services, LocalLimits local, IOptions<RelayOptions> options, ILogger<SharedLimits> logger)
{
    /// <summary>Until Redis has answered for the first time: all is slow in a process that has just begun.</summary>
    private static readonly TimeSpan _firstPatience = TimeSpan.FromSeconds(2);
    private const long PauseMilliseconds = 2000;

    private static readonly Counter<long> _fallbacks = MailTelemetry.Meter.CreateCounter<long>("mail.limits.fallback", "{question}", "Questions about limits that this process answered alone because Redis was away.");

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<(string Line, string Lease), bool> _places = new();
    private Task<IConnectionMultiplexer?>? _connecting;
    private long _pausedUntil, _connectingSince;
    private volatile bool _isAway, _hasAnswered;

    private TimeSpan Patience => _hasAnswered || options.Value.RedisPatience > _firstPatience ? options.Value.RedisPatience : _firstPatience;

    /// <summary>Room in limits.</summary>
    /// <returns>Who gave it, and takes it back.</returns>
    public async ValueTask<(LimitRoom[] Rooms, ILimitStore From)> TakeAsync(LimitLine[] lines, bool critical, string lease)
    {
        if (_connecting is not { IsCompleted: true }) await FirstConnectionAsync();
        if (Redis() is { } redis)
        {
            RedisLimits shared = new(redis);
            Task<LimitRoom[]> asking = shared.TakeAsync(lines, critical, lease).AsTask();
            try
            {
                LimitRoom[] rooms = await asking.WaitAsync(Patience);
                IsBack();
                return (rooms, shared);
            }
            catch (Exception e)
            {
                Pause(e);
                _ = asking.ContinueWith(late => GiveBack(late, shared, lines, lease), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }

        if (_connecting is not { IsCompletedSuccessfully: true, Result: null }) _fallbacks.Add(1); // with no Redis configured, alone is as it should be
        return (await local.TakeAsync(lines, critical, lease), local);
    }

    /// <summary>How many of those that wait for a line may come now.</summary>
    public async ValueTask<int> CallAsync(LimitLine line)
    {
        int count = 0;
        return await TryAsync(async redis => count = await new RedisLimits(redis).CallAsync(line)) ? count : await local.CallAsync(line);
    }

    /// <summary>Places are used from now on, until they are released: they are renewed while that takes.</summary>
    public void Keep(LimitLine[] places, string lease, ILimitStore from)
    {
        if (from is not RedisLimits) return;
        foreach (LimitLine place in places) _places[(place.Name, lease)] = true;
    }

    public void Release(LimitLine[] places, string lease, ILimitStore from)
    {
        foreach (LimitLine place in places) _places.TryRemove((place.Name, lease), out _);
        from.Release(places, lease);
    }

    /// <summary>Keeps the places that are used. Call several times a minute.</summary>
    public async ValueTask RenewAsync()
    {
        if (!_places.IsEmpty) await TryAsync(redis => new RedisLimits(redis).RenewAsync([.. _places.Keys]).AsTask());
    }

    /// <summary>Redis for what else is shared; null while it is away.</summary>
    public IDatabase? Redis()
    {
        if (Environment.TickCount64 < Interlocked.Read(ref _pausedUntil)) return null;
        Task<IConnectionMultiplexer?> connecting = Connecting();
        if (!connecting.IsCompletedSuccessfully || connecting.Result is not { } multiplexer) return null;
        if (multiplexer.IsConnected) return multiplexer.GetDatabase();
        if (!_isAway) Pause(null);
        return null;
    }

    /// <summary>Runs a question that did not go through <see cref="TakeAsync"/>.</summary>
    /// <returns>False when Redis is away or did not answer in time.</returns>
    public async ValueTask<bool> TryAsync(Func<IDatabase, Task> ask)
    {
        if (Redis() is not { } redis) return false;
        try
        {
            await ask(redis).WaitAsync(Patience);
            IsBack();
            return true;
        }
        catch (Exception e)
        {
            Pause(e);
            return false;
        }
    }

    /// <summary>Processes that start together would else each begin with limits of their own.</summary>
    private async ValueTask FirstConnectionAsync()
    {
        Task<IConnectionMultiplexer?> connecting = Connecting();
        long since = Environment.TickCount64;
        if (Interlocked.CompareExchange(ref _connectingSince, since, 0) is var begun and not 0) since = begun;
        TimeSpan left = _firstPatience - TimeSpan.FromMilliseconds(Environment.TickCount64 - since);
        if (left > TimeSpan.Zero) await Task.WhenAny(connecting, Task.Delay(left));
    }

    /// <summary>The first connection blocks until it stands or its time is over: never on the thread of who wants to send.</summary>
    private Task<IConnectionMultiplexer?> Connecting()
    {
        lock (_lock)
        {
            if (_connecting is { IsFaulted: true } failed)
            {
                _connecting = null;
                Pause(failed.Exception!.InnerException);
            }

            return _connecting ??= Task.Run(services.GetService<IConnectionMultiplexer>);
        }
    }

    /// <summary>An answer that came too late took places that nobody will give back.</summary>
    private static void GiveBack(Task<LimitRoom[]> late, RedisLimits shared, LimitLine[] lines, string lease)
    {
        if (!late.IsCompletedSuccessfully)
        {
            _ = late.Exception; // known already
            return;
        }

        shared.Release(lines, lease);
    }

    private void Pause(Exception? e)
    {
        Interlocked.Exchange(ref _pausedUntil, Environment.TickCount64 + PauseMilliseconds);
        if (_isAway) return;
        _isAway = true;
        LogAway(e);
    }

    private void IsBack()
    {
        _hasAnswered = true;
        if (!_isAway) return;
        _isAway = false;
        LogBack();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer: until it does, each process keeps the relays' limits for itself")]
    private partial void LogAway(Exception? e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again: the relays' limits are shared by all processes")]
    private partial void LogBack();
}
