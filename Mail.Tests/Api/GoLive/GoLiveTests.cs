using System.Net;
using System.Text.Json;
using Mail.Api.GoLive;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.GoLive;

/// <summary>GET /go-live and `mail doctor --production`: red and green with remedy (JOB-13).</summary>
public sealed class GoLiveTests(PostgresFixture postgres)
{
    private const string SecretKey = "a-random-key-of-more-than-32-characters";

    [Fact]
    public async Task A_fresh_installation_is_told_everything_that_is_missing_in_both_languages()
    {
        await using ApiFixture api = await StartAsync();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement answer = await client.GetAsync("/go-live", HttpStatusCode.OK);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        JsonElement french = await client.GetAsync("/go-live", HttpStatusCode.OK);

        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(["production", "key_ring", "public_url", "sending_domain", "relay", "relay_tls", "bounces", "rate_limits", "worker", "alerts", "webhooks", "postal_address", "two_factor", "api_key", "retention", "first_mail", "backup"],
            Checks(answer).Select(check => check.GetProperty("name").GetString()));
        Assert.Equal("webhooks retention", string.Join(' ', Checks(answer).Where(check => check.GetProperty("ok").GetBoolean()).Select(check => check.GetProperty("name").GetString())));
        Assert.All(Checks(answer), check => Assert.Equal(check.GetProperty("ok").GetBoolean(), check.GetProperty("remedy").ValueKind is JsonValueKind.Null));
        Assert.All(Checks(answer).Zip(Checks(french)), pair => Assert.NotEqual(pair.First.GetProperty("title").GetString(), pair.Second.GetProperty("title").GetString()));
    }

    /// <summary>Each thing by itself turns its own check green, and no other.</summary>
    [Fact]
    public async Task What_is_put_in_order_turns_green()
    {
        await using ApiFixture api = await StartAsync(
            ("environment", "Production"), ("SECRET_KEY", SecretKey), ("BASE_URL", "https://mail.example.org/api"), ("EMAIL_FROM", "mail@example.org"), ("SMTP_HOST", "smtp.example.org"), ("Bootstrap:AdminPassword", ApiFixture.AdminPassword));
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        Assert.Equal("production key_ring public_url relay relay_tls alerts webhooks retention", await GreenAsync(client));

        await client.PatchAsync("/project", """{"company_name":"Northwind","postal_address":"1 rue X\n69001 Lyon"}""", HttpStatusCode.OK);
        await client.GetAsync("/configuration/export", HttpStatusCode.OK);
        await client.PostAsync("/api-keys", """{"name":"app","scopes":["emails:send"]}""", HttpStatusCode.Created);
        JsonElement domain = await client.PostAsync("/domains", """{"name":"example.org"}""", HttpStatusCode.Created);
        string records = string.Join(',', domain.GetProperty("records").EnumerateArray().Select(record => $$"""{"record":"{{record.GetProperty("record").GetString()}} {{record.GetProperty("name").GetString()}}","status":"Verified","found":[],"detail":null}""")
            .Concat(((string[])["SPF example.org", "DMARC _dmarc.example.org", "ReturnPath bounces.example.org"]).Select(key => $$"""{"record":"{{key}}","status":"Verified","found":[],"detail":null}""")));
        await ExecuteAsync(api, $"UPDATE domains SET status = 'verified', records = '[{records}]'");
        await ExecuteAsync(api, "UPDATE users SET two_factor_enabled = true");
        await ExecuteAsync(api, "INSERT INTO worker_heartbeats (id, host, process_id, started_at, seen_at) VALUES (gen_random_uuid(), 'w', 1, now(), now())");
        Assert.Equal("production key_ring public_url sending_domain relay relay_tls bounces worker alerts webhooks postal_address two_factor api_key retention backup", await GreenAsync(client));

        await client.PostAsync("/webhooks", """{"endpoint":"https://hooks.example.org/","events":["email.sent"]}""", HttpStatusCode.Created);
        await ExecuteAsync(api, "UPDATE webhooks SET failing_since = now(), failures = 3");
        await ExecuteAsync(api, "UPDATE projects SET exported_at = now() - interval '31 days', keep_history_days = 800, keep_content_days = 500");
        await client.PostAsync("/relays", """{"name":"open","kind":"smtp","settings":{"host":"mx.example.org","port":25,"tls":"required"}}""", HttpStatusCode.Created);
        Assert.Equal("production key_ring public_url sending_domain relay bounces worker alerts postal_address two_factor api_key", await GreenAsync(client));
    }

