using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Mail.Protocol.Calendar;

/// <summary>Reads dates and moments (RFC 5545 §3.3.4, §3.3.5).</summary>
internal static class CalendarTimeParser
{
    /// <summary>A day, or a moment in UTC. A local time is neither: nothing says where.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CalendarTime? time)
    {
        time = null;
        if (text.Length == 8 && DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) time = CalendarTime.On(day);
        else if (DateTime.TryParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime moment)) time = CalendarTime.At(moment);
        return time is not null;
    }
}
