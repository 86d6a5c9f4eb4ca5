using System.Collections.Concurrent;
using Mail.Core.Common;

namespace Mail.Core.Domains;

/// <summary>
/// Keeps a project from making us work or write for nothing: keys in a loop of adding and removing, links mailed to strangers. Counts by day (UTC), in this
/// process; a restart begins anew.
/// </summary>
public sealed class SetupThrottle(TimeProvider clock)
{
    public const int KeysADay = 300, LinksADay = 100, LinksToOneAddress = 5;

    private readonly ConcurrentDictionary<string, int> _taken = new();
    private DateOnly _day;

    /// <param name="what">What is counted, and whose.</param>
    public bool TryTake(string what, int most)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (_day != today)
        {
            _taken.Clear();
            _day = today;
        }

        return _taken.AddOrUpdate(what, 1, (_, count) => count + 1) <= most;
    }

    internal static Failure Refusal(string what) => new(FailureKind.TooMany, "rate_limit_exceeded", $"Too many {what} today. Try again tomorrow.");
}
