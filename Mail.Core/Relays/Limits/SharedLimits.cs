using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mail.Core.Common;
using StackExchange.Redis;

namespace Mail.Core.Relays.Limits;

/// <summary>Limits of all workers over Redis while it answers, and of this process alone, at once and with the same numbers, while it does not.</summary>
internal sealed class SharedLimits(RedisAccess redis, LocalLimits local)
{
    private static readonly Counter<long> _fallbacks = MailTelemetry.Meter.CreateCounter<long>("mail.limits.fallback", "{question}", "Questions about limits that this process answered alone because Redis was away.");

    private readonly ConcurrentDictionary<(string Line, string Lease), bool> _places = new();

    /// <summary>Room in limits.</summary>
    /// <returns>Who gave it, and takes it back.</returns>
    public async ValueTask<(LimitRoom[] Rooms, ILimitStore From)> TakeAsync(LimitLine[] lines, bool critical, string lease)
    {
        RedisLimits? shared = null;
        (bool answered, LimitRoom[]? rooms) = await redis.AskAsync(database => (shared = new RedisLimits(database)).TakeAsync(lines, critical, lease).AsTask(), _ => shared!.Release(lines, lease)); // too late: nobody else would give them back
        if (answered) return (rooms!, shared!);
        if (redis.IsConfigured) _fallbacks.Add(1);
        return (await local.TakeAsync(lines, critical, lease), local);
    }

    /// <summary>How many of those that wait for a line may come now.</summary>
    public async ValueTask<int> CallAsync(LimitLine line)
    {
        int count = 0;
        return await TryAsync(async database => count = await new RedisLimits(database).CallAsync(line)) ? count : await local.CallAsync(line);
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
        if (!_places.IsEmpty) await TryAsync(database => new RedisLimits(database).RenewAsync([.. _places.Keys]).AsTask());
    }

    /// <returns>False when Redis is away or did not answer in time.</returns>
    public ValueTask<bool> TryAsync(Func<IDatabase, Task> act) => redis.TryAsync(act);
}
