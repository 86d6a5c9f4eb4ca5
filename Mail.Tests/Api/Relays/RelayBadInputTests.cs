using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Relays;

/// <summary>What cannot be used is refused with the field's name, and nothing is stored.</summary>
public sealed class RelayBadInputTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("""{"kind":"smtp","settings":{"host":"smtp.example.com"}}""", "Missing `name` field.")]
    [InlineData("""{"name":null,"kind":"smtp","settings":{"host":"smtp.example.com"}}""", "Missing `name` field.")]
    [InlineData("""{"name":"Main","kind":"smtp","settings":{"host":"smtp.example.com"}}""", "`name` must be")]
    [InlineData("""{"name":"a\u0000b","kind":"smtp","settings":{"host":"smtp.example.com"}}""", "`name` must be")]
    [InlineData("""{"name":"default","kind":"smtp","settings":{"host":"smtp.example.com"}}""", "`name` cannot be `default`")]
    [InlineData("""{"name":"simulator","kind":"smtp","settings":{"host":"smtp.example.com"}}""", "`name` cannot be `simulator`")]
    [InlineData("""{"name":"capture","kind":"capture"}""", "`name` cannot be `capture`")]
    [InlineData("""{"name":"log","kind":"log"}""", "`name` cannot be `log`")]
    [InlineData("""{"name":"m"}""", "Missing `kind` field.")]
    [InlineData("""{"name":"m","kind":"fax"}""", "`kind` must be one of: smtp, sendgrid,")]
    [InlineData("""{"name":"m","kind":"simulator"}""", "`kind` must be one of")]
    [InlineData("""{"name":"m","kind":"smtp"}""", "Missing `settings.host` field.")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com","day_quota":5}}""", "`settings.day_quota` is no setting of a smtp relay")]
    [InlineData("""{"name":"m","kind":"log","settings":{"a":"b"}}""", "`settings.a` is no setting of a log relay")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com"},"day_qouta":5}""", "`day_qouta` is no field of a relay")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com"},"revision":1}""", "`revision` is for changes")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":["a"]}}""", "`settings.host` must be a string.")]
    [InlineData("""{"name":"m","kind":"smtp","settings":"x"}""", "`settings` has a value of the wrong type.")]
    [InlineData("""{"name":"m","kind":"smtp","priority":"x","settings":{"host":"smtp.example.com"}}""", "`priority` has a value of the wrong type.")]
    [InlineData("""{"name":"m","kind":"smtp","priority":-1,"settings":{"host":"smtp.example.com"}}""", "`priority` must be from 0")]
    [InlineData("""{"name":"m","kind":"smtp","weight":0,"settings":{"host":"smtp.example.com"}}""", "`weight` must be from 1")]
    [InlineData("""{"name":"m","kind":"smtp","lanes":["normal","fast"],"settings":{"host":"smtp.example.com"}}""", "`lanes.1` must be")]
    [InlineData("""{"name":"m","kind":"smtp","lanes":["normal","normal"],"settings":{"host":"smtp.example.com"}}""", "`lanes.1` must be")]
    [InlineData("""{"name":"m","kind":"smtp","lanes":[null],"settings":{"host":"smtp.example.com"}}""", "`lanes.0` must be")]
    [InlineData("""{"name":"m","kind":"smtp","region":"E U","settings":{"host":"smtp.example.com"}}""", "`region` must be a short name")]
    [InlineData("""{"name":"m","kind":"smtp","senders":["Bob <b@example.com>"],"settings":{"host":"smtp.example.com"}}""", "`senders.0` must be an address")]
    [InlineData("""{"name":"m","kind":"smtp","senders":["example.com","not a domain"],"settings":{"host":"smtp.example.com"}}""", "`senders.1` must be an address")]
    [InlineData("""{"name":"m","kind":"smtp","max_connections":0,"settings":{"host":"smtp.example.com"}}""", "`max_connections` must be")]
    [InlineData("""{"name":"m","kind":"smtp","rate_per_second":0,"settings":{"host":"smtp.example.com"}}""", "`rate_per_second` must be")]
    [InlineData("""{"name":"m","kind":"smtp","day_quota":0,"settings":{"host":"smtp.example.com"}}""", "`day_quota` must be")]
    [InlineData("""{"name":"m","kind":"smtp","month_quota":9999999999999,"settings":{"host":"smtp.example.com"}}""", "`month_quota` must be")]
    [InlineData("""{"name":"m","kind":"smtp","domain_limits":[{"domain":"a b","rate_per_second":1}],"settings":{"host":"smtp.example.com"}}""", "`domain_limits.0.domain` must be a domain")]
    [InlineData("""{"name":"m","kind":"smtp","domain_limits":[{"domain":"gmail.com"}],"settings":{"host":"smtp.example.com"}}""", "`domain_limits.0` needs `rate_per_second` or")]
    [InlineData("""{"name":"m","kind":"smtp","domain_limits":[null],"settings":{"host":"smtp.example.com"}}""", "Missing `domain_limits.0.domain` field.")]
    [InlineData("""{"name":"m","kind":"smtp","domain_limits":[{"rate_per_second":1}],"settings":{"host":"smtp.example.com"}}""", "Missing `domain_limits.0.domain` field.")]
    [InlineData("""{"name":"m","kind":"smtp","warm_up":{},"settings":{"host":"smtp.example.com"}}""", "`warm_up.starts_on` must be a date")]
    [InlineData("""{"name":"m","kind":"smtp","warm_up":{"starts_on":"soon","first_day":5,"growth":2},"settings":{"host":"smtp.example.com"}}""", "`warm_up.starts_on` has a value of the wrong type.")]
    [InlineData("""{"name":"m","kind":"smtp","warm_up":{"starts_on":"2026-12-01","first_day":5,"growth":1},"settings":{"host":"smtp.example.com"}}""", "`warm_up.growth` must be greater than 1")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp://smtp.example.com"}}""", "`settings.host` must be the name alone, without")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com:25"}}""", "`settings.host` must be the name alone; the port")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp example"}}""", "`settings.host` must be a host name")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com\r\nQUIT"}}""", "`settings.host` must be one line")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":""}}""", "`settings.host` must not be empty")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com","port":0}}""", "`settings.port` must be a number from 1")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com","port":1.5}}""", "`settings.port` must be a number from 1")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com","tls":"maybe"}}""", "`settings.tls` must be one of")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com","tls":"none"}}""", "`settings.tls` lets mails and the password travel unprotected")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com","username":"a"}}""", "`settings.password` is needed")]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"smtp.example.com","password":"a"}}""", "`settings.username` is needed")]
    [InlineData("""{"name":"m","preset":"yahoo"}""", "`preset` must be one of: gmail,")]
    [InlineData("""{"name":"m","kind":"sendgrid","preset":"sendgrid"}""", "`preset` is for relays of the kind `smtp`")]
    [InlineData("""{"name":"m","kind":"smtp","preset_region":"eu","settings":{"host":"smtp.example.com"}}""", "`preset_region` needs a `preset`.")]
    [InlineData("""{"name":"m","preset":"mailgun","preset_region":"mars"}""", "`preset_region` must be one of: us, eu.")]
    [InlineData("""{"name":"m","preset":"gmail","preset_region":"eu"}""", "`preset_region` is not known")]
    [InlineData("""{"name":"m","preset":"gmail","settings":{"host":"smtp.example.com"}}""", "`settings.host` comes from the preset")]
    [InlineData("""{"name":"m","preset":"gmail"}""", "Missing `settings.username` field.")]
    [InlineData("""{"name":"m","preset":"sendgrid","settings":{"username":"me","password":"SG.a.b"}}""", "`settings.username` must be `apikey` for SendGrid")]
    [InlineData("""{"name":"m","preset":"sendgrid","settings":{"password":"wrong"}}""", "`settings.password` is no API key of SendGrid")]
    [InlineData("""{"name":"m","preset":"gmail","settings":{"username":"me@gmail.com","password":"correct horse"}}""", "`settings.password` is no app password of Google")]
    [InlineData("""{"name":"m","preset":"ses","settings":{"username":"AKIAIOSFODNN7EXAMPLE","password":"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}""", "`settings.password` looks like the secret access key")]
    [InlineData("""{"name":"m","kind":"graph","settings":{"tenant_id":"t"}}""", "Missing `settings.client_id` field.")]
    [InlineData("""{"name":"m","kind":"sendgrid","settings":{"api_key":"SG.a","base_url":"file:///etc/passwd"}}""", "`settings.base_url` must be an https URL")]
    public async Task What_cannot_be_used_is_refused_and_nothing_is_stored(string body, string message)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        long before = await api.CountAsync("relays");

        JsonElement error = await client.PostAsync("/relays", body, HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await api.CountAsync("relays"));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("""{"name":"\ud800","kind":"log"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"m","kind":"log","\ud800":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"\ud800":"x"}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"name":"m","kind":"smtp","settings":{"host":"\ud800"}}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_no_body_of_ours_is_refused(string body, HttpStatusCode status)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        await client.PostAsync("/relays", body, status);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        await client.PostAsync("/relays", $$"""{"name":"m","kind":"smtp","settings":{"host":"{{new string('a', 200_000)}}"} }""", HttpStatusCode.RequestEntityTooLarge);
        await client.PatchAsync("/project", $$"""{"name":"{{new string('a', 20_000)}}"}""", HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory, InlineData("x"), InlineData("..%2F..%2Fetc"), InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_wrong_id_is_no_relay(string id)
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        await client.GetAsync($"/relays/{id}", HttpStatusCode.NotFound);
        await client.PatchAsync($"/relays/{id}", """{"priority":1}""", HttpStatusCode.NotFound);
        await client.DeleteAsync($"/relays/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_kind_of_a_relay_is_fixed()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        string id = (await client.PostAsync("/relays", RelayTests.Smtp("main"), HttpStatusCode.Created)).GetProperty("id").GetString()!;

        JsonElement error = await client.PatchAsync($"/relays/{id}", """{"kind":"log"}""", HttpStatusCode.UnprocessableEntity);

        Assert.StartsWith("`kind` cannot be changed", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}

/// <summary>Outside Development no relay leads to our own network.</summary>
public sealed class RelayHostTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_host_inside_is_refused_unless_the_operator_allows_it()
    {
        string[] inside =
        [
            "127.0.0.1", "localhost", "mail.localhost", "10.0.0.5", "192.168.1.1", "169.254.169.254", "::1", "[::1]", "::ffff:127.0.0.1", "fd00::1", "2130706433", "0x7f.1", "127.1", "postgres", "db.internal", "printer.local", "0.0.0.0",
        ];
        await using ApiFixture strict = new(postgres) { Settings = { ["environment"] = "Staging" } }, open = new(postgres) { Settings = { ["environment"] = "Staging", ["Relay:AllowPrivateHosts"] = "true" } };
        await strict.InitializeAsync();
        await open.InitializeAsync();
        using HttpClient refused = strict.ClientWith(ApiFixture.LiveKey), allowed = open.ClientWith(ApiFixture.LiveKey);

        foreach (string host in inside)
        {
            JsonElement error = await refused.PostAsync("/relays", $$"""{"name":"m","kind":"smtp","settings":{"host":"{{host}}"} }""", HttpStatusCode.UnprocessableEntity);
            Assert.StartsWith("`settings.host` must be ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        await refused.PostAsync("/relays", """{"name":"m","kind":"sendgrid","settings":{"api_key":"SG.a","base_url":"http://169.254.169.254"}}""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal(0, await strict.CountAsync("relays"));
        await allowed.PostAsync("/relays", """{"name":"m","kind":"smtp","settings":{"host":"10.0.0.5"}}""", HttpStatusCode.Created);
    }
}
