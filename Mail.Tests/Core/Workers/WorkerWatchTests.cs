using Mail.Core.Workers;

namespace Mail.Tests.Core.Workers;

public sealed class WorkerWatchTests
{
    private readonly WorkerWatch _watch = new(TimeSpan.FromSeconds(10));
    private long _now = 1_000_000;

    [Fact]
    public void Who_has_just_begun_to_look_waits_the_whole_time()
    {
        Assert.False(Looked(seen: false));
        for (int i = 1; i < 10; i++) Assert.False(After(1, seen: false));
        Assert.True(After(1, seen: false));
    }

    [Fact]
    public void One_that_was_seen_and_is_gone_is_not_waited_for()
    {
        Looked(seen: true);

        Assert.True(After(1, seen: false));
        Assert.False(After(1, seen: true));
        Assert.True(After(1, seen: false));
    }

    [Fact]
    public void Who_could_not_look_begins_anew()
    {
        Looked(seen: true);

        _watch.CouldNotLook();

        Assert.False(After(1, seen: false));
        Assert.False(After(4, seen: false));
        Assert.False(After(4, seen: false));
        Assert.True(After(2, seen: false));
    }

    [Fact]
    public void So_does_who_stood_still()
    {
        Looked(seen: true);

        Assert.False(After(6, seen: false));
        Assert.False(After(5, seen: false));
        Assert.True(After(5, seen: false));
    }

    private bool After(int seconds, bool seen)
    {
        _now += seconds * 1000;
        return Looked(seen);
    }

    private bool Looked(bool seen) => _watch.Looked(seen, _now);
}
