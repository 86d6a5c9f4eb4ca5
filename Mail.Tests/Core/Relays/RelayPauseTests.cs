using Mail.Core.Relays;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays;

public sealed class RelayPauseTests
{
    private static readonly RelayFault _refused = new("connection refused", IsPermanent: false);
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Failures_side_by_side_count_once_and_each_failed_probe_doubles_the_pause_up_to_its_limit()
    {
        RelayPause pause = new(new RelayOptions(), _clock);
        Assert.True(pause.Begin(_refused));
        Assert.False(pause.Begin(_refused));
        Assert.False(pause.Begin(_refused));

        List<double> pauses = [];
        for (int probe = 0; probe < 7; probe++)
        {
            TimeSpan length = pause.ProbeAt!.Value - _clock.GetUtcNow();
            pauses.Add(length.TotalSeconds);
            _clock.Advance(length);
            Assert.False(pause.Begin(_refused));
        }

        Assert.Equal([1, 2, 4, 8, 15, 15, 15], pauses);
    }

    [Fact]
    public void A_refusal_that_a_person_has_to_mend_is_probed_less_often()
    {
        RelayPause pause = new(new RelayOptions(), _clock);
        RelayFault badPassword = new("535 wrong password", IsPermanent: true);
        TimeSpan length = TimeSpan.Zero;
        for (int probe = 0; probe < 15; probe++)
        {
            pause.Begin(badPassword);
            length = pause.ProbeAt!.Value - _clock.GetUtcNow();
            _clock.Advance(length);
        }

        Assert.Equal(TimeSpan.FromMinutes(5), length);
    }

    [Fact]
    public void Success_ends_the_pause_and_the_next_one_begins_short_again()
    {
        RelayPause pause = new(new RelayOptions(), _clock);
        pause.Begin(_refused);
        _clock.Advance(TimeSpan.FromSeconds(1));
        pause.Begin(_refused);

        Assert.True(pause.End());
        Assert.False(pause.End());

        Assert.Null(pause.Fault);
        Assert.Null(pause.ProbeAt);
        Assert.True(pause.Begin(_refused));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(1), pause.ProbeAt);
    }

    [Fact]
    public void A_pause_that_only_a_probe_ended_goes_on_where_it_was_until_a_message_is_answered()
    {
        RelayPause pause = new(new RelayOptions(), _clock);
        List<double> pauses = [];
        for (int round = 0; round < 3; round++)
        {
            Assert.True(pause.Begin(_refused));
            pauses.Add((pause.ProbeAt!.Value - _clock.GetUtcNow()).TotalSeconds);
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True(pause.EndOnTrial());
        }

        Assert.False(pause.End()); // the first answer to a message
        pause.Begin(_refused);

        Assert.Equal([1, 2, 4], pauses);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(1), pause.ProbeAt);
    }

    [Fact]
    public void Messages_wait_longer_the_longer_the_pause_lasts()
    {
        RelayPause pause = new(new RelayOptions(), _clock);
        pause.Begin(_refused);

        Assert.InRange(Wait(), TimeSpan.FromSeconds(27), TimeSpan.FromSeconds(33));
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.InRange(Wait(), TimeSpan.FromSeconds(108), TimeSpan.FromSeconds(132));
        _clock.Advance(TimeSpan.FromHours(4));
        Assert.InRange(Wait(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));

        TimeSpan Wait() => pause.MessagesWaitUntil() - _clock.GetUtcNow();
    }
}
