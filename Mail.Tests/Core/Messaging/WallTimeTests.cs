using System.Globalization;
using Mail.Core.Messaging;

namespace Mail.Tests.Core.Messaging;

public sealed class WallTimeTests
{
    [Theory]
    [InlineData("Europe/Paris", "2026-01-10 10:00", "2026-01-10 09:00", "winter")]
    [InlineData("Europe/Paris", "2026-07-10 10:00", "2026-07-10 08:00", "summer")]
    [InlineData("Europe/Paris", "2026-03-29 01:59", "2026-03-29 00:59", "before the gap")]
    [InlineData("Europe/Paris", "2026-03-29 02:00", "2026-03-29 01:00", "the gap's first minute is 03:00")]
    [InlineData("Europe/Paris", "2026-03-29 02:30", "2026-03-29 01:30", "in the gap: 03:30")]
    [InlineData("Europe/Paris", "2026-03-29 03:00", "2026-03-29 01:00", "after the gap")]
    [InlineData("Europe/Paris", "2026-03-29 10:00", "2026-03-29 08:00", "the day of the change")]
    [InlineData("Europe/Paris", "2026-10-25 02:30", "2026-10-25 00:30", "twice: the first")]
    [InlineData("Europe/Paris", "2026-10-25 03:00", "2026-10-25 02:00", "after the overlap")]
    [InlineData("America/New_York", "2026-03-08 02:15", "2026-03-08 07:15", "in the gap")]
    [InlineData("America/New_York", "2026-11-01 01:15", "2026-11-01 05:15", "twice: the first")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:10", "2026-10-03 15:40", "a gap of half an hour")]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:40", "2026-04-04 14:40", "an overlap of half an hour: the first")]
    [InlineData("Asia/Kathmandu", "2026-07-10 10:00", "2026-07-10 04:15", "an odd offset")]
    [InlineData("Etc/UTC", "2026-07-10 10:00", "2026-07-10 10:00", "no changes")]
    public void The_clock_on_the_wall_is_followed_across_changes(string zone, string local, string utc, string because)
    {
        WallTime time = new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.True(DateTime.Parse(utc, CultureInfo.InvariantCulture) == time.At.UtcDateTime, $"{because}: {time.At.UtcDateTime:u}");
    }

    [Fact]
    public void A_zone_that_only_this_machine_knows_is_refused() =>
        Assert.Throws<ArgumentException>(() => new WallTime(new DateTime(2026, 1, 1), TimeZoneInfo.CreateCustomTimeZone("Mine", TimeSpan.FromHours(1), "Mine", "Mine")));

    [Fact]
    public void An_unknown_zone_is_no_time() => Assert.Null(WallTime.Of(new DateTime(2026, 1, 1), "Mars/Olympus"));
}
