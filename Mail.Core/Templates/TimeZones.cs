using System.Buffers;

namespace Mail.Core.Templates;

/// <summary>Time zones by the names that IANA gives them.</summary>
public static class TimeZones
{
    /// <summary>The longest name of today has 32 characters.</summary>
    private const int MaxLength = 64;

    private static readonly SearchValues<char> _nameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");

    /// <returns>Null when there is no such zone. A name of Windows ("Romance Standard Time") is none: it means nothing to other systems.</returns>
    public static TimeZoneInfo? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // The name becomes a part of a file's path: nothing but such a name may get that far.
        if (name.Length is 0 or > MaxLength || name[0] is '/' || name.AsSpan().ContainsAnyExcept(_nameCharacters)) return null;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : null;
    }
}
