using System.Globalization;

namespace Mail.Core.Relays.Limits;

/// <summary>The day and the month (UTC) that a moment belongs to, as they are stored.</summary>
internal readonly record struct UsagePeriods(DateOnly Day)
{
    public static UsagePeriods Of(DateTimeOffset now) => new(DateOnly.FromDateTime(now.UtcDateTime));

    public string DayName => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string MonthName => Day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public DateTimeOffset DayEnds => new(Day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    public DateTimeOffset MonthEnds => new(new DateOnly(Day.Year, Day.Month, 1).AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero);
}
