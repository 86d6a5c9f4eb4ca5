namespace Mail.Core.Relays.Limits;

/// <summary>
/// A plan by which a new relay earns its reputation: a number of recipients a day that grows every day. What is over it goes by other relays, or
/// waits for the next day.
/// </summary>
/// <param name="StartsOn">The first day (UTC). Before it, the first day's number holds.</param>
/// <param name="FirstDay">Recipients on the first day.</param>
/// <param name="Growth">Each day's number is the one before times this: 1.5 is half as much again.</param>
/// <param name="Ceiling">Where the growth ends: no day has more, until the plan is taken away. Null: it grows on.</param>
public sealed record WarmUp(DateOnly StartsOn, long FirstDay, double Growth, long? Ceiling = null)
{
    /// <summary>More than any relay sends in a day.</summary>
    public const long Endless = 1_000_000_000_000;

    /// <returns>Recipients on this day.</returns>
    public long On(DateOnly day)
    {
        int days = Math.Max(0, day.DayNumber - StartsOn.DayNumber);
        double planned = FirstDay * Math.Pow(Growth, days); // far away it is infinite, which compares well
        double highest = Math.Min(Ceiling ?? Endless, Endless);
        return (long)Math.Min(planned, highest);
    }
}
