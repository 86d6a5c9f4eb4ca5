using Mail.Core.Common;

namespace Mail.Core.Relays.Limits;

/// <summary>
/// The names under which deliveries wait for room: `limit/KEY` and `limit/KEY/DOMAIN` for their turn, `quota/KEY` for a quota or a warm-up. KEY is
/// `default`, or `PROJECT.RELAY` by ids, so that the relay is found again from the name alone.
/// </summary>
public static class LimitNames
{
    internal const string DefaultKey = "default";
    internal const char DomainMark = '/';

    private const string TurnPrefix = "limit/", QuotaPrefix = "quota/";

    internal static string Key(ProjectId project, RelayId relay) => $"{project}.{relay}";

    /// <param name="line">`KEY` or `KEY/DOMAIN`, as it is counted.</param>
    internal static string Turn(string line) => TurnPrefix + line;

    internal static string Quota(string key) => QuotaPrefix + key;

    /// <summary>Whether the name is one of these; others are those of relays that are down.</summary>
    public static bool IsLimit(string waitsAs)
    {
        ArgumentNullException.ThrowIfNull(waitsAs);
        return waitsAs.StartsWith(TurnPrefix, StringComparison.Ordinal) || IsQuota(waitsAs);
    }

    /// <summary>Whether a quota or a warm-up is waited for.</summary>
    public static bool IsQuota(string waitsAs)
    {
        ArgumentNullException.ThrowIfNull(waitsAs);
        return waitsAs.StartsWith(QuotaPrefix, StringComparison.Ordinal);
    }

    internal static string LineOf(string waitsAs) => waitsAs[TurnPrefix.Length..];

    /// <returns>The relay's key (<see cref="RelayGate.Key"/>).</returns>
    public static string KeyOf(string waitsAs)
    {
        ArgumentNullException.ThrowIfNull(waitsAs);
        string line = LineOf(waitsAs);
        int domain = line.IndexOf(DomainMark, StringComparison.Ordinal);
        return domain < 0 ? line : line[..domain];
    }

    /// <returns>Null for a line that is the whole relay's.</returns>
    internal static string? DomainOf(string waitsAs)
    {
        string line = LineOf(waitsAs);
        int domain = line.IndexOf(DomainMark, StringComparison.Ordinal);
        return domain < 0 ? null : line[(domain + 1)..];
    }

    /// <returns>The project whose relay it is; null for the default relay, and for a name that is no limit's.</returns>
    internal static ProjectId? ProjectOf(string waitsAs)
    {
        if (!IsLimit(waitsAs)) return null;
        string key = KeyOf(waitsAs);
        int dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Guid.TryParse(key.AsSpan(0, dot), out Guid project) ? new ProjectId(project) : null;
    }
}
