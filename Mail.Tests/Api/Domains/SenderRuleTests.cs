using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Domains;

/// <summary>In Production a message needs a verified sender; the refusal names `from` and the remedy, and nothing is stored.</summary>
public sealed class SenderRuleTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly DnsZone _zone = new();
    private readonly ApiFixture _api = new(postgres);

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        foreach ((string name, string value) in ((string, string)[])
            [("environment", "Production"), ("Domains:NameServers", _zone.Address), ("Domains:CheckPause", "00:00:00"), ("Domains:DnsTimeout", "00:00:10"), ("EMAIL_FROM", "Mail <no-reply@mail.example>"), ("DKIM_DOMAIN", "signed.example"), ("BASE_URL", "https://mail.example")])
            _api.Settings[name] = value;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _zone.DisposeAsync();
    }

    [Fact]
    public async Task A_message_of_an_unverified_domain_is_refused_until_it_is_verified_and_again_when_it_is_removed()
    {
        using HttpClient client = _api.ClientWith(await _api.AddProjectAsync());
        JsonElement refused = await client.PostAsync("/emails", Mail("a@shop.example"), HttpStatusCode.UnprocessableEntity);
        Assert.Equal("validation_error", refused.GetProperty("name").GetString());
        Assert.StartsWith("`from` is of the domain shop.example, which is not verified in this project.", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await _api.CountAsync("messages"), await _api.CountAsync("deliveries")));

        JsonElement domain = await client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created);
        await client.PostAsync("/emails", Mail("a@shop.example"), HttpStatusCode.UnprocessableEntity);
        JsonElement dkim = DomainTests.Record(domain, "DKIM");
        _zone.Set(DomainTests.Text(dkim, "name"), DomainTests.Text(dkim, "value"));
        await client.PostAsync($"/domains/{DomainTests.Text(domain, "id")}/verify", "", HttpStatusCode.OK);

        await client.PostAsync("/emails", Mail("a@shop.example"), HttpStatusCode.OK);
        await client.PostAsync("/emails", Mail("a@news.shop.example"), HttpStatusCode.OK);
        await client.PatchAsync($"/domains/{DomainTests.Text(domain, "id")}", """{"include_subdomains":false}""", HttpStatusCode.OK);
        await client.PostAsync("/emails", Mail("a@news.shop.example"), HttpStatusCode.UnprocessableEntity);
        await client.DeleteAsync($"/domains/{DomainTests.Text(domain, "id")}", HttpStatusCode.OK);
        await client.PostAsync("/emails", Mail("a@shop.example"), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task In_a_batch_the_refusal_names_the_message()
    {
        using HttpClient client = _api.ClientWith(ApiFixture.LiveKey);

        JsonElement refused = await client.PostAsync("/emails/batch", $"[{Mail("a@mail.example")},{Mail("a@shop.example")}]", HttpStatusCode.UnprocessableEntity);
        JsonElement permissive = await client.PostAsync("/emails/batch", $"[{Mail("a@mail.example")},{Mail("a@shop.example")}]", HttpStatusCode.OK, ("x-batch-validation", "permissive"));

        Assert.StartsWith("`1.from` is of the domain shop.example", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (permissive.GetProperty("data").GetArrayLength(), permissive.GetProperty("errors")[0].GetProperty("index").GetInt32()));
    }

    [Theory]
    [InlineData("no-reply@mail.example", true)] // EMAIL_FROM
    [InlineData("other@mail.example", true)] // of its domain
    [InlineData("a@below.mail.example", false)]
    [InlineData("a@news.signed.example", true)] // DKIM_DOMAIN
    [InlineData("a@shop.example", false)]
    public async Task What_the_configuration_names_is_verified_for_the_first_project_and_for_no_other(string from, bool isFirst)
    {
        using HttpClient first = _api.ClientWith(ApiFixture.LiveKey), other = _api.ClientWith(await _api.AddProjectAsync());

        await first.PostAsync("/emails", Mail(from), isFirst ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity);
        await other.PostAsync("/emails", Mail(from), HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_test_key_sends_from_anywhere_because_its_mail_never_leaves()
    {
        using HttpClient client = _api.ClientWith(await _api.AddProjectAsync("mk_test_"));

        await client.PostAsync("/emails", Mail("a@shop.example"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_relay_that_takes_only_its_mailbox_refuses_others_before_they_are_accepted()
    {
        string key = await _api.AddProjectAsync();
        using HttpClient client = _api.ClientWith(key);
        JsonElement domain = await client.PostAsync("/domains", """{"name":"shop.example"}""", HttpStatusCode.Created);
        JsonElement dkim = DomainTests.Record(domain, "DKIM");
        _zone.Set(DomainTests.Text(dkim, "name"), DomainTests.Text(dkim, "value"));
        await client.PostAsync("/relays", """{"name":"gmail","preset":"gmail","settings":{"username":"me@gmail.com","password":"abcd efgh ijkl mnop"}}""", HttpStatusCode.Created);
        JsonElement verified = await client.PostAsync($"/domains/{DomainTests.Text(domain, "id")}/verify", "", HttpStatusCode.OK);

        JsonElement refused = await client.PostAsync("/emails", Mail("a@shop.example"), HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`gmail` sends for the mailbox me@gmail.com", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("v=spf1 include:_spf.google.com ~all", DomainTests.Text(DomainTests.Record(verified, "SPF"), "value"));
    }

    internal static string Mail(string from) => $$"""{"from":"{{from}}","to":"b@example.com","subject":"s","text":"t"}""";
}
