using Mail.Core.Relays;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays;

public sealed class RelayBreakerTests
{
    private static readonly RelayFault _refused = new("connection refused", IsPermanent: false);
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Failures_side_by_side_count_once_and_each_failed_probe_doubles_the_pause_up_to_its_limit()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        Assert.True(breaker.Open(_refused));
        Assert.False(breaker.Open(_refused));
        Assert.False(breaker.Open(_refused));

        List<double> pauses = [];
        for (int probe = 0; probe < 7; probe++)
        {
            TimeSpan length = breaker.ProbeAt!.Value - _clock.GetUtcNow();
            pauses.Add(length.TotalSeconds);
            _clock.Advance(length);
            Assert.False(breaker.Open(_refused));
        }

        Assert.Equal([1, 2, 4, 8, 15, 15, 15], pauses);
    }

    [Fact]
    public void A_refusal_that_a_person_has_to_mend_is_probed_less_often()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        RelayFault badPassword = new("535 wrong password", IsPermanent: true);
        TimeSpan length = TimeSpan.Zero;
        for (int probe = 0; probe < 15; probe++)
        {
            breaker.Open(badPassword);
            length = breaker.ProbeAt!.Value - _clock.GetUtcNow();
            _clock.Advance(length);
        }

        Assert.Equal(TimeSpan.FromMinutes(5), length);
    }

    [Fact]
    public void An_answer_closes_it_and_the_next_pause_begins_short_again()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        breaker.Open(_refused);
        _clock.Advance(TimeSpan.FromSeconds(1));
        breaker.Open(_refused);

        Assert.Equal(BreakerChange.Closed, Answer(breaker));
        Assert.Equal(BreakerChange.None, Answer(breaker));

        Assert.Null(breaker.Fault);
        Assert.Null(breaker.ProbeAt);
        Assert.True(breaker.Open(_refused));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(1), breaker.ProbeAt);
    }

    [Fact]
    public void Half_open_it_lets_one_message_at_a_time_through_until_one_is_answered()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        breaker.Open(_refused);
        Assert.False(breaker.TryEnter(out _));
        Assert.True(breaker.HalfOpen());

        Assert.True(breaker.TryEnter(out _));
        Assert.False(breaker.TryEnter(out RelayFault? waiting));
        breaker.Leave();
        Assert.True(breaker.TryEnter(out _));
        Assert.Equal(BreakerChange.Closed, Answer(breaker));

        Assert.Equal(_refused with { IsOnTrial = true }, waiting);
        Assert.True(breaker.TryEnter(out _));
        Assert.True(breaker.TryEnter(out _));
    }

    [Fact]
    public void A_pause_that_only_a_probe_ended_goes_on_where_it_was_until_a_message_is_answered()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        List<double> pauses = [];
        for (int round = 0; round < 3; round++)
        {
            Assert.True(breaker.Open(_refused));
            pauses.Add((breaker.ProbeAt!.Value - _clock.GetUtcNow()).TotalSeconds);
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True(breaker.HalfOpen());
        }

        Assert.Equal(BreakerChange.Closed, Answer(breaker)); // the first answer to a message
        breaker.Open(_refused);

        Assert.Equal([1, 2, 4], pauses);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(1), breaker.ProbeAt);
    }

    [Fact]
    public void A_refusal_while_half_open_opens_it_again()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        breaker.Open(_refused);
        breaker.HalfOpen();

        Assert.Equal(BreakerChange.Opened, breaker.Answered("421 closing", TimeSpan.Zero, hasOthers: false));
        Assert.Equal("421 closing", breaker.Fault?.Reason);
    }

    [Fact]
    public void Half_of_the_last_answers_being_refusals_of_its_own_opens_it()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        List<BreakerChange> changes = [];
        for (int i = 0; i < 5; i++) changes.Add(Answer(breaker));
        for (int i = 0; i < 5; i++) changes.Add(breaker.Answered("421 too busy", TimeSpan.Zero, hasOthers: false));

        Assert.Equal([.. Enumerable.Repeat(BreakerChange.None, 9), BreakerChange.Opened], changes);
        Assert.Equal("It refused 5 of its last 10 messages for reasons of its own. Last: 421 too busy", breaker.Fault?.Reason);
    }

    [Fact]
    public void Refusals_of_a_minute_ago_do_not_count()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        for (int i = 0; i < 9; i++) breaker.Answered("421 too busy", TimeSpan.Zero, hasOthers: false);
        _clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(BreakerChange.None, breaker.Answered("421 too busy", TimeSpan.Zero, hasOthers: false));
    }

    [Theory, InlineData(true, BreakerChange.Opened), InlineData(false, BreakerChange.None)]
    public void A_slow_relay_is_left_alone_only_while_others_can_serve(bool hasOthers, BreakerChange expected)
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        for (int i = 0; i < 9; i++) breaker.Answered(null, TimeSpan.FromSeconds(21), hasOthers);

        Assert.Equal(expected, breaker.Answered(null, TimeSpan.FromSeconds(21), hasOthers));
    }

    [Fact]
    public void Messages_wait_longer_the_longer_the_pause_lasts()
    {
        RelayBreaker breaker = new(new RelayOptions(), _clock);
        breaker.Open(_refused);

        Assert.InRange(Wait(), TimeSpan.FromSeconds(27), TimeSpan.FromSeconds(33));
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.InRange(Wait(), TimeSpan.FromSeconds(108), TimeSpan.FromSeconds(132));
        _clock.Advance(TimeSpan.FromHours(4));
        Assert.InRange(Wait(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(11));

        TimeSpan Wait() => breaker.MessagesWaitUntil() - _clock.GetUtcNow();
    }

    private static BreakerChange Answer(RelayBreaker breaker) => breaker.Answered(null, TimeSpan.FromMilliseconds(5), hasOthers: false);
}
