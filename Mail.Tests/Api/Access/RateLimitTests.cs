using System.Net;
using System.Text.Json;
using Mail.Core.Access;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Access;

public sealed class RateLimitTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_key_with_a_rate_is_held_to_it_and_told_what_is_left()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        await using ApiFixture timed = await CountingByAsync(clock);
        using HttpClient owner = timed.ClientWith(await timed.AddProjectAsync());
        JsonElement made = await owner.PostAsync("/api-keys", """{"name":"slow","rate_per_second":2}""", HttpStatusCode.Created);
        using HttpClient client = timed.ClientWith(made.GetProperty("token").GetString());

        List<HttpResponseMessage> answers = [];
        for (int i = 0; i < 3; i++) answers.Add(await client.GetAsync(new Uri("/emails", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Select(answer => answer.StatusCode));
        Assert.Equal(["2|1|2;w=1", "2|0|2;w=1", "2|0|2;w=1"], answers.Select(answer => $"{Header(answer, "ratelimit-limit")}|{Header(answer, "ratelimit-remaining")}|{Header(answer, "ratelimit-policy")}"));
        Assert.Equal(("1", "1"), (Header(answers[2], "retry-after"), Header(answers[2], "ratelimit-reset")));
        JsonElement error = JsonDocument.Parse(await answers[2].Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("rate_limit_exceeded", error.GetProperty("name").GetString());
        answers.ForEach(answer => answer.Dispose());
        clock.Advance(TimeSpan.FromMilliseconds(499));
        await client.GetAsync("/emails", HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await client.GetAsync("/emails", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_projects_rate_counts_all_its_keys_together()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        await using ApiFixture timed = await CountingByAsync(clock);
        using HttpClient owner = timed.ClientWith(await timed.AddProjectAsync());
        JsonElement project = await owner.PatchAsync("/project", """{"rate_per_second":3}""", HttpStatusCode.OK);
        List<HttpClient> clients = [];
        for (int i = 0; i < 2; i++) clients.Add(timed.ClientWith((await owner.PostAsync("/api-keys", """{"name":"x"}""", HttpStatusCode.Created)).GetProperty("token").GetString()));
        clock.Advance(TimeSpan.FromSeconds(1.1));

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => clients[i % 2].GetAsync(new Uri("/project", UriKind.Relative), TestContext.Current.CancellationToken)));

        Assert.Equal(3, project.GetProperty("rate_per_second").GetInt32());
        Assert.Equal((3, 9), (answers.Count(answer => answer.IsSuccessStatusCode), answers.Count(answer => answer.StatusCode is HttpStatusCode.TooManyRequests)));
        foreach (HttpResponseMessage answer in answers) answer.Dispose();
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Without_a_rate_there_are_no_headers_and_no_limit()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        for (int i = 0; i < 50; i++)
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/project", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, answer.Headers.Contains("ratelimit-limit")));
        }
    }

    /// <summary>Each address and each network of 2^64 addresses by itself.</summary>
    [Fact]
    public async Task A_client_may_try_to_sign_in_so_often_and_another_is_not_held_up_by_it()
    {
        await using ApiFixture limited = await CountingByAsync(new ManualClock(DateTimeOffset.UtcNow));
        limited.Settings["TrustedProxies:0"] = "10.0.0.0/8";
        limited.Settings["RateLimits:AccountsPerMinute"] = "3";

        List<HttpStatusCode> answers = [];
        foreach (string from in new[] { "203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.8", "2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4", "2001:db8:1::1" })
        {
            using HttpClient client = limited.CreateClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
            client.DefaultRequestHeaders.Add("X-Mail-Console", "1");
            using StringContent body = ApiFixture.Json($$"""{"email":"{{Guid.NewGuid()}}@example.com","password":"wrong"}""");
            using HttpResponseMessage answer = await client.PostAsync(new Uri("/auth/sign-in", UriKind.Relative), body, TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        const HttpStatusCode Wrong = HttpStatusCode.Unauthorized, Full = HttpStatusCode.TooManyRequests;
        Assert.Equal([Wrong, Wrong, Wrong, Full, Wrong, Wrong, Wrong, Wrong, Full, Wrong], answers);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100001")]
    [InlineData("\"many\"")]
    public async Task A_wrong_rate_is_named(string rate)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement project = await client.PatchAsync("/project", $$"""{"rate_per_second":{{rate}}}""", HttpStatusCode.UnprocessableEntity);
        JsonElement key = await client.PostAsync("/api-keys", $$"""{"name":"x","rate_per_second":{{rate}}}""", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`rate_per_second`", project.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("`rate_per_second`", key.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Rates are counted by a clock that stands still: how long a request takes does not matter.</summary>
    private async Task<ApiFixture> CountingByAsync(ManualClock clock)
    {
        ApiFixture limited = new(postgres) { Replace = services => services.AddSingleton(new LocalRates(clock)) };
        await limited.InitializeAsync();
        return limited;
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
