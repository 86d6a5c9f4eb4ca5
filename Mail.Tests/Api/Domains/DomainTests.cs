using System.Net;
using System.Text.Json;
using Mail.Api.Smtp;
using Mail.Core.Common;
using Mail.Core.Feedback;
using Mail.Protocol.Mime;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Domains;

/// <summary>Domains by the API, with a name server of the test's own.</summary>
public sealed class DomainTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly DnsZone _zone = new();
    private readonly ApiFixture _api = new(postgres);
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        (_api.Settings["Domains:NameServers"], _api.Settings["Domains:CheckPause"], _api.Settings["Domains:DnsTimeout"], _api.Settings["SMTP_HOST"]) = (_zone.Address, "00:00:00", "00:00:10", "smtp.sendgrid.net");
        _client = _api.ClientWith(ApiFixture.LiveKey);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
        await _zone.DisposeAsync();
    }

    [Fact]
    public async Task A_domain_is_added_set_up_in_dns_verified_changed_and_removed()
    {
        JsonElement added = await _client.PostAsync("/domains", """{"name":"Shop.example","region":"eu-west-1"}""", HttpStatusCode.Created);
        string id = added.GetProperty("id").GetString()!;
        Assert.Equal(("domain", "shop.example", "not_started", true), (Text(added, "object"), Text(added, "name"), Text(added, "status"), added.GetProperty("include_subdomains").GetBoolean()));
        JsonElement dkim = Record(added, "DKIM"), spf = Record(added, "SPF"), dmarc = Record(added, "DMARC");
        Assert.Equal(("TXT", "not_started", true, "active"), (Text(dkim, "type"), Text(dkim, "status"), dkim.GetProperty("required").GetBoolean(), Text(dkim, "key")));
        Assert.EndsWith("._domainkey.shop.example", Text(dkim, "name"), StringComparison.Ordinal);
        Assert.Equal(Text(dkim, "name"), $"{Text(dkim, "host")}.shop.example");
        Assert.All(Text(dkim, "zone_value").Split("\" \""), part => Assert.True(part.Trim('"').Length <= 255));
        Assert.Equal(Text(dkim, "value"), Text(dkim, "zone_value").Replace("\" \"", "", StringComparison.Ordinal).Trim('"'));
        Assert.Equal(("v=spf1 include:sendgrid.net ~all", "@"), (Text(spf, "value"), Text(spf, "host")));
        Assert.Equal(("_dmarc.shop.example", "v=DMARC1; p=none;"), (Text(dmarc, "name"), Text(dmarc, "value")));

        JsonElement early = await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK);
        Assert.Equal(("pending", "pending", "missing"), (Text(early, "status"), Text(Record(early, "DKIM"), "status"), Text(Record(early, "DKIM"), "problem")));

        _zone.Set(Text(dkim, "name"), Text(dkim, "value"));
        _zone.Set("shop.example", "v=spf1 mx -all");
        JsonElement verified = await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK, ("Accept-Language", "fr"));
        Assert.Equal(("verified", "verified"), (Text(verified, "status"), Text(Record(verified, "DKIM"), "status")));
        JsonElement wrong = Record(verified, "SPF");
        Assert.Equal(("failed", "wrong", "v=spf1 mx include:sendgrid.net -all", "v=spf1 mx -all"), (Text(wrong, "status"), Text(wrong, "problem"), Text(wrong, "suggestion"), wrong.GetProperty("found")[0].GetString()));
        Assert.StartsWith("L’enregistrement SPF ne nomme pas ce qui envoie pour vous ici : include:sendgrid.net.", Text(wrong, "advice"), StringComparison.Ordinal);

        JsonElement changed = await _client.PatchAsync($"/domains/{id}", """{"include_subdomains":false,"open_tracking":true}""", HttpStatusCode.OK);
        Assert.False(changed.GetProperty("include_subdomains").GetBoolean());
        JsonElement list = await _client.GetAsync("/domains", HttpStatusCode.OK);
        Assert.Equal(("shop.example", "verified", JsonValueKind.Null), (Text(list.GetProperty("data")[0], "name"), Text(list.GetProperty("data")[0], "status"), list.GetProperty("data")[0].GetProperty("records").ValueKind));

        Assert.True((await _client.DeleteAsync($"/domains/{id}", HttpStatusCode.OK)).GetProperty("deleted").GetBoolean());
        await _client.GetAsync($"/domains/{id}", HttpStatusCode.NotFound);
        Assert.Equal(0, await _api.CountAsync("domain_keys"));
    }

    [Fact]
    public async Task The_next_key_signs_once_its_record_is_seen_and_the_old_one_is_kept_for_a_week()
    {
        JsonElement added = await _client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created);
        string id = Text(added, "id");
        JsonElement first = Record(added, "DKIM");
        _zone.Set(Text(first, "name"), Text(first, "value"));
        await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK);

        JsonElement rotated = await _client.PostAsync($"/domains/{id}/rotate", "", HttpStatusCode.OK);
        JsonElement next = rotated.GetProperty("records").EnumerateArray().Single(record => record.GetProperty("key").GetString() == "next");
        await _client.PostAsync($"/domains/{id}/rotate", "", HttpStatusCode.Conflict);
        Assert.Equal([(Text(first, "name"), "active")], Keys(await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK)).Where(key => key.State == "active"));
        _zone.Set(Text(next, "name"), Text(next, "value"));
        JsonElement seen = await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK);

        Assert.Equal([(Text(next, "name"), "active"), (Text(first, "name"), "old")], Keys(seen));
        Assert.Equal("verified", Text(seen, "status"));
        Assert.Equal("verified", Text(await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.OK), "status"));
    }

    [Fact]
    public async Task Two_projects_have_the_same_domain_each_with_a_key_of_its_own_and_see_nothing_of_each_other()
    {
        using HttpClient other = _api.ClientWith(await _api.AddProjectAsync());
        JsonElement mine = await _client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created);
        JsonElement theirs = await other.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created);
        _zone.Set(Text(Record(mine, "DKIM"), "name"), Text(Record(mine, "DKIM"), "value"));

        Assert.NotEqual(Text(Record(mine, "DKIM"), "name"), Text(Record(theirs, "DKIM"), "name"));
        Assert.Equal("verified", Text(await _client.PostAsync($"/domains/{Text(mine, "id")}/verify", "", HttpStatusCode.OK), "status"));
        Assert.Equal("pending", Text(await other.PostAsync($"/domains/{Text(theirs, "id")}/verify", "", HttpStatusCode.OK), "status"));
        string foreign = $"/domains/{Text(mine, "id")}";
        await other.GetAsync(foreign, HttpStatusCode.NotFound);
        await other.PatchAsync(foreign, """{"include_subdomains":false}""", HttpStatusCode.NotFound);
        await other.PostAsync($"{foreign}/verify", "", HttpStatusCode.NotFound);
        await other.PostAsync($"{foreign}/rotate", "", HttpStatusCode.NotFound);
        await other.DeleteAsync(foreign, HttpStatusCode.NotFound);
        Assert.Single((await other.GetAsync("/domains", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Theory]
    [InlineData("{}", "Missing `name` field.", 422)]
    [InlineData("""{"name":null}""", "Missing `name` field.", 422)]
    [InlineData("""{"name":"co.uk"}""", "`name` is a part of DNS", 422)]
    [InlineData("""{"name":"gmail.com"}""", "`name` belongs to a mail provider", 422)]
    [InlineData("""{"name":"*.shop.example"}""", "`name` cannot have a wildcard.", 422)]
    [InlineData("""{"name":"127.0.0.1"}""", "`name` is an IP address", 422)]
    [InlineData("""{"name":"a\u0000b.example"}""", "`name` is not a domain name", 422)]
    [InlineData("""{"name":"a\ud800.example"}""", "`name` ", 422)]
    [InlineData("""{"name":["shop.example"]}""", "`name` ", 422)]
    [InlineData("""{"name":"shop.example","nmae":"x"}""", "`nmae` cannot be set of a domain; these can: name, include_subdomains.", 422)]
    [InlineData("""{"name":"shop.example","include_subdomains":"yes"}""", "`include_subdomains` ", 422)]
    [InlineData("""{"name":"shop.example","include_subdomains":null}""", "`include_subdomains` must be true or false.", 422)]
    [InlineData("[]", "The body must be a JSON object.", 400)]
    [InlineData("null", "The body is null", 400)]
    [InlineData("{", "", 400)]
    public async Task What_cannot_be_used_is_refused_and_nothing_is_stored(string body, string message, int status)
    {
        JsonElement error = await _client.PostAsync("/domains", body, (HttpStatusCode)status);

        Assert.StartsWith(message, Text(error, "message"), StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (await _api.CountAsync("domains"), await _api.CountAsync("domain_keys"), _zone.Asked));
    }

    [Fact]
    public async Task Too_long_twice_a_wrong_id_and_a_missing_scope_are_refused()
    {
        await _client.PostAsync("/domains", $$"""{"name":"{{string.Join('.', Enumerable.Repeat("abcdefghi", 30))}}.example"}""", HttpStatusCode.UnprocessableEntity);
        await _client.PostAsync("/domains", $$"""{"name":"{{new string('a', 20_000)}}"}""", HttpStatusCode.RequestEntityTooLarge);
        await _client.PostAsync("/domains", """{"name":"münchen.example"}""", HttpStatusCode.Created);
        Assert.Contains("münchen.example", Text(await _client.PostAsync("/domains", """{"name":"XN--mnchen-3ya.example."}""", HttpStatusCode.Conflict), "message"), StringComparison.Ordinal);
        foreach (string id in (string[])["x", "%20", "00000000-0000-0000-0000-000000000000"])
        {
            await _client.GetAsync($"/domains/{id}", HttpStatusCode.NotFound);
            await _client.PostAsync($"/domains/{id}/verify", "", HttpStatusCode.NotFound);
        }

        using HttpClient nobody = _api.ClientWith(null);
        await nobody.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_verified_return_path_record_makes_its_host_one_of_our_mail_exchangers()
    {
        await using ApiFixture api = new(postgres);
        await api.InitializeAsync();
        foreach ((string name, string value) in new[] { ("Domains:NameServers", _zone.Address), ("Domains:CheckPause", "00:00:00"), ("Domains:DnsTimeout", "00:00:10"), ("Domains:ReturnPathHost", "return.example.net"), ("Reception:Port", "0"), ("RETURN_PATH_DOMAIN", "return.example.net") })
            api.Settings[name] = value;
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);
        JsonElement added = await client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created), record = Record(added, "ReturnPath");
        Assert.Equal(("bounces.shop.example", "CNAME", "return.example.net"), (Text(record, "name"), Text(record, "type"), Text(record, "value")));
        _zone.Set(Text(Record(added, "DKIM"), "name"), Text(Record(added, "DKIM"), "value"));
        await client.PostAsync($"/domains/{Text(added, "id")}/verify", "", HttpStatusCode.OK);
        using SmtpTalk talk = await SmtpTalk.StartAsync(api.Services.GetRequiredService<SmtpHost>().ReceptionPort!.Value);
        await talk.AskAsync("MAIL FROM:<>");
        Assert.StartsWith("550", await talk.AskAsync("RCPT TO:<abuse@bounces.shop.example>"), StringComparison.Ordinal);

        _zone.SetAlias("bounces.shop.example", "return.example.net");
        Assert.Equal("verified", Text(Record(await client.PostAsync($"/domains/{Text(added, "id")}/verify", "", HttpStatusCode.OK), "ReturnPath"), "status"));

        Assert.StartsWith("250", await talk.AskAsync("RCPT TO:<abuse@Bounces.shop.example>"), StringComparison.Ordinal);
        Assert.StartsWith("250", await talk.AskAsync("RCPT TO:<postmaster@bounces.shop.example>"), StringComparison.Ordinal);
        Assert.StartsWith("550", await talk.AskAsync("RCPT TO:<jo@bounces.shop.example>"), StringComparison.Ordinal);
        await using Npgsql.NpgsqlCommand command = api.Database.CreateCommand("SELECT project_id FROM domains");
        ProjectId project = new((Guid)(await command.ExecuteScalarAsync())!);
        Func<ProjectId, DeliveryId, EmailAddress> write = (await api.Services.GetRequiredService<ReturnPaths>().WriterAsync(project, EmailAddress.Parse("a@shop.example"), CancellationToken.None))!;
        EmailAddress path = write(project, DeliveryId.New(DateTimeOffset.UtcNow));
        Assert.Equal("bounces.shop.example", path.AsciiDomain);
        Assert.StartsWith("250", await talk.AskAsync($"RCPT TO:<{path.Address}>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_openapi_document_tells_the_paths()
    {
        JsonElement paths = (await _client.GetAsync("/openapi/v1.json", HttpStatusCode.OK)).GetProperty("paths");

        Assert.True(paths.GetProperty("/domains").GetProperty("post").GetProperty("responses").TryGetProperty("409", out _));
        Assert.True(paths.GetProperty("/domains/{id}/verify").GetProperty("post").GetProperty("responses").TryGetProperty("429", out _));
        Assert.True(paths.GetProperty("/sender-identities").GetProperty("post").TryGetProperty("requestBody", out _));
    }

    internal static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    internal static JsonElement Record(JsonElement domain, string purpose) => domain.GetProperty("records").EnumerateArray().First(record => Text(record, "record") == purpose);

    private static (string Name, string State)[] Keys(JsonElement domain) =>
        [.. domain.GetProperty("records").EnumerateArray().Where(record => Text(record, "record") == "DKIM").Select(record => (Text(record, "name"), Text(record, "key")))];
}
