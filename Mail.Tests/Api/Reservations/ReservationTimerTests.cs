using System.Net;
using Mail.Api.Reservations;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Reservations;

/// <summary>What happens by itself: CAR-4, CAR-5, CAR-7's overdue.</summary>
public sealed class ReservationTimerTests(PostgresFixture postgres)
{
    /// <summary>CAR-4: at 24 h exactly, whoever runs then.</summary>
    [Fact]
    public async Task A_request_expires_after_24_hours_to_the_second_while_the_worker_restarts()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(), reservation = await scene.RequestAsync(offer);
        await scene.MailsAsync(2);

        scene.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await scene.StopWorkerAsync();
        await scene.StartWorkerAsync();
        await scene.QuietAsync();
        Assert.Equal(("pending", 2), (await scene.StateAsync(reservation), scene.Inbox.MessageCount));
        await scene.StopWorkerAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(1));

        // The time is up, whether or not anybody works: only the mails wait.
        Assert.Equal("expired", (await scene.ActAsync(reservation, "accept", HttpStatusCode.Conflict)).GetProperty("name").GetString());
        Assert.Equal(1, (await scene.App.GetAsync("/reservations/statistics", HttpStatusCode.OK)).GetProperty("overdue").GetInt32());
        await scene.StartWorkerAsync();
        IReadOnlyList<TripMailSeen> told = [.. (await scene.MailsAsync(4)).Skip(2)];

        Assert.Equal("expired", await scene.StateAsync(reservation));
        Assert.Equal(["camille@example.com", "ines@example.com"], told.Select(mail => mail.To).Order());
        Assert.Equal(0, (await scene.App.GetAsync("/reservations/statistics", HttpStatusCode.OK)).GetProperty("overdue").GetInt32());
        DateTimeOffset expiresAt = (await scene.App.GetAsync($"/reservations/{reservation}", HttpStatusCode.OK)).GetProperty("answered_at").GetDateTimeOffset();
        Assert.Equal(TripScene.Monday.AddHours(24), expiresAt);
    }

    /// <summary>CAR-5: 10:00 in the trip's zone, on both changes of the clocks (the night of March 28th and of October 24th, 2026, in Paris), and where it is another day.</summary>
    [Theory]
    [InlineData("2026-03-29T07:30", "Europe/Paris", "2026-03-28T09:00:00Z")]
    [InlineData("2026-03-30T07:30", "Europe/Paris", "2026-03-29T08:00:00Z")]
    [InlineData("2026-10-25T07:30", "Europe/Paris", "2026-10-24T08:00:00Z")]
    [InlineData("2026-10-26T07:30", "Europe/Paris", "2026-10-25T09:00:00Z")]
    [InlineData("2026-10-26T07:30", "Pacific/Auckland", "2026-10-24T21:00:00Z")]
    public async Task Driver_and_passengers_are_reminded_at_ten_the_day_before_by_the_trips_own_clock(string departure, string zone, string reminder)
    {
        DateTimeOffset at = DateTimeOffset.Parse(reminder, System.Globalization.CultureInfo.InvariantCulture);
        await using TripScene scene = await TripScene.StartAsync(postgres, at.AddDays(-3));
        string offer = await scene.OfferAsync(departure: departure, zone: zone);
        await scene.ActAsync(await scene.RequestAsync(offer), "accept");
        await scene.MailsAsync(4);

        scene.Clock.Advance(at - scene.Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        await scene.QuietAsync();
        Assert.Equal(4, scene.Inbox.MessageCount);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        IReadOnlyList<TripMailSeen> told = [.. (await scene.MailsAsync(6)).Skip(4)];

        Assert.StartsWith("Tomorrow: your trip to Grenoble", told.Single(mail => mail.To == "ines@example.com").Subject, StringComparison.Ordinal);
        Assert.StartsWith("Tomorrow at 07:", told.Single(mail => mail.To == "camille@example.com").Subject, StringComparison.Ordinal);
    }

    /// <summary>CAR-5: exactly once, also after the worker was down at 10:00.</summary>
    [Fact]
    public async Task A_worker_that_slept_from_9_50_to_10_30_reminds_once_and_a_command_beside_it_reminds_nobody_again()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync();
        await scene.ActAsync(await scene.RequestAsync(offer), "accept");
        await scene.MailsAsync(4);
        scene.Clock.Advance(new DateTimeOffset(2026, 11, 27, 8, 50, 0, TimeSpan.Zero) - scene.Clock.GetUtcNow());
        await scene.QuietAsync();
        await scene.StopWorkerAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.Equal(4, scene.Inbox.MessageCount);

        await scene.StartWorkerAsync();
        await scene.MailsAsync(6);
        using StringWriter output = new(), errors = new();
        Assert.Equal(0, await ReservationsCommand.RunAsync(["all"], scene.Api.Services, output, errors));
        await scene.QuietAsync();

        Assert.Equal(6, scene.Inbox.MessageCount);
        Assert.Equal($"Requests expired: 0{Environment.NewLine}Trips reminded of: 0{Environment.NewLine}", output.ToString());
    }

    /// <summary>CAR-4: the commands exist, do what is due, and do it once; the timers that come after them do nothing.</summary>
    [Fact]
    public async Task The_commands_do_what_is_due_once_and_the_timers_do_it_no_more()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string offer = await scene.OfferAsync(departure: "2026-11-25T07:30");
        await scene.ActAsync(await scene.RequestAsync(offer, "rides"), "accept");
        await scene.RequestAsync(offer, "waits");
        scene.Clock.Advance(TimeSpan.FromHours(25)); // Tuesday, 10:00
        List<string> lines = [];
        foreach (string what in (string[])["expire", "expire", "reminders", "all"])
        {
            using StringWriter output = new(), errors = new();
            Assert.Equal(0, await ReservationsCommand.RunAsync([what, "--environment", "Development"], scene.Api.Services, output, errors));
            lines.AddRange(output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        }

        using StringWriter none = new(), usage = new();
        Assert.Equal(1, await ReservationsCommand.RunAsync(["sweep"], scene.Api.Services, none, usage));
        Assert.Contains("expire|reminders|all", usage.ToString(), StringComparison.Ordinal);
        await scene.StartWorkerAsync();
        await scene.MailsAsync(6 + 2 + 2);
        await scene.QuietAsync();

        Assert.Equal(["Requests expired: 1", "Requests expired: 0", "Trips reminded of: 1", "Requests expired: 0", "Trips reminded of: 0"], lines);
        Assert.Equal(10, scene.Inbox.MessageCount);
    }

    [Fact]
    public async Task A_trip_that_was_moved_or_cancelled_is_not_reminded_of_at_its_old_time()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string moved = await scene.OfferAsync(driver: "moved@example.com"), cancelled = await scene.OfferAsync(driver: "cancelled@example.com");
        await scene.ActAsync(await scene.RequestAsync(moved, "a"), "accept");
        await scene.ActAsync(await scene.RequestAsync(cancelled, "b"), "accept");
        await scene.App.PatchAsync($"/offers/{moved}", """{"departure_at":"2026-11-30T07:30"}""", HttpStatusCode.OK);
        await scene.App.PostAsync($"/offers/{cancelled}/cancel", "", HttpStatusCode.OK);
        await scene.MailsAsync(8 + 2 + 1);

        scene.Clock.Advance(new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero) - scene.Clock.GetUtcNow());
        await scene.QuietAsync();
        Assert.Equal(11, scene.Inbox.MessageCount);
        scene.Clock.Advance(TimeSpan.FromDays(2));

        Assert.All((await scene.MailsAsync(13)).Skip(11), mail => Assert.StartsWith("Tomorrow", mail.Subject, StringComparison.Ordinal));
    }

    /// <summary>Decided: whoever offers after the reminder's time, or asks after it, has just been told when; and a reminder that comes on the day itself would be wrong.</summary>
    [Fact]
    public async Task After_ten_the_day_before_nobody_is_reminded_and_on_the_day_itself_neither()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, new DateTimeOffset(2026, 11, 27, 9, 30, 0, TimeSpan.Zero));
        string late = await scene.OfferAsync();
        await scene.ActAsync(await scene.RequestAsync(late), "accept");
        string early = await scene.OfferAsync(departure: "2026-11-29T20:00");
        await scene.ActAsync(await scene.RequestAsync(early, "b"), "accept");
        await scene.MailsAsync(8);
        await scene.StopWorkerAsync();

        scene.Clock.Advance(TimeSpan.FromDays(1.5) + TimeSpan.FromHours(2)); // the worker comes back on the 29th
        await scene.StartWorkerAsync();
        await scene.QuietAsync();
        using StringWriter output = new(), errors = new();
        await ReservationsCommand.RunAsync(["reminders"], scene.Api.Services, output, errors);

        Assert.Equal(8, scene.Inbox.MessageCount);
        Assert.Equal($"Trips reminded of: 0{Environment.NewLine}", output.ToString());
    }

    [Fact]
    public async Task A_trip_that_is_long_over_is_forgotten_with_all_who_asked_for_it()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync();
        await scene.RequestAsync(offer);
        await scene.MailsAsync(2);

        scene.Clock.Advance(TimeSpan.FromDays(5 + 91));
        await Eventually.TrueAsync(async () => await scene.Api.CountAsync("offers") == 0);

        Assert.Equal((0, 0), (await scene.Api.CountAsync("reservations"), await scene.Api.CountAsync("reservation_history")));
    }
}
