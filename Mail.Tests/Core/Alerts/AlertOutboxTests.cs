using Mail.Core.Alerts;
using Mail.Core.Common;

namespace Mail.Tests.Core.Alerts;

public sealed class AlertOutboxTests
{
    private static readonly AlertKey _paused = new(new ProjectId(Guid.NewGuid()), AlertKind.RelayPaused, "a");
    private static readonly AlertKey _failover = _paused with { Kind = AlertKind.RelayFailover };

    private readonly AlertOutbox _outbox = new();

    [Fact]
    public void A_hundred_thousand_of_the_same_make_one_change_with_the_last_facts()
    {
        for (int i = 0; i < 100_000; i++) _outbox.Raise(_failover, new AlertFacts { Reason = $"{i}" });

        AlertChange change = Assert.Single(_outbox.Take());
        Assert.Equal((100_000, "99999", false), (change.Times, change.Facts.Reason, change.IsOver));
        Assert.Empty(_outbox.Take());
    }

    [Fact]
    public void What_begins_and_ends_and_begins_again_is_told_in_that_order()
    {
        _outbox.Raise(_paused, new AlertFacts());
        _outbox.Raise(_failover, new AlertFacts());
        _outbox.Resolve(_paused);
        _outbox.Raise(_paused, new AlertFacts());

        Assert.Equal([(_paused, false), (_failover, false), (_paused, true), (_paused, false)], _outbox.Take().Select(change => (change.Key, change.IsOver)));
    }

    [Fact]
    public void What_could_not_be_stored_comes_first_the_next_time()
    {
        _outbox.Raise(_failover, new AlertFacts(), times: 3);
        IReadOnlyList<AlertChange> unstored = _outbox.Take();
        _outbox.Raise(_failover, new AlertFacts { Reason = "newer" }, times: 4);

        _outbox.GiveBack(unstored);

        AlertChange change = Assert.Single(_outbox.Take());
        Assert.Equal((7, "newer"), (change.Times, change.Facts.Reason));
    }
}
