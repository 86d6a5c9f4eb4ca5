using System.Globalization;
using Mail.Core.Common;
using Mail.Core.Messaging;

namespace Mail.Core.Flows;

/// <summary>A moment as an app writes it: with its offset, or as the clocks of a zone show it.</summary>
/// <param name="Wall">Null for one with an offset.</param>
public sealed record LocalMoment(DateTimeOffset At, WallTime? Wall)
{
    private static readonly string[] _local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] _offset = [.. _local.Select(format => format + "zzz"), .. _local.Select(format => format + "'Z'")];

    /// <param name="path">The field's.</param>
    /// <param name="zone">For a time without an offset; null where there is none to go by.</param>
    public static Result<LocalMoment> Parse(string path, string text, TimeZoneInfo? zone)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= 40)
        {
            if (DateTimeOffset.TryParseExact(text, _offset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)) return new LocalMoment(at.ToUniversalTime(), null);
            if (DateTime.TryParseExact(text, _local, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local) && local.Year is > 1900 and < 9999)
                return zone is not null ? Of(new WallTime(local, zone)) : Failure.Field(path, "has no offset from UTC: add one (`Z`), or say `time_zone`.");
        }

        return Failure.Field(path, "is not a time such as `2026-12-01T09:00:00Z`, or `2026-12-01T09:00:00` by the clocks of `time_zone`.");
    }

    public static LocalMoment Of(WallTime wall)
    {
        ArgumentNullException.ThrowIfNull(wall);
        return new LocalMoment(wall.At.ToUniversalTime(), wall);
    }
}
