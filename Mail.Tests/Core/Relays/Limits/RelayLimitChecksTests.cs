using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Limits;

namespace Mail.Tests.Core.Relays.Limits;

public sealed class RelayLimitChecksTests
{
    private static readonly DateOnly _day = new(2026, 3, 1);
    private static readonly RelayValues _none = new("r", true, 1, 1, [], null, [], null, null, null, null);

    [Fact]
    public void No_limits_and_good_limits_pass()
    {
        Assert.Null(RelayLimitChecks.Check(_none));
        Assert.Null(RelayLimitChecks.Check(_none with
        {
            MaxConnections = 5,
            RatePerSecond = 0.01,
            DayQuota = 1,
            MonthQuota = 1_000_000,
            DomainLimits = [new("gmail.com", 10), new("*", null, 3), new("bücher.example", 1, 1)],
            WarmUp = new WarmUp(_day, 50, 1.5, 50),
        }));
    }

    [Theory]
    [InlineData("", "domain_limits.1.domain")]
    [InlineData("not a domain", "domain_limits.1.domain")]
    [InlineData("a@example.com", "domain_limits.1.domain")]
    [InlineData("example.com> <b@x.example", "domain_limits.1.domain")]
    [InlineData("[192.0.2.1]", "domain_limits.1.domain")]
    [InlineData("**", "domain_limits.1.domain")]
    [InlineData("GMAIL.com", "domain_limits.1.domain")]
    public void A_domain_that_is_none_or_stands_twice_is_refused_by_its_path(string domain, string path) =>
        Assert.Contains($"`{path}`", Domains(new DomainLimit("gmail.com", 1), new DomainLimit(domain, 1))!.Detail, StringComparison.Ordinal);

    [Fact]
    public void A_line_that_limits_nothing_and_a_list_that_is_too_long_are_refused()
    {
        Assert.Equal("`domain_limits.0` needs `rate_per_second` or `max_concurrent`.", Domains(new DomainLimit("gmail.com"))!.Detail);
        Assert.NotNull(Domains([.. Enumerable.Range(0, RelayLimitChecks.MostDomains + 1).Select(i => new DomainLimit($"d{i}.example", 1))]));
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(1e9), InlineData(0.0001)]
    public void A_rate_that_is_none_is_refused(double rate)
    {
        Assert.Contains("`rate_per_second`", RelayLimitChecks.Check(_none with { RatePerSecond = rate })!.Detail, StringComparison.Ordinal);
        Assert.Contains("`domain_limits.0.rate_per_second`", Domains(new DomainLimit("*", rate))!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_below_one_are_refused()
    {
        Assert.Contains("`max_connections`", RelayLimitChecks.Check(_none with { MaxConnections = 0 })!.Detail, StringComparison.Ordinal);
        Assert.Contains("`day_quota`", RelayLimitChecks.Check(_none with { DayQuota = 0 })!.Detail, StringComparison.Ordinal);
        Assert.Contains("`x.month_quota`", RelayLimitChecks.Check(_none with { MonthQuota = -5 }, "x.")!.Detail, StringComparison.Ordinal);
        Assert.Contains("`domain_limits.0.max_concurrent`", Domains(new DomainLimit("*", null, 0))!.Detail, StringComparison.Ordinal);
    }

    public static TheoryData<WarmUp, string> BadPlans => new()
    {
        { new WarmUp(default, 50, 2), "warm_up.starts_on" }, { new WarmUp(_day, 0, 2), "warm_up.first_day" }, { new WarmUp(_day, 50, 1), "warm_up.growth" },
        { new WarmUp(_day, 50, double.NaN), "warm_up.growth" }, { new WarmUp(_day, 50, 11), "warm_up.growth" }, { new WarmUp(_day, 50, 2, 49), "warm_up.ceiling" },
    };

    [Theory, MemberData(nameof(BadPlans))]
    public void A_plan_that_cannot_be_followed_is_refused_by_its_path(WarmUp plan, string path) =>
        Assert.Contains($"`{path}`", RelayLimitChecks.CheckWarmUp(plan, "warm_up")!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Domains_are_kept_in_lower_case_and_a_labels() =>
        Assert.Equal(["gmail.com", "xn--bcher-kva.example", "*"], RelayLimitChecks.Normalize([new(" GMail.com", 1), new("Bücher.example", 1), new("*", 1)]).Select(limit => limit.Domain));

    [Theory, InlineData(-5, 100), InlineData(0, 100), InlineData(1, 150), InlineData(2, 225), InlineData(3, 300), InlineData(20_000, 300)]
    public void A_warm_up_grows_by_the_day_to_its_ceiling_and_stays_there(int days, long expected) =>
        Assert.Equal(expected, new WarmUp(_day, 100, 1.5, 300).On(_day.AddDays(days)));

    [Fact]
    public void A_warm_up_without_ceiling_does_not_overflow() => Assert.Equal(WarmUp.Endless, new WarmUp(_day, 100, 10).On(_day.AddDays(20_000)));

    private static Failure? Domains(params DomainLimit[] limits) => RelayLimitChecks.CheckDomains(limits, "domain_limits");
}
