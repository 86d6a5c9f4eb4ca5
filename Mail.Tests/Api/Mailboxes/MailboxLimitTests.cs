using System.Net;
using System.Text.Json;
using Mail.Core.Projects;
using Mail.Tests.ServiceDefaults;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>BOX-9: ten new mailboxes for one user in 24 hours. And a key of idempotency makes one.</summary>
public sealed class MailboxLimitTests(PostgresFixture postgres)
{
    private static readonly (string, string) _now = ("Prefer", "wait=0");

    [Fact]
    public async Task The_eleventh_of_a_day_is_refused_until_the_first_is_a_day_old()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        using HttpClient ada = scene.For("ada"), bob = scene.For("bob");
        await MailboxApiScene.CreateAsync(ada, "n0", HttpStatusCode.Accepted, _now);
        scene.Clock.Advance(TimeSpan.FromHours(2));
        for (int i = 1; i < 10; i++) await MailboxApiScene.CreateAsync(ada, $"n{i}", HttpStatusCode.Accepted, _now);

        JsonElement refused = await MailboxApiScene.CreateAsync(ada, "n10", HttpStatusCode.TooManyRequests, _now);

        Assert.Equal("mailbox_limit_reached", refused.GetProperty("name").GetString());
        await MailboxApiScene.CreateAsync(bob, "n10", HttpStatusCode.Accepted, _now); // another user's day is their own
        scene.Clock.Advance(TimeSpan.FromHours(21.9));
        await MailboxApiScene.CreateAsync(ada, "n11", HttpStatusCode.TooManyRequests, _now);
        scene.Clock.Advance(TimeSpan.FromHours(0.2));
        await MailboxApiScene.CreateAsync(ada, "n11", HttpStatusCode.Accepted, _now);
        await MailboxApiScene.CreateAsync(ada, "n12", HttpStatusCode.TooManyRequests, _now); // the nine are not a day old
        JsonElement[] log = [.. (await ada.GetAsync("/mailboxes/log?status=refused", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
        Assert.Equal(3, log.Length);
        Assert.Equal(("create", "mailbox_limit_reached", "ada", "n12@boxes.example.org"), (log[0].GetProperty("action").GetString(), log[0].GetProperty("error").GetString(), log[0].GetProperty("user").GetString(), log[0].GetProperty("email").GetString()));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_ten_are_made()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        using HttpClient ada = scene.For("ada");

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => AskAsync(ada, $"n{i}")));

        Assert.Equal((10, 14), (answers.Count(one => one is HttpStatusCode.Accepted), answers.Count(one => one is HttpStatusCode.TooManyRequests)));
        Assert.Equal(10, await scene.Api.CountAsync("mailboxes"));
    }

    /// <summary>Redis is for speed: what it remembers may be lost, and the answers stay.</summary>
    [Fact]
    public async Task With_redis_and_after_it_is_gone_the_answers_are_the_same()
    {
        await using RedisServer redis = new();
        await redis.StartAsync();
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false, settings: ("ConnectionStrings:cache", redis.ConnectionString));
        using HttpClient ada = scene.For("ada"), bob = scene.For("bob");
        for (int i = 0; i < 10; i++) await MailboxApiScene.CreateAsync(ada, $"n{i}", HttpStatusCode.Accepted, _now);
        for (int i = 0; i < 3; i++) await MailboxApiScene.CreateAsync(ada, "more", HttpStatusCode.TooManyRequests, _now);
        for (int i = 0; i < 5; i++) await MailboxApiScene.CreateAsync(bob, $"b{i}", HttpStatusCode.Accepted, _now);

        await redis.StopAsync();

