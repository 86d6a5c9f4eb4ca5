using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Reservations;

/// <summary>Random commands of several people at once, while timers run and the clock goes on: the database and the mails are what the history says, and the history is possible.</summary>
public sealed class ReservationPropertyTests(PostgresFixture postgres)
{
    private static readonly Dictionary<string, string[]> _mails = new()
    {
        ["requested"] = ["driver reservation-requested", "passenger reservation-request-sent"], ["accepted"] = ["driver itinerary-updated", "passenger reservation-confirmed"],
        ["refused"] = ["passenger reservation-refused"], ["cancelled"] = ["driver reservation-cancelled"], ["expired"] = ["driver request-expired-driver", "passenger request-expired-passenger"],
    };

    private static readonly Dictionary<string, string[]> _before = new()
    {
        ["requested"] = [""], ["accepted"] = ["requested"], ["refused"] = ["requested"], ["expired"] = ["requested"], ["cancelled"] = ["requested", "accepted"], ["removed"] = ["accepted"],
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 6)]
    [InlineData(3, 12)]
    public async Task No_order_and_no_race_of_commands_leads_to_an_impossible_state_or_a_mail_too_many(int seed, int people)
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string[] offers = [await scene.OfferAsync(2), await scene.OfferAsync(1, departure: "2026-11-24T07:30"), await scene.OfferAsync(3, departure: "2026-11-25T20:00")];
        ConcurrentBag<string> reservations = [], surprises = [];

        await Task.WhenAll(Enumerable.Range(0, people).Select(async person =>
        {
            Random random = new((seed * 1000) + person);
            for (int step = 0; step < 120 / people; step++)
            {
                string offer = offers[random.Next(offers.Length)];
                string[] known = [.. reservations];
                string one = known.Length == 0 ? Guid.NewGuid().ToString() : known[random.Next(known.Length)];
                (string path, string body) = random.Next(12) switch
                {
                    < 4 => ($"/offers/{offer}/reservations", TripScene.RequestBody($"p{random.Next(15)}", random.Next(1, 3))),
                    < 7 => ($"/reservations/{one}/accept", ""),
                    7 => ($"/reservations/{one}/refuse", ""),
                    8 => ($"/reservations/{one}/cancel", ""),
                    9 => ($"/reservations/{one}/remove", ""),
                    10 => ($"/reservations/{one}/accept", ""),
                    _ => random.Next(15) == 0 ? ($"/offers/{offer}/cancel", "") : ("", ""),
                };
                if (path.Length == 0)
                {
                    scene.Clock.Advance(TimeSpan.FromMinutes(random.Next(30, 200)));
                    continue;
                }

                using HttpResponseMessage response = await scene.App.PostAsync(new Uri(path, UriKind.Relative), ApiFixture.Json(body));
                string answer = await response.Content.ReadAsStringAsync();
                if (response.StatusCode == HttpStatusCode.Created) reservations.Add(JsonElement.Parse(answer).GetProperty("id").GetString()!);
                if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Conflict or HttpStatusCode.NotFound)) surprises.Add($"{path}: {response.StatusCode} {answer}");
            }
        }));
        await scene.QuietAsync();

        Assert.Empty(surprises);
        int mails = 0;
        foreach (string offer in offers) mails += await AssertHistoryAsync(scene, offer);
        await scene.MailsAsync(mails);
        Assert.Equal(0, await scene.Api.CountAsync("bus_dead_letters"));
    }

    /// <returns>How many mails it tells of.</returns>
    private static async Task<int> AssertHistoryAsync(TripScene scene, string offer)
    {
        JsonElement found = await scene.App.GetAsync($"/offers/{offer}", HttpStatusCode.OK);
        Dictionary<string, (string State, int Seats)> now = [];
        await using (NpgsqlCommand command = scene.Api.Database.CreateCommand($"SELECT id::text, state, seats FROM reservations WHERE offer_id = '{Guid.Parse(offer)}'"))
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) now[reader.GetString(0)] = (reader.GetString(1), reader.GetInt32(2));
        Dictionary<string, string> last = [];
        int taken = 0, mails = 0, seats = found.GetProperty("seats").GetInt32();
        bool isOver = false;
        foreach (JsonElement entry in (await scene.App.GetAsync($"/offers/{offer}/history", HttpStatusCode.OK)).GetProperty("data").EnumerateArray())
        {
            string what = entry.GetProperty("event").GetString()!;
            string[] told = [.. entry.GetProperty("mails").EnumerateArray().Select(mail => $"{mail.GetProperty("to").GetString()} {mail.GetProperty("template").GetString()}").Order()];
            mails += told.Length;
            Assert.All(entry.GetProperty("mails").EnumerateArray(), mail => Assert.NotEqual(JsonValueKind.Null, mail.GetProperty("email_id").ValueKind));
            if (_mails.TryGetValue(what, out string[]? expected)) Assert.Equal(expected, told);
            if (what == "offer_cancelled")
            {
                isOver = true;
                foreach (JsonElement mail in entry.GetProperty("mails").EnumerateArray())
                {
                    Assert.Contains(last[mail.GetProperty("reservation_id").GetString()!], (string[])["requested", "accepted"]);
                    last[mail.GetProperty("reservation_id").GetString()!] = what;
                }
            }

            if (!_before.TryGetValue(what, out string[]? allowed)) continue;
            string id = entry.GetProperty("reservation_id").GetString()!, was = last.GetValueOrDefault(id, "");
            Assert.Contains(was, allowed);
            Assert.True(!isOver || what == "expired", $"{what} after the end of the offer");
            if (what == "accepted") taken += now[id].Seats;
            if (was == "accepted") taken -= now[id].Seats;
            Assert.InRange(taken, 0, seats);
            last[id] = what;
        }

        Assert.Equal(now.ToDictionary(one => one.Key, one => one.Value.State), last.ToDictionary(one => one.Key, one => one.Value == "requested" ? "pending" : one.Value));
        return mails;
    }
}
