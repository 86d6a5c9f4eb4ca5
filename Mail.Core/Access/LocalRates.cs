namespace Mail.Core.Access;

/// <summary>Rates of this process alone.</summary>
public sealed class LocalRates(TimeProvider clock)
{
    private const int Many = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _full = [];

    public RateAnswer Take(RateLimit limit, string name)
    {
        ArgumentNullException.ThrowIfNull(limit);
        DateTimeOffset now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_full.Count >= Many) Forget(now);
            DateTimeOffset full = (_full.TryGetValue(name, out DateTimeOffset known) && known > now ? known : now) + limit.Interval;
            RateAnswer answer = RateAnswer.Of(limit, full - now);
            if (answer.IsAllowed) _full[name] = full;
            return answer;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (string over in _full.Where(one => one.Value <= now).Select(one => one.Key).ToList()) _full.Remove(over);
        if (_full.Count >= Many) _full.Clear(); // a flood of names: better that some begin anew than that the memory is theirs
    }
}