    [Fact]
    public async Task At_a_terminal_it_says_the_same_and_ends_by_what_it_found()
    {
        await using ApiFixture api = await StartAsync();

        (int ended, string output, _) = await RunAsync(api, "--production", "--server", "http://localhost", "--language", "fr");
        (int json, string answer, _) = await RunAsync(api, "--production", "--server", "http://localhost", "--json");
        (int wrong, _, string usage) = await RunAsync(api, "--production", "--server", "http://localhost", "--tp");
        (int nowhere, _, string missing) = await RunAsync(api, "--production");

        Assert.Equal((1, 1, 2, 2), (ended, json, wrong, nowhere));
        Assert.Matches("(?m)^failed  key_ring        Le trousseau", output);
        Assert.Contains("SECRET_KEY", output, StringComparison.Ordinal);
        Assert.Equal("go_live", JsonDocument.Parse(answer).RootElement.GetProperty("object").GetString());
        Assert.StartsWith("`--tp`", usage, StringComparison.Ordinal);
        Assert.StartsWith("`--server`", missing, StringComparison.Ordinal);
    }

    /// <summary>What was made before SECRET_KEY was set is wrapped at the next start, and still opens; with another key no host starts.</summary>
    [Fact]
    public async Task The_key_ring_is_wrapped_at_the_start_and_opens_with_its_own_key_only()
    {
        string database = await postgres.CreateDatabaseAsync();
        async Task<HttpStatusCode> SetUpAsync(string? key, string? old = null)
        {
            await using ApiFixture api = new(postgres) { Settings = { ["ConnectionStrings:maildb"] = database } };
            await api.InitializeAsync();
            if (key is not null) api.Settings["SECRET_KEY"] = key;
            if (old is not null) api.Settings["SECRET_KEY_OLD"] = old;
            using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
            using HttpResponseMessage answer = await client.GetAsync(new Uri("/relays", UriKind.Relative));
            using JsonDocument relays = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            if (relays.RootElement.GetProperty("data").GetArrayLength() == 0)
                await client.PostAsync("/relays", """{"name":"main","kind":"smtp","settings":{"host":"smtp.example.org","port":587,"tls":"starttls","username":"u","password":"kept-secret-password"}}""", HttpStatusCode.Created);
            else Assert.Equal(JsonValueKind.Null, relays.RootElement.GetProperty("data")[0].GetProperty("problem").ValueKind);
            return answer.StatusCode;
        }

        async Task<bool> IsOpenAsync()
        {
            await using NpgsqlConnection connection = new(database);
            await connection.OpenAsync();
            await using NpgsqlCommand ask = new("SELECT bool_or(xml LIKE '%masterKey%') FROM data_protection_keys", connection);
            return (bool)(await ask.ExecuteScalarAsync())!;
        }

        await SetUpAsync(null);
        Assert.True(await IsOpenAsync());
        await SetUpAsync(SecretKey);
        Assert.False(await IsOpenAsync());
        await SetUpAsync("another-random-key-of-more-than-32-chars", SecretKey);
        await SetUpAsync("another-random-key-of-more-than-32-chars");
        await Assert.ThrowsAnyAsync<Exception>(() => SetUpAsync(SecretKey)); // what a host writes then: BackupRestoreTests
        await Assert.ThrowsAnyAsync<Exception>(() => SetUpAsync(null));
    }

    private async Task<ApiFixture> StartAsync(params (string Name, string Value)[] settings)
    {
        ApiFixture api = new(postgres);
        foreach ((string name, string value) in settings) api.Settings[name] = value;
        await api.InitializeAsync();
        return api;
    }

    private static JsonElement.ArrayEnumerator Checks(JsonElement answer) => answer.GetProperty("checks").EnumerateArray();

    private static async Task<string> GreenAsync(HttpClient client) =>
        string.Join(' ', Checks(await client.GetAsync("/go-live", HttpStatusCode.OK)).Where(check => check.GetProperty("ok").GetBoolean()).Select(check => check.GetProperty("name").GetString()));

    private static async Task ExecuteAsync(ApiFixture api, string sql)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = api.Database.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(ApiFixture api, params string[] args)
    {
        using StringWriter output = new(), errors = new();
        int code = await GoLiveCommand.RunAsync(args, output, errors, api.Server.CreateHandler(), name => name == "MAIL_API_KEY" ? ApiFixture.LiveKey : null);
        return (code, output.ToString(), errors.ToString());
    }
}
