namespace Mail.Core.Relays.Limits;

/// <summary>
/// How fast to send where the other side asked for less: halved at every sign of trouble, down to a floor, and raised step by step while answers are
/// good, until it is as fast as before and the trouble is forgotten. A value: every change makes a new one.
/// </summary>
/// <param name="Rate">Recipients a second.</param>
/// <param name="Start">What half of was the first answer to trouble.</param>
/// <param name="ChangedAt">When the rate was last changed.</param>
/// <param name="RefusedAt">When the other side last complained.</param>
internal readonly record struct Pace(double Rate, double Start, DateTimeOffset ChangedAt, DateTimeOffset RefusedAt)
{
    /// <summary>Where nothing says how fast it went before.</summary>
    public const double UsualStart = 20;

    /// <summary>One in twenty seconds: enough to notice when it is better.</summary>
    public const double Floor = 0.05;

    /// <summary>Times the start at which there is no need for a pace any more.</summary>
    private const double Enough = 16;

    private static readonly TimeSpan _step = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _memory = TimeSpan.FromMinutes(15);

    /// <param name="limit">What is configured; null for no limit.</param>
    public static Pace First(double? limit, DateTimeOffset now)
    {
        double start = limit ?? UsualStart;
        return new Pace(Math.Max(Floor, start / 2), start, now, now);
    }

    /// <summary>Refused again. What was under way at the last halving does not halve once more.</summary>
    public Pace Refused(DateTimeOffset now) => now - ChangedAt < _step ? this with { RefusedAt = now } : new Pace(Math.Max(Floor, Rate / 2), Start, now, now);

    /// <summary>Accepted: a tenth of the start more at each step, and beyond the start twice as much.</summary>
    public Pace Accepted(DateTimeOffset now) => now - ChangedAt < _step || now - RefusedAt < _step ? this : this with { Rate = Rate < Start ? Math.Min(Start, Rate + Start / 10) : Rate * 2, ChangedAt = now };

    /// <summary>Whether it need not be kept any longer. One of a clock that was far ahead would else last until then.</summary>
    public bool IsOver(DateTimeOffset now) => Rate >= Start * Enough || (now - RefusedAt).Duration() > _memory;
}
