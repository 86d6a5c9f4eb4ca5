using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Codes;

/// <summary>POST /codes, POST /codes/verify and DELETE /codes/{id}.</summary>
public sealed partial class CodeApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_code_is_mailed_in_the_critical_lane_and_is_right_once()
    {
        await using ApiFixture api = await StartAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement sent = await client.PostAsync("/codes", """{"to":"Ada <Ada@Example.com>","purpose":"sign-in","locale":"fr","variables":{"name":"Ada"},"from":"a@example.org","expires_in_minutes":10}""", HttpStatusCode.OK);
        string code = await CodeInAsync(relay);

        Assert.Equal(["object", "id", "email_id", "expires_at"], sent.EnumerateObject().Select(field => field.Name));
        JsonElement mail = await client.GetAsync($"/emails/{sent.GetProperty("email_id").GetString()}", HttpStatusCode.OK);
        Assert.Equal(("critical", "verification-code", "fr"), (mail.GetProperty("lane").GetString(), mail.GetProperty("template").GetProperty("id").GetString(), mail.GetProperty("template").GetProperty("locale").GetString()));
        Assert.InRange(sent.GetProperty("expires_at").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Contains("10 minutes", mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("wrong_code", Name(await VerifyAsync(client, "ada@example.com", "sign-in", code == "111111" ? "222222" : "111111", 422)));
        JsonElement right = await VerifyAsync(client, "ADA@example.com", "sign-in", $"{code[..3]} {code[3..]}", 200);
        Assert.Equal((true, sent.GetProperty("id").GetString()), (right.GetProperty("valid").GetBoolean(), right.GetProperty("id").GetString()));
        Assert.Equal("used_code", Name(await VerifyAsync(client, "ada@example.com", "sign-in", code, 422)));
    }

    [Fact]
    public async Task An_app_that_delivers_a_code_by_itself_gets_it_with_the_scope_for_it()
    {
        await using ApiFixture api = await StartAsync(postgres);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        const string Body = """{"subject":"user-17","purpose":"sms","deliver":false,"length":8,"letters":true}""";

        JsonElement made = await client.PostAsync("/codes", Body, HttpStatusCode.OK);

        Assert.Matches("^[2-9A-HJKMNP-TV-Z]{8}$", made.GetProperty("code").GetString());
        Assert.Equal((JsonValueKind.Null, 0), (made.GetProperty("email_id").ValueKind, await api.CountAsync("messages")));
        await client.PostAsync("/codes", Body, HttpStatusCode.BadRequest, ("Idempotency-Key", "k1"));
        Assert.True((await client.PostAsync("/codes/verify", $$"""{"subject":"user-17","purpose":"sms","code":"{{made.GetProperty("code").GetString()}}"}""", HttpStatusCode.OK)).GetProperty("valid").GetBoolean());
        string bare = await api.AddProjectAsync();
        await using (NpgsqlCommand command = api.Database.CreateCommand("UPDATE api_keys SET scopes = array_remove(scopes, $1) WHERE key_hash = $2"))
        {
            command.Parameters.AddWithValue(Scopes.RevealCodes);
            command.Parameters.AddWithValue(ApiKeyLookup.HashOf(bare));
            await command.ExecuteNonQueryAsync();
        }

        using HttpClient without = api.ClientWith(bare);
        Assert.Contains("codes:reveal", (await without.PostAsync("/codes", Body, HttpStatusCode.Unauthorized)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await api.CountAsync("codes"));
    }

    [Fact]
    public async Task The_same_key_makes_one_code_and_one_mail_however_often_and_at_once_it_is_sent()
    {
        await using ApiFixture api = await StartAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        const string Body = """{"to":"ada@example.com","purpose":"sign-in","from":"a@example.org"}""";

        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.PostAsync("/codes", Body, HttpStatusCode.OK, ("Idempotency-Key", "once"))));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        Assert.Equal((1, 1), (await api.CountAsync("messages"), await api.CountAsync("codes WHERE issued = 1")));
        await VerifyAsync(client, "ada@example.com", "sign-in", await CodeInAsync(relay), 200);
        Assert.Equal("invalid_idempotent_request", Name(await client.PostAsync("/codes", Body.Replace("ada", "bob", StringComparison.Ordinal), HttpStatusCode.Conflict, ("Idempotency-Key", "once"))));
        Assert.Equal(1, await api.CountAsync("codes"));
    }

    [Fact]
    public async Task What_cannot_be_mailed_leaves_the_code_before_as_it_was_and_costs_nothing()
    {
        await using ApiFixture api = await StartAsync(postgres);
        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(api.ConnectionString, relay);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        await client.PostAsync("/codes", """{"to":"ada@example.com","purpose":"sign-in","from":"a@example.org"}""", HttpStatusCode.OK);
        string code = await CodeInAsync(relay);

        foreach (string wrong in (string[])["\"template\":\"no-such\"", "\"variables\":{\"name\":{\"a\":1}}", "\"template\":\"password-changed\"", "\"locale\":\"!!\"", "\"from\":\"nobody\""])
            await client.PostAsync("/codes", $$"""{"to":"ada@example.com","purpose":"sign-in",{{(wrong.StartsWith("\"from", StringComparison.Ordinal) ? wrong : wrong + ",\"from\":\"a@example.org\"")}}}""", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(1, await api.CountAsync("codes WHERE issued = 1"));
        await VerifyAsync(client, "ada@example.com", "sign-in", code, 200);
    }

    [Fact]
    public async Task More_than_five_codes_in_a_quarter_of_an_hour_are_refused_with_the_time_to_wait()
    {
        await using ApiFixture api = await StartAsync(postgres);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        const string Body = """{"to":"ada@example.com","purpose":"sign-in","from":"a@example.org"}""";
        for (int i = 0; i < 5; i++) await client.PostAsync("/codes", Body, HttpStatusCode.OK);

        using HttpResponseMessage refused = await client.PostAsync(new Uri("/codes", UriKind.Relative), ApiFixture.Json(Body));

        Assert.Equal((HttpStatusCode)429, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        Assert.Contains("too_many_codes", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(5, await api.CountAsync("messages"));
        await client.PostAsync("/codes", Body.Replace("sign-in", "other", StringComparison.Ordinal), HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_ten_wrong_codes_none_is_looked_at_for_an_hour()
    {
        await using ApiFixture api = await StartAsync(postgres);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        for (int codes = 0; codes < 2; codes++)
        {
            await client.PostAsync("/codes", """{"to":"ada@example.com","purpose":"p","from":"a@example.org","length":10}""", HttpStatusCode.OK);
            for (int i = 0; i < 5; i++) Assert.Equal("wrong_code", Name(await VerifyAsync(client, "ada@example.com", "p", "000000", 422)));
            if (codes == 0) Assert.Equal("too_many_tries", Name(await VerifyAsync(client, "ada@example.com", "p", "000000", 422)));
        }

        Assert.Equal("too_many_tries", Name(await VerifyAsync(client, "ada@example.com", "p", "000000", 429)));
        await client.PostAsync("/codes", """{"to":"ada@example.com","purpose":"p","from":"a@example.org"}""", (HttpStatusCode)429);
    }

    [Fact]
    public async Task Codes_of_other_projects_and_of_the_sandbox_are_unknown()
    {
        await using ApiFixture api = await StartAsync(postgres);
        using HttpClient mine = api.ClientWith(ApiFixture.LiveKey), other = api.ClientWith(await api.AddProjectAsync());
        JsonElement made = await mine.PostAsync("/codes", """{"subject":"u","purpose":"p","deliver":false}""", HttpStatusCode.OK);
        (string id, string code) = (made.GetProperty("id").GetString()!, made.GetProperty("code").GetString()!);

        Assert.Equal("unknown_code", Name(await other.PostAsync("/codes/verify", $$"""{"subject":"u","purpose":"p","code":"{{code}}"}""", HttpStatusCode.UnprocessableEntity)));
        foreach (string unknown in (string[])[id, Guid.NewGuid().ToString(), "no-id", new string('a', 400)]) await other.DeleteAsync($"/codes/{unknown}", HttpStatusCode.NotFound);
        await mine.DeleteAsync($"/codes/{id}", HttpStatusCode.OK);
        Assert.Equal("revoked_code", Name(await mine.PostAsync("/codes/verify", $$"""{"subject":"u","purpose":"p","code":"{{code}}"}""", HttpStatusCode.UnprocessableEntity)));
        made = await mine.PostAsync("/codes", """{"subject":"u","purpose":"p","deliver":false}""", HttpStatusCode.OK);
        await mine.PostAsync("/codes/verify", $$"""{"subject":"u","purpose":"p","code":"{{made.GetProperty("code").GetString()}}"}""", HttpStatusCode.OK);
        await mine.DeleteAsync($"/codes/{made.GetProperty("id").GetString()}", HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("/codes", """{"purpose":"p"}""", 422, "to")]
    [InlineData("/codes", """{"to":"a@example.com"}""", 422, "purpose")]
    [InlineData("/codes", """{"to":"a@example.com","purpose":"No Name"}""", 422, "purpose")]
    [InlineData("/codes", """{"to":"no address","purpose":"p"}""", 422, "to")]
    [InlineData("/codes", """{"to":"a\u0000b@example.com","purpose":"p"}""", 422, "to")]
    [InlineData("/codes", """{"subject":"a\ud800","to":"a@example.com","purpose":"p"}""", 422, "subject")]
    [InlineData("/codes", """{"subject":"u","purpose":"p"}""", 422, "to")]
    [InlineData("/codes", """{"to":"a@example.com","purpose":"p","length":5}""", 422, "length")]
    [InlineData("/codes", """{"to":"a@example.com","purpose":"p","length":"6"}""", 422, "length")]
    [InlineData("/codes", """{"to":"a@example.com","purpose":"p","expires_in_minutes":0}""", 422, "expires_in_minutes")]
    [InlineData("/codes", """{"to":"a@example.com","purpose":"p","expires_in_minutes":1441}""", 422, "expires_in_minutes")]
    [InlineData("/codes", """{"to":"a@example.com","purpose":"p","from":"a@example.org","template":"no-such"}""", 422, "`template`")]
    [InlineData("/codes", """{"to":"a@example.com","purpose":"p","from":"a@example.org","variables":{"name":"a\u0000"}}""", 422, "`variables.name`")]
    [InlineData("/codes", """{"to":""", 400, "JSON")]
    [InlineData("/codes", "[]", 400, "object")]
    [InlineData("/codes", "", 400, "JSON")]
    [InlineData("/codes/verify", """{"to":"a@example.com","purpose":"p"}""", 422, "code")]
    [InlineData("/codes/verify", """{"to":"a@example.com","purpose":"p","code":123456}""", 422, "code")]
    [InlineData("/codes/verify", """{"code":"123456","purpose":"p"}""", 422, "to")]
    [InlineData("/codes/verify", """{"code":"123456","to":"a@example.com"}""", 422, "purpose")]
    [InlineData("/codes/verify", "null", 400, "null")]
    public async Task A_wrong_body_is_refused_by_its_field_and_nothing_is_stored(string path, string body, int status, string field)
    {
        await using ApiFixture api = await StartAsync(postgres);
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement refusal = await client.PostAsync(path, body, (HttpStatusCode)status);

        Assert.Contains(field, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await api.CountAsync("codes"), await api.CountAsync("messages")));
    }

    internal static async Task<ApiFixture> StartAsync(PostgresFixture postgres, params (string Name, string Value)[] settings)
    {
        ApiFixture api = new(postgres);
        foreach ((string name, string value) in settings) api.Settings[name] = value;
        await api.InitializeAsync();
        return api;
    }

    /// <param name="to">Of the mail; null for the last one.</param>
    internal static async Task<string> CodeInAsync(FakeRelay relay, string? to = null)
    {
        RelayMessage? mail = null;
        await Eventually.TrueAsync(() => (mail = relay.Offered.LastOrDefault(offer => to is null || offer.Recipients.Any(recipient => recipient.Address.Address == to))) is not null);
        return CodeLine().Match(System.Text.Encoding.UTF8.GetString(mail!.Mime.Span)).Groups[1].Value;
    }

    private static Task<JsonElement> VerifyAsync(HttpClient client, string to, string purpose, string code, int status) =>
        client.PostAsync("/codes/verify", $$"""{"to":"{{to}}","purpose":"{{purpose}}","code":"{{code}}"}""", (HttpStatusCode)status);

    private static string? Name(JsonElement refusal) => refusal.GetProperty("name").GetString();

    [GeneratedRegex("^ {4}([0-9]{6,10})\r?$", RegexOptions.Multiline)]
    private static partial Regex CodeLine();
}
