using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Requests;

/// <summary>The calls of /requests: what is refused, once for each key, by pages, and apart in the sandbox.</summary>
public sealed class RequestApiTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Ask = """{"title":"T","choices":[{"key":"a","label":"A"},{"key":"b","label":"B"}],"person":{"email":"jo@example.org"}}""";

    private readonly ApiFixture _api = new(postgres);
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        _api.Settings["EMAIL_FROM"] = "no-reply@example.com";
        _client = _api.ClientWith(ApiFixture.LiveKey);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Theory]
    [InlineData("""{}""", "Missing `title` field.")]
    [InlineData("""{"title":" "}""", "Missing `title` field.")]
    [InlineData("""{"title":"a\u0000b"}""", "`title` ")]
    [InlineData("""{"title":"a\r\nb"}""", "`title` ")]
    [InlineData("""{"title":"\ud800"}""", "`title` ")]
    [InlineData("""{"title":5}""", "`title` ")]
    [InlineData("""{"title":"T","text":"a\u0000"}""", "`text` ")]
    [InlineData("""{"title":"T"}""", "`choices` must be two to 5")]
    [InlineData("""{"title":"T","choices":[{"key":"a","label":"A"}]}""", "`choices` must be two to 5")]
    [InlineData("""{"title":"T","choices":[{"key":"a","label":"A"},null]}""", "Missing `choices.1.key` field.")]
    [InlineData("""{"title":"T","choices":[{"key":"a","label":"A"},{"key":"a","label":"B"}]}""", "`choices.1.key` stands there twice.")]
    [InlineData("""{"title":"T","choices":[{"key":"a b","label":"A"},{"key":"c","label":"B"}]}""", "`choices.0.key` ")]
    [InlineData("""{"title":"T","choices":[{"key":"a","label":"A"},{"key":"b","label":"B"}]}""", "Missing `person` field.")]
    [InlineData("PERSON {}", "Missing `person.email` field.")]
    [InlineData("""PERSON {"email":"nobody"}""", "`person.email` is not an address")]
    [InlineData("""PERSON {"email":"Jo <jo@example.org>"}""", "`person.email` must be the address alone")]
    [InlineData("""PERSON {"email":"jo@example.org","name":"a\nb"}""", "`person.name` ")]
    [InlineData("""PERSON {"email":"jo@example.org","locale":"no locale"}""", "`person.locale` ")]
    [InlineData("""PERSON {"email":"jo@example.org","time_zone":"../etc/passwd"}""", "`person.time_zone` ")]
    [InlineData("MORE \"deadline\":\"2020-01-01T00:00:00Z\"", "`deadline` must be five minutes")]
    [InlineData("MORE \"deadline\":\"2099-01-01T00:00:00Z\"", "`deadline` must be five minutes")]
    [InlineData("MORE \"deadline\":\"tomorrow\"", "`deadline` is not a time")]
    [InlineData("MORE \"deadline\":\"2027-01-01T00:00\"", "`deadline` has no offset")]
    [InlineData("MORE \"reminders\":[{}]", "`reminders.0` must have")]
    [InlineData("MORE \"reminders\":[{\"minutes_before\":1,\"at\":\"2027-01-01T00:00:00Z\"}]", "`reminders.0` must have")]
    [InlineData("MORE \"reminders\":[{\"minutes_before\":60},{\"minutes_before\":500000}]", "`reminders.1` would come at")]
    [InlineData("MORE \"reminders\":[{\"days_before\":1,\"time\":\"10:00\"}]", "`reminders.0.time` is a time by the person's clocks")]
    [InlineData("MORE \"reminders\":[{\"days_before\":1,\"time\":\"25:00\"}]", "`reminders.0.time` must be a time")]
    [InlineData("MORE \"details\":[{\"label\":\"L\"}]", "Missing `details.0.value` field.")]
    [InlineData("MORE \"on_behalf_of\":{\"email\":\"x\"}", "`on_behalf_of.email` is not an address")]
    [InlineData("MORE \"metadata\":[]", "`metadata` must be an object.")]
    [InlineData("MORE \"metadata\":{\"a\":\"\\u0000\"}", "`metadata` ")]
    [InlineData("MORE \"from\":\"x\"", "`from` is not an address")]
    public async Task What_cannot_be_taken_is_refused_by_its_field_and_nothing_is_stored(string body, string message)
    {
        if (body.StartsWith("PERSON ", StringComparison.Ordinal)) body = Ask.Replace("""{"email":"jo@example.org"}""", body[7..], StringComparison.Ordinal);
        if (body.StartsWith("MORE ", StringComparison.Ordinal)) body = $"{Ask[..^1]},{body[5..]}}}";

        JsonElement error = await _client.PostAsync("/requests", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 0), (await _api.CountAsync("requests"), await _api.CountAsync("messages"), await _api.CountAsync("flow_history"), await _api.CountAsync("bus_messages")));
    }

    [Fact]
    public async Task Too_long_not_JSON_too_large_and_unknown_ids_each_have_their_answer()
    {
        await _client.PostAsync("/requests", "{", HttpStatusCode.BadRequest);
        await _client.PostAsync("/requests", "null", HttpStatusCode.BadRequest);
        await _client.PostAsync("/requests", Ask.Replace("\"T\"", $"\"{new string('x', 201)}\"", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity);
        await _client.PostAsync("/requests", $"{Ask[..^1]},\"text\":\"{new string('x', 70_000)}\"}}", HttpStatusCode.RequestEntityTooLarge);
        foreach (string id in (string[])["no-id", Guid.NewGuid().ToString(), new string('a', 400)])
        {
            await _client.GetAsync($"/requests/{id}", HttpStatusCode.NotFound);
            foreach (string action in (string[])["cancel", "resend"]) await _client.PostAsync($"/requests/{id}/{action}", "", HttpStatusCode.NotFound);
        }

        foreach (string query in (string[])["limit=0", "limit=x", "after=x", "state=open", "state=%00", "email=x"]) await _client.GetAsync($"/requests?{query}", HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Whom_no_mail_can_reach_cannot_be_asked()
    {
        await _client.PostAsync("/suppressions", """{"email":"jo@example.org","reason":"manual"}""", HttpStatusCode.Created);

        JsonElement error = await _client.PostAsync("/requests", Ask, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("recipient_suppressed", error.GetProperty("name").GetString());
        Assert.Equal((0, 0, 0), (await _api.CountAsync("requests"), await _api.CountAsync("messages"), await _api.CountAsync("action_links")));
    }

    [Fact]
    public async Task Under_one_key_a_request_is_made_once_however_many_ask_at_once()
    {
        JsonElement[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _client.PostAsync("/requests", Ask, HttpStatusCode.Created, ("Idempotency-Key", "k1"))));

        Assert.Single(all.Select(one => one.GetProperty("id").GetString()).Distinct());
        Assert.Equal((1, 1, 1), (await _api.CountAsync("requests"), await _api.CountAsync("messages"), await _api.CountAsync("bus_messages")));
        JsonElement other = await _client.PostAsync("/requests", Ask.Replace("\"T\"", "\"U\"", StringComparison.Ordinal), HttpStatusCode.Conflict, ("Idempotency-Key", "k1"));
        Assert.Equal("invalid_idempotent_request", other.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_list_goes_by_pages_and_filters_and_another_project_and_the_sandbox_see_nothing_of_it()
    {
        List<string> ids = [];
        for (int i = 0; i < 5; i++) ids.Insert(0, (await _client.PostAsync("/requests", i == 2 ? Ask.Replace("jo@", "Al@", StringComparison.Ordinal) : Ask, HttpStatusCode.Created)).GetProperty("id").GetString()!);
        await _client.PostAsync($"/requests/{ids[0]}/cancel", "", HttpStatusCode.OK);

        List<string> seen = [];
        for (string after = ""; ;)
        {
            JsonElement page = await _client.GetAsync($"/requests?limit=2{after}", HttpStatusCode.OK);
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
            if (!page.GetProperty("has_more").GetBoolean()) break;
            after = $"&after={seen[^1]}";
        }

        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal([ids[0]], await IdsAsync(_client, "?state=canceled"));
        Assert.Equal([ids[2]], await IdsAsync(_client, "?email=al@example.org&state=pending"));
        using HttpClient other = _api.ClientWith(await _api.AddProjectAsync());
        string key = await _api.AddProjectAsync("mk_test_");
        await using (Npgsql.NpgsqlCommand move = _api.Database.CreateCommand("UPDATE api_keys SET project_id = (SELECT id FROM projects ORDER BY created_at LIMIT 1) WHERE is_test")) await move.ExecuteNonQueryAsync();
        using HttpClient test = _api.ClientWith(key);
        string sandboxed = (await test.PostAsync("/requests", Ask, HttpStatusCode.Created)).GetProperty("id").GetString()!;
        foreach (HttpClient stranger in (HttpClient[])[other, test])
        {
            await stranger.GetAsync($"/requests/{ids[1]}", HttpStatusCode.NotFound);
            foreach (string action in (string[])["cancel", "resend"]) await stranger.PostAsync($"/requests/{ids[1]}/{action}", "", HttpStatusCode.NotFound);
        }

        Assert.Equal([sandboxed], await IdsAsync(test, ""));
        Assert.Empty(await IdsAsync(other, ""));
        await _client.GetAsync($"/requests/{sandboxed}", HttpStatusCode.NotFound);
        Assert.Equal(1, await _api.CountAsync("messages WHERE is_test"));
        Assert.Equal("pending", (await _client.GetAsync($"/requests/{ids[1]}", HttpStatusCode.OK)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_links_and_the_code_of_its_mail_are_sealed()
    {
        await _client.PostAsync("/requests", Ask, HttpStatusCode.Created);

        Assert.Equal(0, await _api.CountAsync("messages WHERE content::text LIKE '%/a/%'")); // sealed
    }

    /// <summary>Whoever may read the project's mail must not decide in the person's place.</summary>
    [Fact]
    public async Task The_links_of_all_choices_and_the_code_are_hidden_from_who_reads_the_mail_in_the_project()
    {
        await using ApiFixture production = new(postgres);
        await production.InitializeAsync();
        (production.Settings["environment"], production.Settings["EMAIL_FROM"], production.Settings["BASE_URL"], production.Settings["Domains:RequireVerifiedSenders"]) = ("Production", "no-reply@example.com", "https://mail.example", "false");
        using HttpClient client = production.ClientWith(ApiFixture.LiveKey);
        await client.PostAsync("/requests", Ask.Replace("\"key\":\"b\"", "\"key\":\"c\",\"label\":\"C\"},{\"key\":\"b\"", StringComparison.Ordinal), HttpStatusCode.Created);
        string email = (await client.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data")[0].GetProperty("id").GetString()!;

        JsonElement shown = await client.GetAsync($"/emails/{email}", HttpStatusCode.OK);

        Assert.DoesNotMatch("/a/[A-Za-z0-9_-]{20}", shown.GetRawText());
        Assert.DoesNotMatch("[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}", shown.GetProperty("text").GetString()!);
        foreach (string label in (string[])["A", "B", "C"]) Assert.Contains($">{label}</a>", System.Text.RegularExpressions.Regex.Replace(shown.GetProperty("html").GetString()!, @"\s+", ""), StringComparison.Ordinal);
    }

    private static async Task<List<string>> IdsAsync(HttpClient client, string query) =>
        [.. (await client.GetAsync($"/requests{query}", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
}
