using Mail.Core.Relays;
using Mail.Tests.Support;

namespace Mail.Tests.Core.Relays;

/// <summary>A relay is left alone when it is in trouble, and not because one big domain is.</summary>
public sealed class DomainTroubleTests
{
    private const string Refusal = "421 4.7.0 try later";

    private readonly RelayBreaker _breaker;

    public DomainTroubleTests()
    {
        ManualClock clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        _breaker = new RelayBreaker(new RelayOptions(), clock);
        Clock = clock;
    }

    private ManualClock Clock { get; }

    [Fact]
    public void One_domain_that_defers_everything_does_not_close_the_way_for_others()
    {
        for (int i = 0; i < 100; i++) Answer(i % 10 == 0 ? $"a@d{i}.example" : "a@big.example", isRefused: i % 10 != 0);

        Assert.Null(_breaker.Fault);
    }

    [Fact]
    public void Two_domains_that_defer_everything_do_not_either()
    {
        for (int i = 0; i < 100; i++) Answer((i % 5) switch { 0 => $"a@d{i}.example", < 3 => "a@big.example", _ => "a@large.example" }, isRefused: i % 5 != 0);

        Assert.Null(_breaker.Fault);
    }

    [Fact]
    public void A_relay_that_defers_every_domain_is_left_alone_also_when_most_mail_is_for_one()
    {
        for (int i = 0; i < 30; i++) Answer(i % 5 == 0 ? $"a@d{i % 4}.example" : "a@big.example", isRefused: false);
        for (int i = 0; i < 20 && _breaker.Fault is null; i++) Answer(i % 5 == 0 ? $"a@d{i % 4}.example" : "a@big.example", isRefused: true);

        Assert.NotNull(_breaker.Fault);
    }

    [Fact]
    public void A_refusal_before_any_recipient_is_the_relays_whatever_the_domain()
    {
        for (int i = 0; i < 10; i++) _breaker.Answered("421 4.3.2 closing", TimeSpan.Zero, hasOthers: false);

        Assert.NotNull(_breaker.Fault);
    }

    [Fact]
    public void A_relay_that_names_a_time_is_left_alone_for_that_long()
    {
        Assert.True(_breaker.Pause(new RelayFault("429 too many requests", IsPermanent: false), TimeSpan.FromMinutes(2)));
        Assert.False(_breaker.Pause(new RelayFault("429 too many requests", IsPermanent: false), TimeSpan.FromMinutes(1)));
        Assert.Equal(Clock.GetUtcNow().AddMinutes(2), _breaker.ProbeAt);

        _breaker.Pause(new RelayFault("429 too many requests", IsPermanent: false), TimeSpan.FromDays(1));
        Assert.Equal(Clock.GetUtcNow().AddHours(1), _breaker.ProbeAt);
    }

    private void Answer(string recipient, bool isRefused) => _breaker.Answered(isRefused ? Refusal : null, TimeSpan.Zero, hasOthers: false, recipient);
}
