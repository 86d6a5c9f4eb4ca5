using Mail.Core.Alerts;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Relays;

namespace Mail.Core.Delivery;

/// <summary>Raises what the engine sees of relays as alerts.</summary>
internal sealed class RelayAlerts(IAlerts alerts, TimeProvider clock)
{
    // A probe sees no refusal of messages: only when none comes for a while is the relay back without a message's having proved it.
    private static readonly TimeSpan _trial = TimeSpan.FromMinutes(1);

    // Every failed probe says that it is still so; these come at the longest after a pause of a day's settings.
    private static readonly TimeSpan _afterProbe = TimeSpan.FromMinutes(30);

    /// <summary>The relay's breaker opened.</summary>
    public void Paused(RelayRoute route) => Raise(route, route.Breaker.Fault, 1, route.Breaker.ProbeAt + _afterProbe);

    /// <summary>Another try failed.</summary>
    public void StillPaused(RelayRoute route) => Raise(route, route.Breaker.Fault, 0, route.Breaker.ProbeAt + _afterProbe);

    /// <summary>A probe found it well; it is tried by messages now.</summary>
    /// <param name="fault">What it was paused for.</param>
    public void Returning(RelayRoute route, RelayFault? fault) => Raise(route, fault, 0, clock.GetUtcNow() + _trial);

    /// <summary>It answered to a message, or was found well at the start.</summary>
    public void Recovered(RelayRoute route)
    {
        alerts.Resolve(Key(route, AlertKind.RelayPaused));
        alerts.Resolve(Key(route, AlertKind.RelayMisconfigured));
    }

    /// <summary>A recipient was served after other relays had been passed by.</summary>
    public void ServedByAnother(Delivery delivery, StoredMessage message)
    {
        if (delivery.State != DeliveryState.Sent || message.Envelope.Source == MessageSources.Alert) return;
        foreach ((string relay, string reason, _) in delivery.Detours)
            alerts.Raise(new AlertKey(message.ProjectId, AlertKind.RelayFailover, relay), new AlertFacts { Reason = reason, Cause = CauseFinder.OfDetour(reason) });
    }

    private void Raise(RelayRoute route, RelayFault? fault, int times, DateTimeOffset? endsAt)
    {
        if (fault is null) return; // another thread has closed it meanwhile
        AlertKind kind = fault.IsPermanent ? AlertKind.RelayMisconfigured : AlertKind.RelayPaused;
        alerts.Raise(Key(route, kind), new AlertFacts { Reason = fault.Reason, Cause = CauseFinder.OfFault(fault) }, times, endsAt);
    }

    /// <summary>A relay that is no project's is the installation's.</summary>
    private static AlertKey Key(RelayRoute route, AlertKind kind) => new(ProjectRelays.ProjectOf(route.WaitsAs), kind, route.Relay.Name);
}
