using System.Net;
using System.Text.Json;
using Npgsql;

namespace Mail.Tests.Api.Messages;

public sealed class SendMessageTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Reset = """
        {"from":"Acme <no-reply@example.com>","to":"ada@example.net","template":{"id":"password-reset","variables":{"code":"493817","name":"Ada"},"locale":"fr"}}
        """;

    [Fact]
    public async Task An_accepted_message_is_stored_with_one_delivery_per_recipient()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement answer = await client.PostAsync("/emails", """
            {"from":"a@example.com","to":["b@example.net","Ada <c@example.net>"],"cc":"d@example.net","bcc":["e@example.net"],"subject":"Hello","text":"hi","tags":[{"name":"k","value":"v"}],"unknown":null}
            """, HttpStatusCode.OK);

        string id = answer.GetProperty("id").GetString()!;
        JsonElement email = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Equal("queued", email.GetProperty("last_event").GetString());
        Assert.Equal(
            ["b@example.net to queued", "c@example.net to queued", "d@example.net cc queued", "e@example.net bcc queued"],
            email.GetProperty("recipients").EnumerateArray().Select(r => $"{r.GetProperty("email")} {r.GetProperty("kind")} {r.GetProperty("state")}"));
        Assert.All(email.GetProperty("recipients").EnumerateArray(), recipient =>
        {
            Assert.NotEqual(JsonValueKind.Null, recipient.GetProperty("next_attempt_at").ValueKind);
            Assert.NotEmpty(recipient.GetProperty("reason").GetString()!);
        });
    }

    [Fact]
    public async Task A_template_message_shows_its_subject_in_the_recipients_language_and_takes_the_templates_lane()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        string id = (await client.PostAsync("/emails", Reset, HttpStatusCode.OK)).GetProperty("id").GetString()!;

        JsonElement email = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Contains("mot de passe", email.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("493817", email.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Contains("493817", email.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("critical", email.GetProperty("lane").GetString());
    }

    [Theory]
    [InlineData("{\"from\":", 400, "not valid JSON")]
    [InlineData("null", 400, "JSON object")]
    [InlineData("[]", 400, "JSON object")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":5,\"subject\":\"s\",\"text\":\"t\"}", 422, "`to`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":[5],\"subject\":\"s\",\"text\":\"t\"}", 422, "`to`")]
    [InlineData("{\"from\":\"a@example.com\",\"subject\":\"s\",\"text\":\"t\"}", 422, "`to`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":[],\"subject\":\"s\",\"text\":\"t\"}", 422, "`to`")]
    [InlineData("{\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\"}", 422, "`from`")]
    [InlineData("{\"from\":\"nobody\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\"}", 422, "`from`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":[\"b@example.net\",\"b\"],\"subject\":\"s\",\"text\":\"t\"}", 422, "`to.1`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\\r\\nBcc: x@example.org\",\"subject\":\"s\",\"text\":\"t\"}", 422, "`to.0`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"reply_to\":[\"x\"],\"subject\":\"s\",\"text\":\"t\"}", 422, "`reply_to.0`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\\nX: y\",\"text\":\"t\"}", 422, "`subject`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"text\":\"t\"}", 422, "`subject`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\"}", 422, "`html`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"a\\u0000b\"}", 422, "`text`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"a\\ud800b\"}", 422, "`text`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"headers\":{\"Bcc\":\"x@example.org\"}}", 422, "`headers.Bcc`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"headers\":{\"X-A\":\"1\\r\\nBcc: x\"}}", 422, "`headers.X-A`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"tags\":[{\"name\":\"a b\",\"value\":\"v\"}]}", 422, "`tags.0.name`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"lane\":\"fast\"}", 422, "`lane`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"scheduled_at\":\"soon\"}", 422, "`scheduled_at`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"scheduled_at\":\"in 31 days\"}", 422, "`scheduled_at`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"attachments\":[{\"filename\":\"a.txt\"}]}", 422, "`attachments.0.content`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"subject\":\"s\",\"text\":\"t\",\"attachments\":[{\"filename\":\"a.txt\",\"content\":\"$$\"}]}", 422, "`attachments.0.content`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"no-such\"}}", 422, "`template.id`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{}}}", 422, "`template.variables.code`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":true}}}", 422, "`template.variables.code` must be a string.")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":\"1\",\"expires_in_minutes\":\"x\",\"app_url\":\"javascript:a\"}}}", 422, "`template.variables.expires_in_minutes` must be a number. `template.variables.app_url` must be an absolute")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":[1]}}", 422, "`template.variables`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":null}}}", 422, "`template.variables.code`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":\"1\"},\"locale\":\"../x\"}}", 422, "`template.locale`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":\"\\ud800\"}}}", 422, "`template.variables.code`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"reminder-driver\",\"variables\":{\"from_place\":\"A\",\"to_place\":\"B\",\"departure_at\":\"2026-11-28T06:30:00Z\",\"dashboard_url\":\"https://x.example/\",\"passengers\":[{\"name\":\"Ann\",\"seats\":1},{\"name\":\"Bob\",\"seats\":2},{\"seats\":1}]}}}", 422, "`template.variables.passengers[2].name`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"reminder-driver\",\"variables\":{\"from_place\":\"A\",\"to_place\":\"B\",\"departure_at\":\"2026-11-28T06:30:00Z\",\"dashboard_url\":\"https://x.example/\",\"passengers\":[{\"name\":\"Ann\\ud800\",\"seats\":1}]}}}", 422, "`template.variables.passengers`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"reminder-driver\",\"variables\":{\"from_place\":\"A\",\"to_place\":\"B\",\"departure_at\":\"2026-11-28T06:30:00Z\",\"dashboard_url\":\"https://x.example/\",\"passengers\":[{\"name\":\"Ann\",\"seats\":1,\"a\\u0000b\":{\"c\":[\"\\ud800\"]}}]}}}", 422, "`template.variables.passengers`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"template\":{\"id\":\"reminder-driver\",\"variables\":{\"from_place\":\"A\",\"to_place\":\"B\",\"departure_at\":\"2026-11-28T06:30:00Z\",\"dashboard_url\":\"https://x.example/\",\"time_zone\":\"Mars/Olympus\",\"passengers\":[{\"name\":\"Ann\",\"seats\":1}]}}}", 422, "`template.variables.time_zone`")]
    [InlineData("{\"from\":\"a@example.com\",\"to\":\"b@example.net\",\"html\":\"x\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":\"1\"}}}", 422, "`template`")]
    public async Task Bad_input_is_refused_with_the_fields_path_and_stores_nothing(string body, int status, string named)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        (long Messages, long Deliveries, long Attachments) before = await CountsAsync();

        JsonElement error = await client.PostAsync("/emails", body, (HttpStatusCode)status);

        Assert.Equal(status, error.GetProperty("statusCode").GetInt32());
        Assert.NotEmpty(error.GetProperty("name").GetString()!);
        Assert.Contains(named, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await CountsAsync());
    }

    [Fact]
    public async Task Fifty_one_recipients_are_too_many()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string to = string.Join(",", Enumerable.Range(0, 51).Select(i => $"\"u{i}@example.net\""));

        JsonElement error = await client.PostAsync("/emails", $$"""{"from":"a@example.com","to":[{{to}}],"subject":"s","text":"t"}""", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`to`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_type_under_a_hostile_name_is_refused_with_a_short_path()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string name = new('[', 100_000);

        JsonElement error = await client.PostAsync("/emails", $$$"""{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t","headers":{"{{{name}}}":5}}""", HttpStatusCode.UnprocessableEntity);

        Assert.InRange(error.GetProperty("message").GetString()!.Length, 10, 300);
    }

    [Theory]
    [InlineData("attachments", """{"filename":"a.txt","content":""}""", 101)]
    [InlineData("reply_to", "\"r@example.com\"", 51)]
    [InlineData("tags", """{"name":"k","value":"v"}""", 51)]
    public async Task Too_many_of_anything_are_refused(string field, string one, int count)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string many = string.Join(",", Enumerable.Repeat(one, count));

        JsonElement error = await client.PostAsync("/emails", $$"""{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t","{{field}}":[{{many}}]}""", HttpStatusCode.UnprocessableEntity);

        Assert.Contains($"`{field}`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_composed_is_shown_all_the_same()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        string id = (await client.PostAsync("/emails", Reset, HttpStatusCode.OK)).GetProperty("id").GetString()!;
        await using NpgsqlCommand spoil = api.Database.CreateCommand("UPDATE messages SET content = replace(content::text, 'password-reset', 'gone')::json WHERE id = $1");
        spoil.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(id) });
        await spoil.ExecuteNonQueryAsync();

        JsonElement email = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);

        Assert.Equal(JsonValueKind.Null, email.GetProperty("html").ValueKind);
        JsonElement error = await client.GetAsync($"/emails/{id}/raw", HttpStatusCode.NotFound);
        Assert.Contains("gone", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_that_the_template_ignores_are_not_stored()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        string id = (await client.PostAsync("/emails", Reset.Replace("\"name\"", "\"extra\":\"unwanted-value\",\"name\"", StringComparison.Ordinal), HttpStatusCode.OK)).GetProperty("id").GetString()!;

        await using NpgsqlCommand command = api.Database.CreateCommand("SELECT content::text FROM messages WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(id) });
        Assert.DoesNotContain("unwanted-value", (string)(await command.ExecuteScalarAsync())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_called_json_is_told_so()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        using FormUrlEncodedContent form = new([]);

        using HttpResponseMessage response = await client.PostAsync(new Uri("/emails", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("Content-Type: application/json", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachments_over_the_limit_are_too_large()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        long before = await api.CountAsync("attachments");
        string content = Convert.ToBase64String(new byte[31 * 1024 * 1024]);

        JsonElement error = await client.PostAsync(
            "/emails", $$"""{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t","attachments":[{"filename":"a.bin","content":"{{content}}"}]}""", HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("`attachments.0.content`", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await api.CountAsync("attachments"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "missing_api_key")]
    [InlineData("mk_live_nobody_knows_this_key", HttpStatusCode.Forbidden, "invalid_api_key")]
    public async Task Without_a_valid_key_nothing_is_read(string? key, HttpStatusCode status, string name)
    {
        using HttpClient client = api.ClientWith(key);

        JsonElement error = await client.PostAsync("/emails", "not even json", status);

        Assert.Equal(name, error.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Another_projects_message_is_not_found()
    {
        using HttpClient owner = api.ClientWith(ApiFixture.LiveKey);
        using HttpClient stranger = api.ClientWith(await api.AddProjectAsync());
        string id = (await owner.PostAsync("/emails", Reset, HttpStatusCode.OK)).GetProperty("id").GetString()!;

        foreach (string path in (string[])[$"/emails/{id}", $"/emails/{id}/events", $"/emails/{id}/html", $"/emails/{id}/raw", "/emails/no-id"])
        {
            JsonElement error = await stranger.GetAsync(path, HttpStatusCode.NotFound);
            Assert.Equal("not_found", error.GetProperty("name").GetString());
        }

        Assert.Empty((await stranger.GetAsync("/emails", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Attachments_arrive_in_the_raw_message_from_base64_and_from_a_node_buffer()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        string id = (await client.PostAsync("/emails", """
            {"from":"a@example.com","to":"b@example.net","subject":"s","text":"t","attachments":[
              {"filename":"a.txt","content":"aGVsbG8="},{"filename":false,"content":{"type":"Buffer","data":[1,2,3]}}]}
            """, HttpStatusCode.OK)).GetProperty("id").GetString()!;

        string raw = await client.GetStringAsync($"/emails/{id}/raw");
        Assert.Contains("filename=a.txt", raw.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("AQID", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduled_message_waits_as_scheduled_until_its_time()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        string id = (await client.PostAsync("/emails", """{"from":"a@example.com","to":"b@example.net","subject":"s","text":"t","scheduled_at":"in 2 hours"}""", HttpStatusCode.OK)).GetProperty("id").GetString()!;

        JsonElement email = await client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Equal("scheduled", email.GetProperty("last_event").GetString());
        Assert.Equal(email.GetProperty("scheduled_at").GetDateTimeOffset(), email.GetProperty("recipients")[0].GetProperty("next_attempt_at").GetDateTimeOffset());
        Assert.InRange(email.GetProperty("scheduled_at").GetDateTimeOffset() - email.GetProperty("created_at").GetDateTimeOffset(), TimeSpan.FromMinutes(119), TimeSpan.FromMinutes(121));
    }

    [Fact]
    public async Task A_test_keys_message_is_marked_for_the_sandbox()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync("mk_test_"));

        string id = (await client.PostAsync("/emails", Reset, HttpStatusCode.OK)).GetProperty("id").GetString()!;

        await using NpgsqlCommand command = api.Database.CreateCommand("SELECT is_test FROM messages WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(id) });
        Assert.True((bool?)await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Neither_codes_nor_keys_nor_addresses_are_logged()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        await client.PostAsync("/emails", Reset.Replace("493817", "771155", StringComparison.Ordinal).Replace("ada@", "unseen@", StringComparison.Ordinal), HttpStatusCode.OK);
        await client.PostAsync("/emails", """{"from":"a@example.com","to":"unseen@example.net","template":{"id":"password-reset","variables":{"code":{"x":"771155"}}}}""", HttpStatusCode.UnprocessableEntity);

        Assert.NotEmpty(api.Log);
        Assert.DoesNotContain(api.Log, line => line.Contains("771155", StringComparison.Ordinal) || line.Contains(ApiFixture.LiveKey, StringComparison.Ordinal) || line.Contains("unseen@", StringComparison.Ordinal));
    }

    private async Task<(long Messages, long Deliveries, long Attachments)> CountsAsync() =>
        (await api.CountAsync("messages"), await api.CountAsync("deliveries"), await api.CountAsync("attachments"));
}
