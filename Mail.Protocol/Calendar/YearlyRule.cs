using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Mail.Protocol.Calendar;

/// <summary>A change of the clocks that comes every year on the same weekday of the same month.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Weekday">The day of the week.</param>
/// <param name="Ordinal">The first to fifth of the month, -1 for the last, or 0 when only <paramref name="FirstDay"/> says it.</param>
/// <param name="FirstDay">The earliest day of the month on which it falls; the latest is six days later.</param>
internal sealed record YearlyRule(int Month, DayOfWeek Weekday, int Ordinal, int FirstDay)
{
    /// <summary>Whether the changes are two a year, always by the same two rules.</summary>
    public static bool TryFind(List<ZoneChange> changes, int firstYear, int years, [NotNullWhen(true)] out YearlyRule? first, [NotNullWhen(true)] out YearlyRule? second)
    {
        first = second = null;
        if (changes.Count != 2 * years) return false;
        for (int i = 0; i < changes.Count; i++)
            if (changes[i].Utc.Year != firstYear + (i / 2) || changes[i].Before != changes[i % 2].Before || changes[i].After != changes[i % 2].After) return false;
        first = Of(changes, 0);
        second = Of(changes, 1);
        return first is not null && second is not null;
    }

    /// <summary>As a recurrence (RFC 5545 §3.3.10).</summary>
    public override string ToString()
    {
        string day = Weekday.ToString()[..2].ToUpperInvariant();
        return Ordinal != 0
            ? string.Create(CultureInfo.InvariantCulture, $"FREQ=YEARLY;BYMONTH={Month};BYDAY={Ordinal}{day}")
            : string.Create(CultureInfo.InvariantCulture, $"FREQ=YEARLY;BYMONTH={Month};BYMONTHDAY={string.Join(',', Enumerable.Range(FirstDay, 7))};BYDAY={day}");
    }

    private static YearlyRule? Of(List<ZoneChange> changes, int start)
    {
        DateTime model = changes[start].Local;
        int firstDay = 31, lastDay = 1;
        bool isLast = true;
        for (int i = start; i < changes.Count; i += 2)
        {
            DateTime local = changes[i].Local;
            if (local.Month != model.Month || local.DayOfWeek != model.DayOfWeek || local.TimeOfDay != model.TimeOfDay) return null;
            firstDay = Math.Min(firstDay, local.Day);
            lastDay = Math.Max(lastDay, local.Day);
            isLast &= local.Day + 7 > DateTime.DaysInMonth(local.Year, local.Month);
        }
        if (isLast) return new YearlyRule(model.Month, model.DayOfWeek, -1, 0);
        if (lastDay - firstDay != 6) return null;
        return firstDay % 7 == 1 ? new YearlyRule(model.Month, model.DayOfWeek, (firstDay / 7) + 1, firstDay) : new YearlyRule(model.Month, model.DayOfWeek, 0, firstDay);
    }
}
