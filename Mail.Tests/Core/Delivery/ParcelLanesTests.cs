using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;

namespace Mail.Tests.Core.Delivery;

public sealed class ParcelLanesTests
{
    [Fact]
    public async Task Lanes_are_taken_by_weight_so_that_none_starves()
    {
        ParcelLanes lanes = new();
        foreach (Lane lane in Enum.GetValues<Lane>())
            for (int i = 0; i < 100; i++) lanes.Add(Parcel(lane));

        List<Lane> taken = [];
        for (int i = 0; i < 42; i++) taken.Add((await lanes.TakeAsync(criticalOnly: false))!.Message.Lane);

        Assert.Equal((32, 8, 2), (taken.Count(lane => lane == Lane.Critical), taken.Count(lane => lane == Lane.Normal), taken.Count(lane => lane == Lane.Bulk)));
    }

    [Fact]
    public async Task A_lane_alone_gets_everything()
    {
        ParcelLanes lanes = new();
        for (int i = 0; i < 5; i++) lanes.Add(Parcel(Lane.Bulk));

        for (int i = 0; i < 5; i++) Assert.Equal(Lane.Bulk, (await lanes.TakeAsync(criticalOnly: false))!.Message.Lane);
    }

    [Fact]
    public async Task Who_takes_only_critical_ones_waits_for_them()
    {
        ParcelLanes lanes = new();
        lanes.Add(Parcel(Lane.Bulk));

        Task<Parcel?> taking = lanes.TakeAsync(criticalOnly: true);
        Assert.False(taking.IsCompleted);
        lanes.Add(Parcel(Lane.Critical));

        Assert.Equal(Lane.Critical, (await taking)!.Message.Lane);
    }

    [Fact]
    public async Task Closing_frees_those_who_wait_and_returns_what_is_left()
    {
        ParcelLanes lanes = new();
        Task<Parcel?> waiting = lanes.TakeAsync(criticalOnly: true);
        lanes.Add(Parcel(Lane.Normal));

        IReadOnlyList<Parcel> left = lanes.Close();

        Assert.Equal(Lane.Normal, Assert.Single(left).Message.Lane);
        Assert.Null(await waiting);
        Assert.Null(await lanes.TakeAsync(criticalOnly: false));
    }

    private static Parcel Parcel(Lane lane)
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        MessageEnvelope envelope = new("a@example.org", ["b@example.com"], [], [], [], []);
        MessageContent content = new(null, "text", null, new Dictionary<string, string>(), []);
        return new Parcel(new StoredMessage(ProjectId.New(now), MessageId.New(now), now, lane, false, DeliveryGuarantee.AtLeastOnce, "subject", envelope, content, null, null), []);
    }
}
