using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Reservations;

/// <summary>Dates in the past, no seats, places off the globe, and what no field may hold: a clear refusal that names the field, and nothing stored.</summary>
public sealed class ReservationBadInputTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Good = """{"driver":{"name":"D","email":"d@example.com"},"from":{"label":"A","latitude":1,"longitude":2},"to":{"label":"B","latitude":3,"longitude":4},"departure_at":"2100-01-01T08:00","time_zone":"Europe/Paris","seats":2}""";

    [Theory]
    [InlineData("{}", "driver")]
    [InlineData("""{"driver":{"email":"d@example.com"}}""", "driver.name")]
    [InlineData("""{"driver":{"name":"D"}}""", "driver.email")]
    [InlineData("""{"driver":{"name":"D","email":"nobody"}}""", "driver.email")]
    [InlineData("""{"driver":{"name":"D\u0000","email":"d@example.com"}}""", "driver.name")]
    [InlineData("""{"driver":{"name":"D\ud800","email":"d@example.com"}}""", "driver.name")]
    [InlineData("""{"driver":{"name":"D\r\nBcc: x","email":"d@example.com"}}""", "driver.name")]
    [InlineData("""{"driver":{"name":"D","email":"d@example.com","phone":"1\u0000"}}""", "driver.phone")]
    [InlineData("""{"driver":{"name":"D","email":"d@example.com","locale":"!"}}""", "driver.locale")]
    [InlineData("""{"driver":7}""", "driver")]
    public Task A_wrong_driver_is_refused(string body, string field) => RefusedAsync(body, field);

    [Theory]
    [InlineData("\"latitude\":1,", "\"latitude\":91,", "from.latitude")]
    [InlineData("\"latitude\":1,", "\"latitude\":-90.001,", "from.latitude")]
    [InlineData("\"latitude\":1,", "", "from.latitude")]
    [InlineData("\"latitude\":1,", "\"latitude\":\"north\",", "from.latitude")]
    [InlineData("\"longitude\":4", "\"longitude\":180.5", "to.longitude")]
    [InlineData("\"longitude\":4", "\"longitude\":1e400", "to.longitude")]
    [InlineData("\"label\":\"B\"", "\"label\":\" \"", "to.label")]
    [InlineData("\"label\":\"B\"", "\"label\":\"a\\nb\"", "to.label")]
    [InlineData("2100-01-01T08:00", "2020-01-01T08:00", "departure_at")]
    [InlineData("2100-01-01T08:00", "2100-13-01T08:00", "departure_at")]
    [InlineData("2100-01-01T08:00", "tomorrow", "departure_at")]
    [InlineData("2100-01-01T08:00", "0001-01-01T00:00", "departure_at")]
    [InlineData("2100-01-01T08:00", "9999-12-31T23:59:59Z", "departure_at")]
    [InlineData("2100-01-01T08:00", "2100-01-01T08:00", "departure_at")]
    [InlineData("Europe/Paris", "Mars/Olympus", "time_zone")]
    [InlineData("Europe/Paris", "../etc/passwd", "time_zone")]
    [InlineData("Europe/Paris", "Romance Standard Time", "time_zone")]
    [InlineData("\"seats\":2", "\"seats\":0", "seats")]
    [InlineData("\"seats\":2", "\"seats\":-1", "seats")]
    [InlineData("\"seats\":2", "\"seats\":61", "seats")]
    [InlineData("\"seats\":2", "\"seats\":1.5", "seats")]
    [InlineData("\"seats\":2", "\"seats\":99999999999", "seats")]
    [InlineData("\"seats\":2", "\"price\":5", "seats")]
    [InlineData("\"seats\":2", "\"seats\":2,\"price\":-1", "price")]
    [InlineData("\"seats\":2", "\"seats\":2,\"price\":1.234", "price")]
    [InlineData("\"seats\":2", "\"seats\":2,\"currency\":\"euro\"", "currency")]
    public Task A_wrong_trip_is_refused(string good, string bad, string field) => RefusedAsync(Good.Replace(good, bad, StringComparison.Ordinal), field);

    [Theory]
    [InlineData("{}", "passenger")]
    [InlineData("""{"passenger":{"name":"P","email":"p@example.com"},"seats":0}""", "seats")]
    [InlineData("""{"passenger":{"name":"P","email":"p@example.com"},"pickup":{"label":"X"}}""", "pickup.latitude")]
    [InlineData("""{"passenger":{"name":"P","email":"p@example.com"},"pickup":{"label":"X","latitude":100,"longitude":0}}""", "pickup.latitude")]
    [InlineData("""{"passenger":{"name":"P","email":"p@example.com"},"message":"\u0000"}""", "message")]
    [InlineData("""{"passenger":{"name":"P","email":"p@example.com"},"message":"\udc00"}""", "message")]
    [InlineData("""{"passenger":{"name":"P","email":"D@Example.com"}}""", "passenger.email")]
    public async Task A_wrong_request_for_a_seat_is_refused(string body, string field)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string at = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        string offer = (await client.PostAsync("/offers", Good.Replace("2100-01-01T08:00", at, StringComparison.Ordinal), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        JsonElement refusal = await client.PostAsync($"/offers/{offer}/reservations", body, HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await api.CountAsync("reservations"));
        foreach ((string wrong, int status) in ((string, int)[])[("[]", 400), ("{", 400), ($$"""{"message":"{{new string('x', 20_000)}}"}""", 413), ($$"""{"message":"{{new string('x', 2001)}}"}""", 422), ("""{"message":7}""", 422)])
            await client.PostAsync($"/offers/{offer}/cancel", wrong, (HttpStatusCode)status);
        foreach (string wrong in (string[])["""{"seats":0}""", """{"departure_at":"2020-01-01T08:00"}""", """{"time_zone":"x"}""", """{"price":-2}"""]) await client.PatchAsync($"/offers/{offer}", wrong, HttpStatusCode.UnprocessableEntity);
    }

    private async Task RefusedAsync(string body, string field)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        long before = await api.CountAsync("offers");

        JsonElement refusal = await client.PostAsync("/offers", body, HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await api.CountAsync("offers"));
    }
}
