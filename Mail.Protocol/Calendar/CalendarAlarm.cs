namespace Mail.Protocol.Calendar;

/// <summary>A reminder that the reader's calendar shows before the start (RFC 5545 §3.6.6, action DISPLAY). Many calendars use their owner's setting instead.</summary>
/// <param name="Before">How long before the start: 0 to 365 days, to the second.</param>
public sealed record CalendarAlarm(TimeSpan Before)
{
    /// <summary>How long before the start: 0 to 365 days, to the second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than 365 days.</exception>
    public TimeSpan Before { get; } = Before >= TimeSpan.Zero && Before <= TimeSpan.FromDays(365)
        ? Before
        : throw new ArgumentOutOfRangeException(nameof(Before), Before, "The alarm stands 0 to 365 days before the start.");
}
