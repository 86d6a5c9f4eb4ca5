using Mail.Core.Common;
using Mail.Core.Domains;

namespace Mail.Tests.Core.Domains;

/// <summary>What checks make of a domain over time.</summary>
public sealed class SenderDomainTests
{
    private static readonly DateTimeOffset _noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    private readonly SenderDomain _domain = new(new ProjectId(Guid.NewGuid()), new DomainId(Guid.NewGuid()), "shop.example", "shop.example", _noon);

    [Fact]
    public void A_new_one_is_looked_at_often_at_first_and_given_up_after_a_week()
    {
        Assert.Equal((DomainStatus.NotStarted, _noon), (_domain.Status, _domain.NextCheckAt));

        Check(false, _noon.AddMinutes(1));
        Assert.Equal((DomainStatus.Pending, _noon.AddMinutes(3)), (_domain.Status, _domain.NextCheckAt));
        Check(false, _noon.AddHours(2));
        Assert.Equal((DomainStatus.Pending, _noon.AddHours(2.5)), (_domain.Status, _domain.NextCheckAt));
        Check(false, _noon.AddDays(8));
        Assert.Equal((DomainStatus.Failed, _noon.AddDays(9)), (_domain.Status, _domain.NextCheckAt));
        Check(true, _noon.AddDays(20));
        Assert.Equal((DomainStatus.Verified, _noon.AddDays(20), _noon.AddDays(21)), (_domain.Status, _domain.VerifiedAt, _domain.NextCheckAt));
    }

    [Fact]
    public void A_verified_one_fails_only_when_its_key_is_missed_again_and_again_for_a_day()
    {
        Check(true, _noon);

        Check(false, _noon.AddDays(1));
        Assert.Equal((DomainStatus.TemporaryFailure, true, _noon.AddDays(1)), (_domain.Status, _domain.IsUsable, _domain.MissingSince));
        Check(false, _noon.AddDays(2.5)); // a worker that slept: two misses are few
        Assert.Equal(DomainStatus.TemporaryFailure, _domain.Status);
        Check(false, _noon.AddDays(2.6));
        Assert.Equal((DomainStatus.Failed, false), (_domain.Status, _domain.IsUsable));
        Check(true, _noon.AddDays(3));
        Assert.Equal((DomainStatus.Verified, 0, null), (_domain.Status, _domain.Misses, _domain.MissingSince));
    }

    [Fact]
    public void Many_misses_within_a_day_are_no_failure_yet()
    {
        Check(true, _noon);
        for (int minute = 1; minute < 60; minute++) Check(false, _noon.AddMinutes(minute));

        Assert.Equal(DomainStatus.TemporaryFailure, _domain.Status);
    }

    [Fact]
    public void Dns_that_does_not_answer_says_nothing()
    {
        Check(true, _noon);
        for (int day = 1; day < 10; day++) Check(null, _noon.AddDays(day));

        Assert.Equal((DomainStatus.Verified, 0), (_domain.Status, _domain.Misses));
    }

    private void Check(bool? isThere, DateTimeOffset at) => _domain.Record(isThere, [], _day, at);
}
