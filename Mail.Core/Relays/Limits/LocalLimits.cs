namespace Mail.Core.Relays.Limits;

/// <summary>Limits of this process alone, with the same numbers: for when Redis is away, or was never there.</summary>
internal sealed class LocalLimits(TimeProvider clock) : ILimitStore
{
    private const int ManyLines = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TokenBucket> _buckets = [], _calls = [];
    private readonly Dictionary<string, int> _places = [];

    public ValueTask<LimitRoom[]> TakeAsync(LimitLine[] lines, bool critical, string lease)
    {
        long now = Now();
        LimitRoom[] rooms = new LimitRoom[lines.Length];
        lock (_lock)
        {
            int taken = 0;
            for (int i = 0; i < lines.Length; i++)
            {
                rooms[i] = Room(lines[i], critical, now);
                if (rooms[i].Answer == LimitAnswer.Free) taken += lines[i].Count;
                else if (i == 0) return new(rooms);
            }

            if (taken == 0) return new(rooms);
            for (int i = 0; i < lines.Length; i++)
                if (rooms[i].Answer == LimitAnswer.Free) Take(lines[i] with { Count = i == 0 ? taken : lines[i].Count }, now);
        }

        return new(rooms);
    }

    public void Release(LimitLine[] lines, string lease)
    {
        lock (_lock)
        {
            foreach (LimitLine line in lines)
            {
                if (line.Most <= 0 || !_places.TryGetValue(line.Name, out int used)) continue;
                if (used > 1) _places[line.Name] = used - 1;
                else _places.Remove(line.Name);
            }
        }
    }

    public ValueTask<int> CallAsync(LimitLine line)
    {
        long now = Now();
        lock (_lock)
        {
            int count = line.Count;
            if (line.Most > 0 && _places.GetValueOrDefault(line.Name) >= line.Most) return new(0);
            if (line.Rate > 0)
            {
                TokenBucket calls = _calls.GetValueOrDefault(line.Name);
                double soon = _buckets.GetValueOrDefault(line.Name).Tokens(line.Rate, now) + RedisLimits.LookAhead * line.Rate;
                count = Math.Min(count, (int)Math.Min(calls.Tokens(RedisLimits.CallRate(line.Rate), now), soon));
                if (count <= 0) return new(0);
                calls.Spend(RedisLimits.CallRate(line.Rate), count, now);
                _calls[line.Name] = calls;
            }

            return new(count);
        }
    }

    private LimitRoom Room(LimitLine line, bool critical, long now)
    {
        if (line.Rate > 0 && _buckets.GetValueOrDefault(line.Name).Wait(line.Rate, critical, now) is var wait and > 0) return new(LimitAnswer.Rate, wait);
        return line.Most > 0 && _places.GetValueOrDefault(line.Name) >= RedisLimits.Places(line.Most, critical) ? new(LimitAnswer.Concurrency, RedisLimits.PlaceWait) : default;
    }

    private void Take(LimitLine line, long now)
    {
        if (line.Most > 0) _places[line.Name] = _places.GetValueOrDefault(line.Name) + 1;
        if (line.Rate <= 0) return;
        if (_buckets.Count >= ManyLines) foreach (string full in _buckets.Where(one => one.Value.IsFull(line.Rate, now)).Select(one => one.Key).ToList()) _buckets.Remove(full);
        TokenBucket bucket = _buckets.GetValueOrDefault(line.Name);
        bucket.Spend(line.Rate, line.Count, now);
        _buckets[line.Name] = bucket;
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