        await MailboxApiScene.CreateAsync(ada, "more", HttpStatusCode.TooManyRequests, _now);
        for (int i = 5; i < 10; i++) await MailboxApiScene.CreateAsync(bob, $"b{i}", HttpStatusCode.Accepted, _now);
        await MailboxApiScene.CreateAsync(bob, "more", HttpStatusCode.TooManyRequests, _now);
    }

    /// <summary>An app that names no user sets up for all of them, if it may administer; else the key is the user.</summary>
    [Fact]
    public async Task An_app_without_a_user_is_limited_unless_it_administers()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        using HttpClient plain = scene.Api.ClientWith(await scene.KeyAsync(Scopes.WriteMailboxes, Scopes.ReadMailboxes));
        for (int i = 0; i < 12; i++) await MailboxApiScene.CreateAsync(scene.Client, $"a{i}", HttpStatusCode.Accepted, _now);
        for (int i = 0; i < 10; i++) await MailboxApiScene.CreateAsync(plain, $"b{i}", HttpStatusCode.Accepted, _now);

        await MailboxApiScene.CreateAsync(plain, "b10", HttpStatusCode.TooManyRequests, _now);
    }

    [Fact]
    public async Task What_is_refused_before_there_is_a_mailbox_does_not_count()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        using HttpClient ada = scene.For("ada");
        await MailboxApiScene.CreateAsync(scene.Client, "taken", HttpStatusCode.Accepted, _now);
        for (int i = 0; i < 12; i++) await MailboxApiScene.CreateAsync(ada, "taken", HttpStatusCode.Conflict, _now);
        for (int i = 0; i < 12; i++) await MailboxApiScene.CreateAsync(ada, "admin", HttpStatusCode.UnprocessableEntity, _now);

        for (int i = 0; i < 10; i++) await MailboxApiScene.CreateAsync(ada, $"n{i}", HttpStatusCode.Accepted, _now);
    }

    /// <summary>A repetition makes no second one; the credentials are in the first answer that has them.</summary>
    [Fact]
    public async Task An_idempotency_key_makes_one_mailbox_and_stores_no_credentials()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        (string, string) key = ("Idempotency-Key", "k1");
        JsonElement first = await MailboxApiScene.CreateAsync(scene.Client, "one", HttpStatusCode.Created, key), second = await MailboxApiScene.CreateAsync(scene.Client, "one", HttpStatusCode.Created, key);

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal((JsonValueKind.Object, JsonValueKind.Null), (first.GetProperty("credentials").ValueKind, second.GetProperty("credentials").ValueKind));
        Assert.Equal("invalid_idempotent_request", (await MailboxApiScene.CreateAsync(scene.Client, "two", HttpStatusCode.Conflict, key)).GetProperty("name").GetString());
        await using Npgsql.NpgsqlCommand stored = scene.Api.Database.CreateCommand("SELECT string_agg(response, ' ') FROM idempotency_keys");
        Assert.Equal(first.GetProperty("id").GetString(), await stored.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        string?[] ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => (await MailboxApiScene.CreateAsync(scene.Client, "three", HttpStatusCode.Created, ("Idempotency-Key", "k3"))).GetProperty("id").GetString()));
        Assert.Single(ids.Distinct());
        Assert.Equal(2, await scene.Api.CountAsync("mailboxes"));
    }

    /// <summary>BOX-1, BOX-5: one has the name, and each of the others is told five that are free.</summary>
    [Fact]
    public async Task Of_a_hundred_who_want_one_name_one_has_it_and_the_others_are_told_what_is_free()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);

        (HttpStatusCode Status, JsonElement Body)[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using HttpClient user = scene.For($"user-{i}");
            user.DefaultRequestHeaders.Add("Prefer", "wait=0");
            using HttpResponseMessage answer = await user.PostAsync(new Uri("/api/email/create", UriKind.Relative), ApiFixture.Json("""{"username":"sales"}"""), TestContext.Current.CancellationToken);
            return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }));

        Assert.Single(answers, one => one.Status is HttpStatusCode.Accepted);
        Assert.All(answers.Where(one => one.Status is not HttpStatusCode.Accepted), one =>
            Assert.Equal((HttpStatusCode.Conflict, "name_taken", 5), (one.Status, one.Body.GetProperty("name").GetString(), one.Body.GetProperty("suggestions").GetArrayLength())));
        Assert.Equal(1, await scene.Api.CountAsync("mailboxes"));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string name)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/mailboxes") { Content = ApiFixture.Json(MailboxApiScene.Wish(name)), Headers = { { "Prefer", "wait=0" } } };
        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
