using Mail.Core.Alerts;

namespace Mail.Core.Relays.Limits;

/// <summary>Makes the gate of each relay. What is known of a relay beyond its settings, such as who asked it to slow down, outlives a change of them.</summary>
public sealed class RelayGates
{
    private readonly SharedLimits _store;
    private readonly Paces _paces;
    private readonly RelayUsage _usage;
    private readonly IAlerts _alerts;
    private readonly TimeProvider _clock;

    internal RelayGates(SharedLimits store, Paces paces, RelayUsage usage, IAlerts alerts, TimeProvider clock) => (_store, _paces, _usage, _alerts, _clock) = (store, paces, usage, alerts, clock);

    /// <summary>Keeps the places of what is being sent. Call several times a minute.</summary>
    public ValueTask RenewAsync() => _store.RenewAsync();

    /// <summary>Tells the other processes who is to be slowed, and hears it from them. Call about once a second.</summary>
    public ValueTask ShareAsync() => _paces.ShareAsync();

    internal RelayGate For(ConfiguredRelay relay) => For(RelayLimits.Of(relay));

    /// <summary>Of the relay that the configuration sets.</summary>
    internal RelayGate ForDefault(string name, RelayOptions options) => For(RelayLimits.OfDefault(name, options));

    internal RelayGate For(RelayLimits limits) => new(limits, _store, _paces, limits.HasQuota ? new RelayQuota(limits, _usage, _alerts, _clock) : null, _clock);
}
