using Mail.Core.Common;
using Mail.Core.Relays;
using Mail.Core.Relays.Http;
using Mail.Tests.Core.Relays.Fakes;

namespace Mail.Tests.Core.Relays.Http;

/// <summary>Settings are checked before anything is stored, and each refusal names its field.</summary>
public sealed class HttpRelayFactoryTests
{
    private static readonly HttpRelayEnvironment _production = new(new RelayOptions(), TimeProvider.System);

    [Fact]
    public void Every_kind_describes_itself()
    {
        Assert.Equal(["sendgrid", "ses", "mailgun", "postmark", "resend", "graph", "gmail"], HttpRelayKind.All.Select(kind => kind.Name));
        foreach (HttpRelayKind kind in HttpRelayKind.All)
        {
            Assert.Same(kind, HttpRelayKind.Find(kind.Kind));
            Assert.Same(kind, HttpRelayKind.Find(kind.Name));
            Assert.Contains(kind.Fields, field => field.IsSecret);
            Assert.Equal(kind.Fields.Count, kind.Fields.Select(field => field.Name).Distinct().Count());
            Assert.All(kind.Fields, field => Assert.True(field.Title.Length > 0 && field.Example.Length > 0, field.Name));
            Assert.InRange(kind.Profile.MaxRecipients, 1, 1000);
        }

        Assert.Null(HttpRelayKind.Find(RelayKind.Smtp));
        Assert.Null(HttpRelayKind.Find("smtp"));
    }

    /// <summary>The examples are of the right form; where they stand for a key file, that is made for the test.</summary>
    [Theory, InlineData("sendgrid"), InlineData("ses"), InlineData("mailgun"), InlineData("postmark"), InlineData("resend"), InlineData("graph")]
    public async Task The_examples_make_a_relay(string name)
    {
        HttpRelayKind kind = HttpRelayKind.Find(name)!;
        Dictionary<string, string> settings = kind.Fields.ToDictionary(field => field.Name, field => field.Example);

        await using HttpRelay relay = HttpRelayFactory.Create(kind.Kind, "r", settings, _production).Value;

        Assert.Equal((kind.Kind, "r", kind.Profile), (relay.Kind, relay.Name, relay.Profile));
    }

