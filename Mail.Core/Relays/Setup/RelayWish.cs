using System.Text.Json;
using Mail.Core.Relays.Limits;

namespace Mail.Core.Relays.Setup;

/// <summary>What somebody wants a relay to be, as given and not yet checked. What is not in <see cref="Given"/> stays as it is, or gets its default.</summary>
public sealed record RelayWish
{
    /// <summary>The names of the fields that were given, also as null.</summary>
    public required IReadOnlySet<string> Given { get; init; }

    public string? Name { get; init; }

    public string? Kind { get; init; }

    public string? Preset { get; init; }

    public string? PresetRegion { get; init; }

    public bool? Enabled { get; init; }

    public int? Priority { get; init; }

    public int? Weight { get; init; }

    public IReadOnlyList<string?>? Lanes { get; init; }

    public string? Region { get; init; }

    public IReadOnlyList<string?>? Senders { get; init; }

    public int? MaxConnections { get; init; }

    public double? RatePerSecond { get; init; }

    public long? DayQuota { get; init; }

    public long? MonthQuota { get; init; }

    public IReadOnlyList<DomainLimit?>? DomainLimits { get; init; }

    public WarmUp? WarmUp { get; init; }

    /// <summary>Texts, numbers, or null to take one out; a secret as `{"set": true}` stays as it is.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Settings { get; init; }

    /// <summary>The revision that the change was made from; null for whatever it is now.</summary>
    public int? Revision { get; init; }

    public bool Has(string field) => Given.Contains(field);
}
