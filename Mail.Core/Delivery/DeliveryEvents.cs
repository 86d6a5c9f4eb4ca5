using Mail.Core.Relays.Limits;

namespace Mail.Core.Delivery;

/// <summary>The wire names of what happens to a delivery.</summary>
public static class DeliveryEvents
{
    /// <summary>A relay was passed by.</summary>
    public const string Rerouted = "email.rerouted";

    /// <returns>Null when there is nothing to tell: waiting on for the same relay is not news, nor is waiting for its turn.</returns>
    internal static string? TypeOf(Delivery delivery) => delivery switch
    {
        { Held: HoldKind.Turn } => null,
        { WasParked: true, ParkedBy: not null } => null,
        _ => $"email.{delivery.State.Name()}",
    };
}
