using System.Collections.Frozen;
using Mail.Core.Common;

namespace Mail.Core.Relays.Limits;

/// <summary>All limits of one relay.</summary>
/// <param name="Key">Under which they are counted (<see cref="LimitNames"/>).</param>
internal sealed record RelayLimits(string Key, ProjectId? Project, RelayId Relay, string RelayName)
{
    public double? RatePerSecond { get; init; }

    public int? MaxConcurrent { get; init; }

    public long? DayQuota { get; init; }

    public long? MonthQuota { get; init; }

    public WarmUp? WarmUp { get; init; }

    /// <summary>By domain, without that for every other one.</summary>
    public FrozenDictionary<string, DomainLimit> Domains { get; init; } = FrozenDictionary<string, DomainLimit>.Empty;

    /// <summary>For each domain that has none of its own.</summary>
    public DomainLimit? AnyDomain { get; init; }

    public bool HasQuota => DayQuota is not null || MonthQuota is not null || WarmUp is not null;

    public static RelayLimits Of(ConfiguredRelay relay) => new(LimitNames.Key(relay.ProjectId, relay.Id), relay.ProjectId, relay.Id, relay.Name)
    {
        RatePerSecond = relay.RatePerSecond, MaxConcurrent = relay.MaxConnections, DayQuota = relay.DayQuota, MonthQuota = relay.MonthQuota, WarmUp = relay.WarmUp,
        Domains = relay.DomainLimits.Where(limit => limit.Domain != DomainLimit.Any).ToFrozenDictionary(limit => limit.Domain, StringComparer.OrdinalIgnoreCase),
        AnyDomain = Array.Find(relay.DomainLimits, limit => limit.Domain == DomainLimit.Any),
    };

    /// <summary>Of the relay that the configuration sets.</summary>
    public static RelayLimits OfDefault(string name, RelayOptions options) => new(LimitNames.DefaultKey, null, default, name)
    {
        RatePerSecond = options.RatePerSecond, DayQuota = options.DayQuota, MonthQuota = options.MonthQuota,
    };

    /// <summary>Recipients that may go on this day: of the quota and the warm-up what is less.</summary>
    public long OnDay(DateOnly day) => Math.Min(DayQuota ?? long.MaxValue, WarmUp?.On(day) ?? long.MaxValue);
}
