namespace Mail.Core.Access;

/// <summary>So many in a while: all at once if one likes, and then as fast as they grow back (GCRA, the generic cell rate algorithm).</summary>
/// <param name="Name">What is limited, such as `key`; with whose it is, a counter.</param>
/// <param name="Count">How many.</param>
/// <param name="Window">In which time.</param>
public sealed record RateLimit(string Name, int Count, TimeSpan Window)
{
    /// <summary>Against guessing: while Redis is away it is counted in the database, and not by each process for itself.</summary>
    public bool IsSecurity { get; init; }

    /// <summary>In which time one grows back.</summary>
    public TimeSpan Interval => Window / Count;
}

/// <summary>Whether one more may come.</summary>
/// <param name="FullIn">After which time all of them may come again.</param>
/// <param name="RetryAfter">After which time the next one may; zero when this one may.</param>
public readonly record struct RateAnswer(RateLimit Limit, bool IsAllowed, TimeSpan FullIn, TimeSpan RetryAfter)
{
    /// <summary>How many more may come at once.</summary>
    public int Remaining => IsAllowed ? (int)Math.Clamp(Math.Floor((Limit.Window - FullIn) / Limit.Interval + 0.001), 0, Limit.Count) : 0;

    /// <param name="full">In how much time the counter would be full, were this one let through.</param>
    internal static RateAnswer Of(RateLimit limit, TimeSpan full)
    {
        TimeSpan over = full - limit.Window;
        return over > TimeSpan.Zero ? new(limit, false, full - limit.Interval, over) : new(limit, true, full, TimeSpan.Zero);
    }
}
