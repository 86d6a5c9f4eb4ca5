using System.Collections.Concurrent;
using System.Globalization;
using StackExchange.Redis;

namespace Mail.Core.Relays.Limits;

/// <summary>
/// Where each relay has been asked to slow down, by domain or as a whole (`*`). Kept here, so that a message to any other domain asks nobody, and told
/// to the other processes over Redis about once a second; the last word counts.
/// </summary>
internal sealed class Paces(SharedLimits limits, TimeProvider clock)
{
    private const string HashKey = "mail:paces";

    private readonly ConcurrentDictionary<string, RelayPaces> _relays = new();
    private readonly ConcurrentDictionary<(string Relay, string Domain), bool> _untold = new();

    /// <returns>Of one relay; the same for as long as the process lives.</returns>
    public RelayPaces Of(string relay) => _relays.GetOrAdd(relay, static _ => new RelayPaces());

    /// <param name="limit">What is configured; null for no limit.</param>
    public void Refused(string relay, string domain, double? limit)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Of(relay).Change(domain, pace => pace is { } known ? known.Refused(now) : Pace.First(limit, now));
        _untold[(relay, domain)] = true;
    }

    public void Accepted(string relay, string domain)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (Of(relay).Find(domain) is not { } slow || slow.Accepted(now) == slow) return;
        Of(relay).Change(domain, pace => pace?.Accepted(now) is { } faster && !faster.IsOver(now) ? faster : null);
        _untold[(relay, domain)] = true;
    }

    /// <summary>Tells what changed here, and takes over what changed elsewhere. Call about once a second; does nothing while Redis is away.</summary>
    public async ValueTask ShareAsync()
    {
        Forget();
        foreach ((string Relay, string Domain) key in _untold.Keys)
        {
            _untold.TryRemove(key, out _);
            Pace? pace = Of(key.Relay).Find(key.Domain);
            if (!await limits.TryAsync(redis => pace is { } slow ? redis.HashSetAsync(HashKey, Field(key), Write(slow)) : redis.HashDeleteAsync(HashKey, Field(key)))) _untold[key] = true;
        }

        HashEntry[] told = [];
        if (!await limits.TryAsync(async redis => told = await redis.HashGetAllAsync(HashKey))) return;
        DateTimeOffset now = clock.GetUtcNow();
        foreach (HashEntry entry in told)
        {
            if (Read(entry) is not var (relay, domain, pace) || _untold.ContainsKey((relay, domain))) continue;
            if (pace.IsOver(now)) _untold[(relay, domain)] = true; // whoever told it is gone
            else if (Of(relay).Find(domain) is not { } ours || pace.ChangedAt > ours.ChangedAt) Of(relay).Change(domain, _ => pace);
        }
    }

    private void Forget()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((string relay, RelayPaces paces) in _relays)
        {
            if (paces.Current is not { } slow) continue;
            foreach (string domain in slow.Where(one => one.Value.IsOver(now)).Select(one => one.Key))
            {
                paces.Change(domain, _ => null);
                _untold[(relay, domain)] = true;
            }
        }
    }

    private static string Field((string Relay, string Domain) key) => $"{key.Relay} {key.Domain}";

    private static string Write(Pace pace) => string.Create(
        CultureInfo.InvariantCulture, $"{pace.Rate:R} {pace.Start:R} {pace.ChangedAt.ToUnixTimeMilliseconds()} {pace.RefusedAt.ToUnixTimeMilliseconds()}");

    private static (string Relay, string Domain, Pace Pace)? Read(HashEntry entry)
    {
        string[] key = ((string?)entry.Name ?? "").Split(' '), value = ((string?)entry.Value ?? "").Split(' ');
        if (key.Length != 2 || value.Length != 4 || !Number(value[0], out double rate) || !Number(value[1], out double start) || !Number(value[2], out double changed) || !Number(value[3], out double refused)) return null;
        return (key[0], key[1], new Pace(Math.Max(rate, Pace.Floor), Math.Max(start, Pace.Floor), DateTimeOffset.FromUnixTimeMilliseconds((long)changed), DateTimeOffset.FromUnixTimeMilliseconds((long)refused)));
    }

    private static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && Math.Abs(number) < 1e14;
}

/// <summary>One relay's paces. Read for every message, so reading takes no lock; a change makes a new table.</summary>
internal sealed class RelayPaces
{
    /// <summary>In place of a domain: everything that goes over the relay.</summary>
    public const string Whole = "*";

    private readonly Lock _lock = new();
    private volatile Dictionary<string, Pace>? _current;

    /// <summary>By domain; null while none is slowed. Never changed.</summary>
    public Dictionary<string, Pace>? Current => _current;

    public Pace? Find(string domain) => _current is { } current && current.TryGetValue(domain, out Pace pace) ? pace : null;

    /// <param name="change">Makes the new pace out of the known one; null for none.</param>
    public void Change(string domain, Func<Pace?, Pace?> change)
    {
        lock (_lock)
        {
            Dictionary<string, Pace> next = new(_current ?? [], StringComparer.OrdinalIgnoreCase);
            if (change(Find(domain)) is { } pace) next[domain] = pace;
            else next.Remove(domain);
            _current = next.Count == 0 ? null : next;
        }
    }
}
