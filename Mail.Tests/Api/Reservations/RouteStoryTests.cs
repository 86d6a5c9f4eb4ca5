using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Reservations.Routes;
using Mail.Tests.Core.Reservations.Routes;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Reservations;

/// <summary>CAR-9: pickup times by OSRM, calculated again after each change; calendars that follow. End to end, with the MIME that arrives.</summary>
public sealed class RouteStoryTests(PostgresFixture postgres)
{
    private const string Bourgoin = "45.5860,\"longitude\":5.2740", Vienne = "45.5255,\"longitude\":4.8742", Perrache = "45.7486,\"longitude\":4.8259";

    [Fact]
    public async Task Who_is_picked_up_otherwise_than_they_were_told_is_told_so_by_mail_and_calendar_and_nobody_else()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        await using TripScene scene = await StartAsync(osrm);
        string offer = await scene.OfferAsync();
        string first = await RequestAsync(scene, offer, "camille", Bourgoin);
        await scene.MailsAsync(2);

        await scene.ActAsync(first, "accept");
        TripMailSeen confirmed = (await scene.MailsAsync(4)).Single(mail => mail.Subject.StartsWith("Confirmed", StringComparison.Ordinal));
        Entry entry = EntryOf(confirmed);
        double metres = new GeoPoint(45.7606, 4.8593).MetresTo(new GeoPoint(45.5860, 5.2740));
        DateTime pickup = new DateTime(2026, 11, 28, 6, 30, 0, DateTimeKind.Utc).AddSeconds(metres / 20);
        Assert.Equal(("REQUEST", pickup.ToString("yyyyMMdd'T'HHmm'00Z'", null)), (entry.Method, entry.Start)); // OSRM's, not a guess: 72 km/h
        Assert.Equal($"reservation-{first}@localhost", entry.Uid);

        string second = await RequestAsync(scene, offer, "noe", Vienne); // on a detour of 17 minutes
        await scene.MailsAsync(6);
        await scene.ActAsync(second, "accept");
        IReadOnlyList<TripMailSeen> told = [.. (await scene.MailsAsync(9)).Skip(6)];
        TripMailSeen moved = told.Single(mail => mail.To == "camille@example.com");
        Assert.StartsWith("New pick-up time", moved.Subject, StringComparison.Ordinal);
        Assert.Equal(("REQUEST", entry.Uid), (EntryOf(moved).Method, EntryOf(moved).Uid));
        Assert.True(EntryOf(moved).Sequence > entry.Sequence);
        Assert.StartsWith("Confirmed", told.Single(mail => mail.To == "noe@example.com").Subject, StringComparison.Ordinal);

        string third = await RequestAsync(scene, offer, "zoe", Perrache); // on the way to Vienne, nearly: two or three minutes
        await scene.MailsAsync(11);
        await scene.ActAsync(third, "accept");
        await scene.QuietAsync();
        Assert.Equal(["ines@example.com", "zoe@example.com"], (await scene.MailsAsync(13)).Skip(11).Select(mail => mail.To).Order()); // a move of some minutes is told to nobody

