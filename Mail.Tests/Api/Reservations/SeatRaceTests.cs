using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Reservations;

/// <summary>CAR-11: seats are limited, under concurrency.</summary>
public sealed class SeatRaceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Of_twenty_accepts_at_once_for_the_last_seat_one_wins_and_nineteen_are_told_so()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(1);
        string[] reservations = new string[20];
        for (int i = 0; i < reservations.Length; i++) reservations[i] = await scene.RequestAsync(offer, $"p{i}");
        await scene.MailsAsync(40);

        (HttpStatusCode Status, string Name)[] answers = await Task.WhenAll(reservations.Select(async reservation =>
        {
            using HttpResponseMessage response = await scene.App.PostAsync(new Uri($"/reservations/{reservation}/accept", UriKind.Relative), ApiFixture.Json("{}"));
            JsonElement body = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            return (response.StatusCode, response.IsSuccessStatusCode ? "" : body.GetProperty("name").GetString()!);
        }));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer is (HttpStatusCode.Conflict, "no_seats")));
        Assert.Equal((0, 1, 19), (await scene.SeatsLeftAsync(offer), await scene.Api.CountAsync("reservations WHERE state = 'accepted'"), await scene.Api.CountAsync("reservations WHERE state = 'pending'")));
        await scene.MailsAsync(42);
    }

    [Fact]
    public async Task The_link_of_a_mail_and_the_apps_button_pressed_at_once_act_once()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres);
        string offer = await scene.OfferAsync(), reservation = await scene.RequestAsync(offer);
        TripMailSeen mail = (await scene.MailsAsync(2)).Single(one => one.To == "ines@example.com");

        Task<(HttpStatusCode Status, string)>[] links = [.. Enumerable.Range(0, 5).Select(i => scene.PressAsync(mail.Links[i % 2], i % 2 == 0 ? "accept" : "refuse"))];
        Task<HttpResponseMessage>[] calls = [.. Enumerable.Range(0, 5).Select(i => scene.App.PostAsync(new Uri($"/reservations/{reservation}/{(i % 2 == 0 ? "accept" : "refuse")}", UriKind.Relative), null))];
        (HttpStatusCode Status, string)[] pressed = await Task.WhenAll(links);
        HttpResponseMessage[] answered = await Task.WhenAll(calls);

        Assert.Equal(1, pressed.Count(one => one.Status == HttpStatusCode.OK) + answered.Count(one => one.StatusCode == HttpStatusCode.OK));
        bool accepted = await scene.StateAsync(reservation) == "accepted";
        await scene.MailsAsync(accepted ? 4 : 3);
        foreach (HttpResponseMessage response in answered) response.Dispose();
    }
}
