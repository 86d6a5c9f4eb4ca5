using System.Globalization;
using System.Text.RegularExpressions;
using Mail.Core.Common;

namespace Mail.Core.Messages;

/// <summary>
/// Reads `scheduled_at`: ISO 8601, or a few words as Resend takes them. Words are UTC: a zone's short name means several zones, so another zone
/// is written in ISO 8601, with its offset.
/// </summary>
internal static partial class ScheduledTime
{
    private const int LongestText = 64;

    private static readonly string[] _formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <param name="field">The name of the field in a refusal.</param>
    /// <param name="ahead">The furthest time that is taken.</param>
    /// <returns>Null for at once, which a time that is past means too.</returns>
    public static Result<DateTimeOffset?> Read(string text, string field, DateTimeOffset now, TimeSpan ahead)
    {
        if (Parse(text, now) is not { } at)
        {
            return Failure.Field(field, "must be a time in ISO 8601, such as `2026-12-24T18:00:00Z` or `2026-12-24T18:00:00+01:00`, or words such as `in 5 minutes`, `tomorrow at 9am` or `friday at 14:30`, which are UTC.");
        }

        if (at > now + ahead) return Failure.Field(field, $"is more than {ahead.TotalDays:0.##} days ahead.");
        return at > now ? at : (DateTimeOffset?)null;
    }

    /// <returns>Null when it is neither. A time without an offset is UTC; one beyond the calendar is its end.</returns>
    internal static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (text.Length > LongestText) return null;
        if (DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)) return at;
        if (FromNow().Match(text) is { Success: true } span) return After(span, now);
        if (OnADay().Match(text) is { Success: true } day) return On(day, now);
        return null;
    }

    private static DateTimeOffset After(Match words, DateTimeOffset now)
    {
        int count = words.Groups["count"] is { Success: true } digits ? Number(digits) : 1;
        double seconds = count * char.ToLowerInvariant(words.Groups["unit"].ValueSpan[0]) switch
        {
            's' => 1.0,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => 7 * 86_400,
        };
        return seconds < (DateTimeOffset.MaxValue - now).TotalSeconds ? now.AddSeconds(seconds) : DateTimeOffset.MaxValue;
    }

    /// <summary>A weekday is the next one whose time is still ahead: on a Friday morning, `friday at 3pm` is today.</summary>
    private static DateTimeOffset? On(Match words, DateTimeOffset now)
    {
        if (TimeOfDay(words) is not { } time) return null;
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero);
        string day = words.Groups["day"].Value;
        if (day.Equals("today", StringComparison.OrdinalIgnoreCase)) return today + time;
        if (day.Equals("tomorrow", StringComparison.OrdinalIgnoreCase)) return today.AddDays(1) + time;
        int wait = ((int)Enum.Parse<DayOfWeek>(day, ignoreCase: true) - (int)today.DayOfWeek + 7) % 7;
        DateTimeOffset at = today.AddDays(wait) + time;
        return at > now ? at : at.AddDays(7);
    }

    /// <returns>Null for an hour or a minute that no clock shows.</returns>
    private static TimeSpan? TimeOfDay(Match words)
    {
        if (words.Groups["noon"].Success) return TimeSpan.FromHours(12);
        int hour = Number(words.Groups["hour"]), minute = words.Groups["minute"] is { Success: true } given ? Number(given) : 0;
        if (words.Groups["half"] is { Success: true } half)
        {
            if (hour is < 1 or > 12) return null;
            hour = hour % 12 + (char.ToLowerInvariant(half.ValueSpan[0]) == 'p' ? 12 : 0);
        }

        return hour < 24 && minute < 60 ? new TimeSpan(hour, minute, 0) : null;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private const RegexOptions Words = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex("^ *in +(?:an?|(?<count>[0-9]{1,7})) *(?<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?) *$", Words)]
    private static partial Regex FromNow();

    // Without am or pm an hour needs its minutes: `at 9` may be either.
    [GeneratedRegex(
        "^ *(?<day>today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: +at)? +" +
        "(?:(?<noon>noon)|(?<hour>[0-9]{1,2})(?::(?<minute>[0-9]{2}))? *(?<half>am|pm)|(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2}))(?: *(?:utc|gmt|z))? *$", Words)]
    private static partial Regex OnADay();
}