        int before = scene.Inbox.Messages.Count;
        await scene.ActAsync(second, "remove");
        await scene.QuietAsync();
        IReadOnlyList<TripMailSeen> after = [.. (await scene.MailsAsync(scene.Inbox.Messages.Count)).Skip(before)];
        Entry cancelled = EntryOf(after.Single(mail => mail.To == "noe@example.com"));
        Assert.Equal(("CANCEL", $"reservation-{second}@localhost"), (cancelled.Method, cancelled.Uid));
        Assert.True(EntryOf(after.Single(mail => mail.To == "camille@example.com")).Sequence > EntryOf(moved).Sequence);
        await AssertTruthAsync(scene, offer, osrm);
    }

    [Fact]
    public async Task While_OSRM_is_away_the_first_time_is_a_guess_and_it_is_asked_again_before_anybody_is_told_of_another()
    {
        await using FakeOsrm osrm = await FakeOsrm.StartAsync();
        osrm.Answer = (http, _) =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await using TripScene scene = await StartAsync(osrm);
        string offer = await scene.OfferAsync(), reservation = await RequestAsync(scene, offer, "camille", Bourgoin);

        await scene.ActAsync(reservation, "accept");
        await scene.MailsAsync(4);
        string? guess = (await scene.App.GetAsync($"/reservations/{reservation}", HttpStatusCode.OK)).GetProperty("pickup_at").GetString();
        Assert.NotNull(guess);
        osrm.Answer = null;
        await Eventually.TrueAsync(async () =>
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(12)); // the client's pause is over, and the bus's
            await Task.Delay(300);
            return await scene.Api.CountAsync("reservation_history WHERE event = 'route_updated'") == 1;
        });

        TripMailSeen moved = (await scene.MailsAsync(6)).Skip(4).Single(mail => mail.To == "camille@example.com");
        Assert.StartsWith("New pick-up time", moved.Subject, StringComparison.Ordinal); // 60 km/h and a factor of 1.3 against 72 on a straight road
        await AssertTruthAsync(scene, offer, osrm);
    }

    private async Task<TripScene> StartAsync(FakeOsrm osrm)
    {
        TripScene scene = await TripScene.StartAsync(postgres, works: false, replace: services => services.Configure<OsrmOptions>(options => options.BaseUrl = osrm.Url));
        await scene.StartWorkerAsync(services => services.Configure<OsrmOptions>(options => options.BaseUrl = osrm.Url));
        return scene;
    }

    /// <summary>What is stored is what OSRM says of all who ride along.</summary>
    private static async Task AssertTruthAsync(TripScene scene, string offer, FakeOsrm osrm)
    {
        JsonElement[] riding = [.. (await scene.App.GetAsync($"/offers/{offer}/reservations?state=accepted", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
        PlannedWay way = await RouteScene.Planner(osrm.Url).PlanAsync(
            new RouteQuestion(new(45.7606, 4.8593), new(45.1885, 5.7245), [.. riding.Select(one => new RouteStop(one.GetProperty("id").GetGuid(), new(one.GetProperty("pickup").GetProperty("latitude").GetDouble(), one.GetProperty("pickup").GetProperty("longitude").GetDouble())))]), CancellationToken.None);
        DateTimeOffset departure = new(2026, 11, 28, 6, 30, 0, TimeSpan.Zero);
        foreach (JsonElement one in riding)
        {
            DateTimeOffset at = departure + way.Stops.Single(stop => stop.Id == one.GetProperty("id").GetGuid()).After;
            Assert.Equal(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute)), one.GetProperty("pickup_at").GetDateTimeOffset());
        }
    }

    private static async Task<string> RequestAsync(TripScene scene, string offer, string who, string place) =>
        (await scene.App.PostAsync($"/offers/{offer}/reservations", $$$"""{"passenger":{"name":"{{{who}}}","email":"{{{who}}}@example.com","locale":"en"},"pickup":{"label":"There","latitude":{{{place}}}}}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

    private static Entry EntryOf(TripMailSeen mail)
    {
        Assert.Contains("Content-Type: text/calendar; charset=utf-8; method=", mail.Raw, StringComparison.Ordinal);
        string part = mail.Raw[mail.Raw.IndexOf("Content-Type: text/calendar", StringComparison.Ordinal)..];
        string text = Calendar(part).ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal);
        return new Entry(Value(text, "METHOD"), Value(text, "UID"), int.Parse(Value(text, "SEQUENCE"), null), Value(text, "DTSTART"));
    }

    private static string Calendar(string part)
    {
        string body = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..], head = part[..part.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        body = body[..body.IndexOf("\r\n--", StringComparison.Ordinal)];
        return head.Contains("base64", StringComparison.OrdinalIgnoreCase) ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\r\n", "", StringComparison.Ordinal)))
            : body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
    }

    private static string Value(string text, string name) => Regex.Match(text, $"^{name}:(.*)$", RegexOptions.Multiline).Groups[1].Value;

    private sealed record Entry(string Method, string Uid, int Sequence, string Start);
}
