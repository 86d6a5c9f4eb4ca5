using System.Net;
using System.Text;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Reservations.Widget;

/// <summary>CAR-12: what is refused, the page of the site may read, and its reader: else all they hear is that the server cannot be reached.</summary>
public sealed class WidgetRefusalTests(PostgresFixture postgres)
{
    private const string Site = "https://carpool.example";

    [Fact]
    public async Task Too_many_calls_are_told_with_the_time_to_wait()
    {
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        (api.Settings["EMAIL_FROM"], api.Settings["RateLimits:AccountsPerMinute"], api.Settings["RateLimits:PagesPerMinute"]) = ("Rides <rides@example.org>", "2", "3");
        using HttpClient app = api.ClientWith(ApiFixture.LiveKey), page = api.ClientWith(null);
        string widget = (await app.PutAsync("/reservation-settings", $$"""{"allowed_origins":["{{Site}}"]}""", HttpStatusCode.OK)).GetProperty("widget_id").GetString()!;

        foreach ((HttpMethod method, string path, string? body) in ((HttpMethod, string, string?)[])[(HttpMethod.Post, "/codes", """{"email":"a@example.com"}"""), (HttpMethod.Get, "/offers", null)])
        {
            HttpResponseMessage? answer = null;
            for (int i = 0; i < 4; i++)
            {
                answer?.Dispose();
                answer = await CallAsync(page, method, $"/widget/{widget}{path}", body);
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, answer!.StatusCode);
            Assert.Equal(("*", "Retry-After"), (answer.Headers.GetValues("Access-Control-Allow-Origin").Single(), answer.Headers.GetValues("Access-Control-Expose-Headers").Single()));
            Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
            Assert.Contains("rate_limit_exceeded", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Every_refusal_can_be_read_by_the_site_that_is_allowed_and_by_no_other()
    {
        await using TripScene scene = await TripScene.StartAsync(postgres, works: false);
        string widget = (await scene.App.PutAsync("/reservation-settings", $$"""{"allowed_origins":["{{Site}}"]}""", HttpStatusCode.OK)).GetProperty("widget_id").GetString()!;
        for (int i = 0; i < 5; i++) (await CallAsync(scene.Reader, HttpMethod.Post, $"/widget/{widget}/codes", """{"email":"often@example.com"}""")).Dispose();

        foreach ((string path, string body, int status) in ((string, string, int)[])
        [
            ("/codes", "{", 400), ("/codes", "[]", 400), ("/codes", "{}", 422), ("/codes", """{"email":"x"}""", 422), ("/codes", """{"email":"often@example.com"}""", 429), ("/codes", new string(' ', 17 * 1024), 413),
            ("/offers", "{}", 422), ("/offers/x/requests", """{"code":"1","request":{}}""", 404), ("/dashboard-link", "{}", 422),
        ])
        {
            using HttpResponseMessage answer = await CallAsync(scene.Reader, HttpMethod.Post, $"/widget/{widget}{path}", body), elsewhere = await CallAsync(scene.Reader, HttpMethod.Post, $"/widget/{widget}{path}", body, "https://evil.example");

            Assert.True((int)answer.StatusCode == status, $"{path} {body[..Math.Min(40, body.Length)]}: {answer.StatusCode}");
            Assert.True(answer.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? origin) && origin.Single() == Site, $"{path} {status}");
            Assert.Equal("Origin", answer.Headers.Vary.Single());
            Assert.False(elsewhere.Headers.Contains("Access-Control-Allow-Origin"));
            if (status == 429) Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
        }
    }

    private static async Task<HttpResponseMessage> CallAsync(HttpClient client, HttpMethod method, string path, string? body, string origin = Site)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", origin);
        return await client.SendAsync(request);
    }
}
