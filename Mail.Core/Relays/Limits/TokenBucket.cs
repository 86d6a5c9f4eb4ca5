namespace Mail.Core.Relays.Limits;

/// <summary>
/// A rate as a bucket that fills with it: half a second's worth at most, and one at least. Who takes more than there is, such as a message to many,
/// leaves a debt that the next ones wait for, so that no message is torn apart and the average holds. The last tenth is for critical messages, who
/// also may be the first in debt. The script of <see cref="RedisLimits"/> computes the same.
/// </summary>
internal struct TokenBucket
{
    /// <summary>A clock that went back further than this was wrong before: what it said is forgotten, or nothing would go until it is that time.</summary>
    private const long ClockWentBack = 60_000;

    private double _tokens;
    private long _at; // milliseconds; 0 for never used, which is full

    public static double Capacity(double rate) => Math.Max(1, rate / 2);

    /// <summary>How many there must be, so that a message may go.</summary>
    public static double Least(double rate, bool critical) => critical ? 1e-6 : Math.Max(1, Capacity(rate) / 10);

    /// <returns>What is there now; negative for a debt.</returns>
    public readonly double Tokens(double rate, long now) => IsUnknown(now) ? Capacity(rate) : Math.Min(Capacity(rate), _tokens + Math.Max(0, now - _at) * rate / 1000);

    /// <returns>Milliseconds to wait; 0 when a message may go.</returns>
    public readonly long Wait(double rate, bool critical, long now)
    {
        double missing = Least(rate, critical) - Tokens(rate, now);
        return missing <= 1e-9 ? 0 : (long)Math.Ceiling((missing / rate * 1000) - 1e-6);
    }

    public void Spend(double rate, int count, long now) => (_tokens, _at) = (Tokens(rate, now) - count, IsUnknown(now) ? now : Math.Max(now, _at));

    private readonly bool IsUnknown(long now) => _at == 0 || _at - now > ClockWentBack;

    public readonly bool IsFull(double rate, long now) => Tokens(rate, now) >= Capacity(rate);
}
