using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Access;

public sealed class RateLimitTests(ApiFixture api, PostgresFixture postgres) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_key_with_a_rate_is_held_to_it_and_told_what_is_left()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        JsonElement made = await owner.PostAsync("/api-keys", """{"name":"slow","rate_per_second":2}""", HttpStatusCode.Created);
        using HttpClient client = api.ClientWith(made.GetProperty("token").GetString());

        List<HttpResponseMessage> answers = [];
        for (int i = 0; i < 3; i++) answers.Add(await client.GetAsync(new Uri("/emails", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers.Select(answer => answer.StatusCode));
        Assert.Equal(["2|1|2;w=1", "2|0|2;w=1", "2|0|2;w=1"], answers.Select(answer => $"{Header(answer, "ratelimit-limit")}|{Header(answer, "ratelimit-remaining")}|{Header(answer, "ratelimit-policy")}"));
        Assert.Equal(("1", "1"), (Header(answers[2], "retry-after"), Header(answers[2], "ratelimit-reset")));
        JsonElement error = JsonDocument.Parse(await answers[2].Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("rate_limit_exceeded", error.GetProperty("name").GetString());
        answers.ForEach(answer => answer.Dispose());
        await Task.Delay(600, TestContext.Current.CancellationToken);
        await client.GetAsync("/emails", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_projects_rate_counts_all_its_keys_together()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        JsonElement project = await owner.PatchAsync("/project", """{"rate_per_second":3}""", HttpStatusCode.OK);
        List<HttpClient> clients = [];
        for (int i = 0; i < 2; i++) clients.Add(api.ClientWith((await owner.PostAsync("/api-keys", """{"name":"x"}""", HttpStatusCode.Created)).GetProperty("token").GetString()));
        await Task.Delay(1100, TestContext.Current.CancellationToken);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => clients[i % 2].GetAsync(new Uri("/project", UriKind.Relative), TestContext.Current.CancellationToken)));

        Assert.Equal(3, project.GetProperty("rate_per_second").GetInt32());
        Assert.InRange(answers.Count(answer => answer.IsSuccessStatusCode), 3, 6); // more than three when this took a second
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.TooManyRequests);
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
        await using ApiFixture limited = new(postgres);
        await limited.InitializeAsync();
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

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
