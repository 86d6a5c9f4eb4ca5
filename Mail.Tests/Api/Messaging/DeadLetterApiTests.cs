using System.Net;
using System.Text.Json;

namespace Mail.Tests.Api.Messaging;

public sealed class DeadLetterApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Dead_letters_are_listed_shown_replayed_and_discarded()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Guid project = await LastProjectAsync();
        string[] ids = [await BuryAsync(project, "test.a"), await BuryAsync(project, "test.a"), await BuryAsync(project, "test.b", isEncrypted: true)];

        JsonElement page = await client.GetAsync("/dead-letters?limit=2", HttpStatusCode.OK);
        Assert.True(page.GetProperty("has_more").GetBoolean());
        Assert.Equal([ids[2], ids[1]], page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
        JsonElement rest = await client.GetAsync($"/dead-letters?after={ids[1]}", HttpStatusCode.OK);
        Assert.Equal([ids[0]], rest.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
        Assert.Equal(2, (await client.GetAsync("/dead-letters?type=test.a", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        JsonElement one = await client.GetAsync($"/dead-letters/{ids[0]}", HttpStatusCode.OK);
        Assert.Equal(("dead_letter", "test.a", "It failed.", "{\"a\":1}", 10), (one.GetProperty("object").GetString(), one.GetProperty("type").GetString(), one.GetProperty("error").GetString(), one.GetProperty("body").GetString(), one.GetProperty("attempts").GetInt32()));
        Assert.Equal(JsonValueKind.Null, (await client.GetAsync($"/dead-letters/{ids[2]}", HttpStatusCode.OK)).GetProperty("body").ValueKind);

        Assert.Equal(1, (await client.PostAsync($"/dead-letters/{ids[0]}/replay", "", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        await client.PostAsync($"/dead-letters/{ids[0]}/replay", "", HttpStatusCode.NotFound);
        Assert.Equal(1, (await client.PostAsync("/dead-letters/replay", """{"type":"test.a"}""", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        Assert.Equal(0, (await client.PostAsync("/dead-letters/replay", """{"type":"test.unheard"}""", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        Assert.True((await client.DeleteAsync($"/dead-letters/{ids[2]}", HttpStatusCode.OK)).GetProperty("deleted").GetBoolean());
        await client.DeleteAsync($"/dead-letters/{ids[2]}", HttpStatusCode.NotFound);

        Assert.Empty((await client.GetAsync("/dead-letters", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Equal(2, await api.CountAsync($"bus_messages WHERE project_id = '{project}' AND attempts = 0"));
    }

    [Fact]
    public async Task Those_that_are_named_are_replayed_or_discarded_and_no_others()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Guid project = await LastProjectAsync();
        string[] ids = [await BuryAsync(project, "test.a"), await BuryAsync(project, "test.b"), await BuryAsync(project, "test.b"), await BuryAsync(project, "test.c")];

        JsonElement[] types = [.. (await client.GetAsync("/dead-letters?limit=1", HttpStatusCode.OK)).GetProperty("types").EnumerateArray()];
        Assert.Equal(["test.b 2", "test.a 1", "test.c 1"], types.Select(one => $"{one.GetProperty("type").GetString()} {one.GetProperty("count").GetInt64()}"));
        Assert.Equal(2, (await client.PostAsync("/dead-letters/replay", $$"""{"ids":["{{ids[0]}}","{{ids[1]}}","{{Guid.NewGuid()}}"]}""", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        Assert.Equal(1, (await client.PostAsync("/dead-letters/discard", $$"""{"ids":["{{ids[2]}}","{{ids[0]}}"]}""", HttpStatusCode.OK)).GetProperty("discarded").GetInt32());

        Assert.Equal([ids[3]], (await client.GetAsync("/dead-letters", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
        Assert.Equal(2, await api.CountAsync($"bus_messages WHERE project_id = '{project}'"));
    }

    [Fact]
    public async Task Those_of_another_project_are_passed_over()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        string id = await BuryAsync(await LastProjectAsync(), "test.a");
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());

        Assert.Equal(0, (await other.PostAsync("/dead-letters/replay", $$"""{"ids":["{{id}}"]}""", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        Assert.Equal(0, (await other.PostAsync("/dead-letters/discard", $$"""{"ids":["{{id}}"]}""", HttpStatusCode.OK)).GetProperty("discarded").GetInt32());

        await owner.GetAsync($"/dead-letters/{id}", HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_letter_says_shows_no_address_and_nothing_that_is_called_secret()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = await BuryAsync(await LastProjectAsync(), "test.a");
        await using (Npgsql.NpgsqlCommand command = api.Database.CreateCommand("""
            UPDATE bus_dead_letters SET body = convert_to('{"offer":7,"to":"Ada <ada@example.com>","link_token":"t0p","urls":["https://example.com/a"],"deep":{"code":null,"note":"é"}}', 'UTF8') WHERE id = $1
            """))
        {
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = Guid.Parse(id) });
            await command.ExecuteNonQueryAsync();
        }

        string body = (await client.GetAsync($"/dead-letters/{id}", HttpStatusCode.OK)).GetProperty("body").GetString()!;

        Assert.Equal("""{"offer":7,"to":"Ada <•••@example.com>","link_token":"••••••","urls":["••••••"],"deep":{"code":null,"note":"é"}}""", body);
    }

    [Theory]
    [InlineData("replay", """{"ids":[]}""", "ids")]
    [InlineData("replay", """{"ids":["x"]}""", "ids.0")]
    [InlineData("replay", """{"ids":[null]}""", "ids.0")]
    [InlineData("replay", """{"ids":["00000000-0000-7000-8000-000000000001"],"type":"test.a"}""", "ids")]
    [InlineData("discard", "{}", "ids")]
    [InlineData("discard", """{"ids":[]}""", "ids")]
    [InlineData("discard", """{"ids":"all"}""", "ids")]
    [InlineData("discard", """{"ids":["00000000-0000-7000-8000-000000000001","x"]}""", "ids.1")]
    public async Task Wrong_names_are_refused_by_their_field_and_nothing_is_changed(string call, string body, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Guid project = await LastProjectAsync();
        await BuryAsync(project, "test.a");

        JsonElement refusal = await client.PostAsync($"/dead-letters/{call}", body, HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await api.CountAsync($"bus_dead_letters WHERE project_id = '{project}'"));
    }

    [Fact]
    public async Task Another_projects_dead_letter_the_installations_and_what_is_no_id_are_not_found()
    {
        using HttpClient owner = api.ClientWith(await api.AddProjectAsync());
        string id = await BuryAsync(await LastProjectAsync(), "test.a"), installations = await BuryAsync(Guid.Empty, "test.a");
        using HttpClient other = api.ClientWith(await api.AddProjectAsync());

        foreach (string unknown in (string[])[id, installations, Guid.NewGuid().ToString(), "no-id", new string('a', 500)])
        {
            await other.GetAsync($"/dead-letters/{unknown}", HttpStatusCode.NotFound);
            await other.PostAsync($"/dead-letters/{unknown}/replay", "", HttpStatusCode.NotFound);
            await other.DeleteAsync($"/dead-letters/{unknown}", HttpStatusCode.NotFound);
        }

        Assert.Empty((await other.GetAsync("/dead-letters", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        Assert.Equal(0, (await other.PostAsync("/dead-letters/replay", """{"type":"test.a"}""", HttpStatusCode.Accepted)).GetProperty("queued").GetInt32());
        await owner.GetAsync($"/dead-letters/{id}", HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", 400, "JSON")]
    [InlineData("[]", 400, "object")]
    [InlineData("{}", 422, "type")]
    [InlineData("""{"type":null}""", 422, "type")]
    [InlineData("""{"type":5}""", 422, "type")]
    [InlineData("""{"type":""}""", 422, "type")]
    [InlineData("""{"type":"a\u0000b"}""", 422, "type")]
    [InlineData("""{"type":"a\ud800b"}""", 422, "type")]
    public async Task A_wrong_replay_is_refused_by_its_field_and_nothing_is_replayed(string body, int status, string field)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        Guid project = await LastProjectAsync();
        await BuryAsync(project, "test.a");

        JsonElement refusal = await client.PostAsync("/dead-letters/replay", body, (HttpStatusCode)status);

        Assert.Contains(field, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await api.CountAsync($"bus_dead_letters WHERE project_id = '{project}'"));
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        await client.PostAsync("/dead-letters/replay", $$"""{"type":"{{new string('a', 201)}}"}""", HttpStatusCode.UnprocessableEntity);
        await client.PostAsync("/dead-letters/replay", $$"""{"type":"{{new string('a', 20_000)}}"}""", HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory, InlineData("limit=0"), InlineData("limit=x"), InlineData("limit=101"), InlineData("after=x"), InlineData("type=%00"), InlineData("type=")]
    public async Task A_wrong_question_is_refused_by_its_field(string query)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement refusal = await client.GetAsync($"/dead-letters?{query}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{query.Split('=')[0]}`", refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_openapi_document_tells_the_paths()
    {
        using HttpClient client = api.ClientWith(null);
        JsonElement paths = (await client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("paths");

        foreach ((string path, string method) in ((string, string)[])[("/dead-letters", "get"), ("/dead-letters/replay", "post"), ("/dead-letters/{id}", "get"), ("/dead-letters/{id}", "delete"), ("/dead-letters/{id}/replay", "post")])
            Assert.True(paths.GetProperty(path).TryGetProperty(method, out _), $"{method} {path}");
    }

    private async Task<Guid> LastProjectAsync()
    {
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand("SELECT id FROM projects ORDER BY created_at DESC, id DESC LIMIT 1");
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> BuryAsync(Guid project, string name, bool isEncrypted = false)
    {
        Guid id = Guid.CreateVersion7();
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand("""
            INSERT INTO bus_dead_letters (project_id, id, queued_id, message_id, handler, name, body, is_encrypted, generation, published_at, due_at, attempts, error, died_at)
            VALUES ($1, $2, gen_random_uuid(), gen_random_uuid(), $3, $3, '{"a":1}', $4, 1, now(), now(), 10, 'It failed.', now())
            """);
        foreach (object value in (object[])[project, id, name, isEncrypted]) command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
        await Task.Delay(2); // the next id is of a later millisecond
        return id.ToString();
    }
}
