using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Messages;

public sealed class IdempotencyTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Body = """{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t"}""";

    [Fact]
    public async Task Many_requests_with_one_key_at_the_same_instant_make_one_message_and_get_one_answer()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string key = Guid.NewGuid().ToString();

        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => client.PostAsync("/emails", Body, HttpStatusCode.OK, ("Idempotency-Key", key))));

        Assert.Single(answers.Select(answer => answer.GetProperty("id").GetString()).Distinct());
        Assert.Single((await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_key_with_another_body_is_a_conflict()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/emails", Body, HttpStatusCode.OK, ("Idempotency-Key", "k1"));

        JsonElement error = await client.PostAsync("/emails", Body.Replace("\"s\"", "\"other\"", StringComparison.Ordinal), HttpStatusCode.Conflict, ("Idempotency-Key", "k1"));

        Assert.Equal("invalid_idempotent_request", error.GetProperty("name").GetString());
        Assert.Single((await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task A_refused_request_keeps_no_key()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        await client.PostAsync("/emails", "{}", HttpStatusCode.UnprocessableEntity, ("Idempotency-Key", "k1"));

        await client.PostAsync("/emails", Body, HttpStatusCode.OK, ("Idempotency-Key", "k1"));
    }

    [Fact]
    public async Task Projects_do_not_share_keys()
    {
        using HttpClient one = api.ClientWith(await api.AddProjectAsync());
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());

        JsonElement first = await one.PostAsync("/emails", Body, HttpStatusCode.OK, ("Idempotency-Key", "shared"));
        JsonElement second = await other.PostAsync("/emails", Body, HttpStatusCode.OK, ("Idempotency-Key", "shared"));

        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_replayed_batch_gets_the_same_body()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement first = await client.PostAsync("/emails/batch", $"[{Body},{Body}]", HttpStatusCode.OK, ("Idempotency-Key", "b1"));
        JsonElement second = await client.PostAsync("/emails/batch", $"[{Body},{Body}]", HttpStatusCode.OK, ("Idempotency-Key", "b1"));

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(2, first.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_key_of_257_characters_is_refused()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement error = await client.PostAsync("/emails", Body, HttpStatusCode.BadRequest, ("Idempotency-Key", new string('k', 257)));

        Assert.Equal("invalid_idempotency_key", error.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_replay_stores_its_attachments_no_second_time()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string body = Body.Replace("\"text\"", "\"attachments\":[{\"filename\":\"a.txt\",\"content\":\"aGk=\"}],\"text\"", StringComparison.Ordinal);
        JsonElement first = await client.PostAsync("/emails", body, HttpStatusCode.OK, ("Idempotency-Key", "with-file"));
        long stored = await api.CountAsync("attachments");

        JsonElement second = await client.PostAsync("/emails", body, HttpStatusCode.OK, ("Idempotency-Key", "with-file"));

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(stored, await api.CountAsync("attachments"));
    }
}
