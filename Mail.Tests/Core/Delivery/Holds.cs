using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays.Limits;

namespace Mail.Tests.Core.Delivery;

/// <summary>Waits for room, as a relay's gate tells them.</summary>
internal static class Holds
{
    public const string TurnName = "limit/default", QuotaName = "quota/default";

    public static RelayHold Turn(DateTimeOffset now) => new(HoldKind.Turn, TurnName, "default", "Waiting for its turn.", CauseCodes.RateWait, now.AddMinutes(30), TimeSpan.FromSeconds(1));

    public static RelayHold Quota(DateTimeOffset now) => new(HoldKind.Quota, QuotaName, "default", "The quota is used up.", CauseCodes.QuotaUsed, now.AddHours(12), TimeSpan.FromHours(12));
}