    [Theory]
    [InlineData("sendgrid", "api_key", null, "Missing `settings.api_key` field.")]
    [InlineData("sendgrid", "api_key", "  ", "Missing `settings.api_key` field.")]
    [InlineData("sendgrid", "api_key", "SG.a b", "`settings.api_key` must be printable ASCII without spaces")]
    [InlineData("sendgrid", "api_key", "SG.a\r\nX-Evil: 1", "`settings.api_key` must be one line")]
    [InlineData("sendgrid", "region", "mars", "`settings.region` must be one of: global, eu.")]
    [InlineData("sendgrid", "base_url", "ftp://example.com", "`settings.base_url` must be an https URL")]
    [InlineData("sendgrid", "base_url", "http://example.com", "`settings.base_url` must be an https URL.")]
    [InlineData("sendgrid", "base_url", "https://user:pw@example.com", "`settings.base_url` must be an https URL without query and password.")]
    [InlineData("sendgrid", "base_url", "https://example.com/?a=1", "`settings.base_url` must be")]
    [InlineData("sendgrid", "key", "x", "`settings.key` is no setting of a sendgrid relay; these are: api_key, region, webhook_public_key, base_url.")]
    [InlineData("ses", "region", "eu-west-1.evil.example/", "`settings.region` must be an AWS region")]
    [InlineData("ses", "region", null, "Missing `settings.region` field.")]
    [InlineData("ses", "secret_access_key", null, "Missing `settings.secret_access_key` field.")]
    [InlineData("mailgun", "domain", "mg.example.com/../x", "`settings.domain` must be a domain")]
    [InlineData("mailgun", "domain", "localhost", "`settings.domain` must be a domain")]
    [InlineData("graph", "tenant_id", "a/b", "`settings.tenant_id` must be the tenant's id")]
    [InlineData("graph", "tenant_id", "..", "`settings.tenant_id` must be the tenant's id")]
    [InlineData("graph", "mailbox", "Shop <shop@example.com>", "`settings.mailbox` must be an address without a name.")]
    [InlineData("graph", "mailbox", "shop", "`settings.mailbox` must be an e-mail address")]
    [InlineData("graph", "login_url", "http://login.example.com", "`settings.login_url` must be an https URL.")]
    [InlineData("gmail", "refresh_token", null, "`settings.refresh_token` is needed: `client_id`, `client_secret` and `refresh_token` belong together.")]
    [InlineData("gmail", "service_account", "{}", "`settings.service_account` must be the whole JSON file")]
    [InlineData("gmail", "service_account", "{\"client_email\":\"a@b\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nhidden\"}", "`settings.service_account` must be the whole JSON file")]
    public void A_wrong_setting_is_named_and_no_secret_is_repeated(string kind, string field, string? value, string problem)
    {
        Dictionary<string, string?> settings = RelayBench.Provider(kind).Settings(new Uri("https://api.example.com"));
        settings[field] = value;

        Failure failure = HttpRelayFactory.Create(HttpRelayKind.Find(kind)!.Kind, "r", RelayBench.Given(settings), _production).Failure!;

        Assert.Contains(problem, failure.Detail, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        if (value is { Length: > 3 } && HttpRelayKind.Find(kind)!.Fields.Any(known => known.Name == field && known.IsSecret)) Assert.DoesNotContain(value.Trim(), failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Gmail_takes_one_of_two_logins_and_not_both()
    {
        using GmailFake withKey = new(withServiceAccount: true);
        Uri url = new("https://api.example.com");
        Dictionary<string, string?> account = withKey.Settings(url), both = new(account) { ["client_id"] = "1-a" }, nobody = new(account) { ["mailbox"] = null };

        Assert.Null(Check(account));
        Assert.Contains("`s.client_id` cannot be used together with `service_account`.", Check(both)!.Detail, StringComparison.Ordinal);
        Assert.Contains("`s.mailbox` is needed", Check(nobody)!.Detail, StringComparison.Ordinal);
        Assert.Contains("`s.service_account` or `client_id`", Check([])!.Detail, StringComparison.Ordinal);

        static Failure? Check(Dictionary<string, string?> settings) => HttpRelayFactory.Check(RelayKind.Gmail, RelayBench.Given(settings), _production, "s.");
    }

    [Theory]
    [InlineData("sendgrid", "region", "eu", "https://api.eu.sendgrid.com/")]
    [InlineData("sendgrid", "region", null, "https://api.sendgrid.com/")]
    [InlineData("mailgun", "region", "eu", "https://api.eu.mailgun.net/")]
    [InlineData("mailgun", "region", null, "https://api.mailgun.net/")]
    [InlineData("ses", "region", "eu-west-1", "https://email.eu-west-1.amazonaws.com/")]
    [InlineData("ses", "region", "cn-north-1", "https://email.cn-north-1.amazonaws.com.cn/")]
    [InlineData("graph", "cloud", null, "https://graph.microsoft.com/")]
    [InlineData("graph", "cloud", "china", "https://microsoftgraph.chinacloudapi.cn/")]
    public void A_region_has_its_own_address(string kind, string field, string? value, string address)
    {
        HttpRelayKind description = HttpRelayKind.Find(kind)!;
        RelaySettingValues values = new(description, RelayBench.Given(new() { [field] = value }));

        Uri chosen = kind switch { "sendgrid" => SendGridProvider.Address(values), "mailgun" => MailgunProvider.Address(values), "ses" => SesProvider.Address(values), _ => GraphProvider.Address(values) };

        Assert.Equal(new Uri(address), chosen);
    }

    [Fact]
    public async Task A_base_url_may_have_a_path_of_its_own()
    {
        await using RelayBench bench = await RelayBench.StartAsync("resend", settings => settings["base_url"] = settings["base_url"]!.TrimEnd('/') + "/compat/resend");

        await bench.Relay.SendAsync(RelayBench.Simple("zoe@example.net"), CancellationToken.None);

        Assert.Equal("/compat/resend/emails", Assert.Single(bench.Fake.Requests).Path);
    }

    [Fact]
    public void Another_kind_is_not_made_here() => Assert.Throws<ArgumentException>(() => HttpRelayFactory.Create(RelayKind.Smtp, "r", new Dictionary<string, string>(), _production));
}
