using System.Globalization;
using System.Text.RegularExpressions;

namespace Mail.Core.Messages;

/// <summary>Reads `scheduled_at`: ISO 8601, or `in 5 minutes` as Resend takes it.</summary>
internal static partial class ScheduledTime
{
    private static readonly string[] _formats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <returns>Null when it is neither. A time without an offset is UTC.</returns>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        if (DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)) return at;
        if (InWords().Match(text.Trim()) is not { Success: true } match) return null;
        int count = int.Parse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return now + match.Groups["unit"].Value[0] switch
        {
            's' or 'S' => TimeSpan.FromSeconds(count),
            'm' or 'M' => TimeSpan.FromMinutes(count),
            'h' or 'H' => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
    }

    [GeneratedRegex("^in (?<count>[0-9]{1,7}) (?<unit>s|sec|secs|second|seconds|m|min|mins|minute|minutes|h|hour|hours|d|day|days)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InWords();
}
