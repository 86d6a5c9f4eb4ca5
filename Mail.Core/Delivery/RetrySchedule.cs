using System.Collections.Immutable;
using Mail.Core.Messages;

namespace Mail.Core.Delivery;

/// <summary>
/// How long to wait after each attempt that failed for now. Every wait is varied by a tenth, so that a thousand messages refused in one
/// second do not come back in one second.
/// </summary>
public sealed class RetrySchedule
{
    private const double Jitter = 0.1;

    private readonly ImmutableArray<TimeSpan> _delays;
    private readonly double _jitter;

    private RetrySchedule(ImmutableArray<TimeSpan> delays, double jitter)
    {
        _delays = delays;
        _jitter = jitter;
        Total = _delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay);
    }

    /// <summary>24 hours. The second to fifth attempt come after 1, 4, 10 and 20 minutes: greylisting servers want 1 to 15.</summary>
    public static RetrySchedule Normal { get; } = new(Minutes(1, 3, 6, 10, 20, 40, 60, 120, 180, 240, 360, 400), Jitter);

    /// <summary>24 hours, close together in the first minutes: somebody waits for the code, and it soon loses its worth.</summary>
    public static RetrySchedule Critical { get; } = new(Minutes(1 / 6d, 1 / 3d, 0.5, 1, 1, 2, 2, 3, 5, 10, 15, 20, 40, 60, 120, 180, 240, 340, 400), Jitter);

    /// <summary>How many attempts may follow the first.</summary>
    public int Retries => _delays.Length;

    /// <summary>From the first attempt to the last, without variation.</summary>
    public TimeSpan Total { get; }

    /// <summary>Exactly these waits.</summary>
    public static RetrySchedule Of(params ReadOnlySpan<TimeSpan> delays) => new([.. delays], 0);

    public static RetrySchedule For(Lane lane) => lane == Lane.Critical ? Critical : Normal;

    /// <param name="attempts">How many have been made, 1 or more.</param>
    /// <returns>Null when there shall be no further one.</returns>
    public TimeSpan? DelayAfter(int attempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        if (attempts > _delays.Length) return null;
        return _delays[attempts - 1] * (1 + _jitter * (2 * Random.Shared.NextDouble() - 1));
    }

    private static ImmutableArray<TimeSpan> Minutes(params ReadOnlySpan<double> minutes)
    {
        ImmutableArray<TimeSpan>.Builder delays = ImmutableArray.CreateBuilder<TimeSpan>(minutes.Length);
        foreach (double one in minutes) delays.Add(TimeSpan.FromMinutes(one));
        return delays.MoveToImmutable();
    }
}
