using Mail.Core.Delivery;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

internal static class DeliveryClaims
{
    /// <summary>One search and one claim, as the first of a worker that knows no project yet.</summary>
    public static async Task<List<Claimed>> ClaimDueAsync(this DeliveryQueue queue, int critical, int normal, int bulk)
    {
        DueProjects due = new();
        due.Found(await queue.WaitingProjectsAsync(null, 1000, CancellationToken.None), DateTimeOffset.MaxValue);
        return await queue.ClaimDueAsync(due.Divide([critical, normal, bulk]), CancellationToken.None);
    }

    public static Task<List<Claimed>> ClaimDueAsync(this DeliveryQueue queue, int ofEachLane) => queue.ClaimDueAsync(ofEachLane, ofEachLane, ofEachLane);
}
