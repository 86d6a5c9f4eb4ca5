using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Microsoft.Extensions.Options;
using Claimed = Mail.Core.Delivery.Delivery;

namespace Mail.Tests.Core.Delivery;

public sealed class DeliveryLeasesTests
{
    private readonly DeliveryLeases _leases = new(Options.Create(new DeliveryOptions { HeldPerLane = 5 }));

    [Fact]
    public void A_delivery_that_is_claimed_again_outlives_the_end_of_its_first_claim()
    {
        (Claimed first, Claimed second) = ClaimedTwice();

        _leases.Forget([first]);

        Assert.True(_leases.IsSafe(second));
        Assert.False(_leases.IsSafe(first));
        Assert.Equal((1, 4), (_leases.Count, _leases.RoomIn(Lane.Normal)));
    }

    [Fact]
    public void The_room_of_a_lane_is_whole_again_once_both_claims_have_ended()
    {
        (Claimed first, Claimed second) = ClaimedTwice();
        Assert.Equal(3, _leases.RoomIn(Lane.Normal));

        _leases.Forget([second]);
        _leases.Forget([first, second]);

        Assert.Equal((0, 5), (_leases.Count, _leases.RoomIn(Lane.Normal)));
    }

    [Fact]
    public void A_claim_that_was_lost_does_not_make_the_next_one_unsafe()
    {
        (Claimed first, Claimed second) = ClaimedTwice();

        _leases.Lose(first);

        Assert.False(_leases.IsSafe(first));
        Assert.True(_leases.IsSafe(second));
    }

    private (Claimed First, Claimed Second) ClaimedTwice()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DeliveryId id = DeliveryId.New(now);
        MessageId message = MessageId.New(now);
        Claimed first = new(DeliveryDatabase.Project, id, message, "a@example.com", Lane.Normal) { LeaseToken = Guid.NewGuid() };
        Claimed second = new(DeliveryDatabase.Project, id, message, "a@example.com", Lane.Normal) { LeaseToken = Guid.NewGuid() };
        _leases.Hold([first], DeliveryLeases.Now);
        _leases.Hold([second], DeliveryLeases.Now);
        return (first, second);
    }
}
