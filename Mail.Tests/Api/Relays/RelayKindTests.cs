using System.Net;
using System.Text.Json;
using Mail.Core.Relays.Http;
using Mail.Core.Relays.Setup;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Relays;

public sealed class RelayKindTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_kinds_tell_what_a_form_has_to_ask_for()
    {
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        JsonElement kinds = (await client.GetAsync("/relay-kinds", HttpStatusCode.OK)).GetProperty("data");

        Assert.Equal(["smtp", "sendgrid", "ses", "mailgun", "postmark", "resend", "graph", "gmail", "capture", "log"], kinds.EnumerateArray().Select(kind => kind.GetProperty("name").GetString()));
        JsonElement smtp = kinds[0];
        JsonElement password = smtp.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "password");
        Assert.True(password.GetProperty("secret").GetBoolean());
        Assert.Equal("Mot de passe", password.GetProperty("title").GetProperty("fr").GetString());
        Assert.Equal(["", "eu", "global"], smtp.GetProperty("presets").EnumerateArray().Where(preset => preset.GetProperty("name").GetString() is "gmail" or "sendgrid")
            .SelectMany(preset => preset.GetProperty("regions").EnumerateArray()).Select(region => region.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_field_has_its_words_in_French()
    {
        foreach (RelayField field in RelayKindDescription.All.SelectMany(kind => kind.Fields))
        {
            if (field.Title is not ("Port" or "Protection" or "Cloud")) Assert.NotEqual(field.Title, FieldWords.Of(field.Title).Fr);
            if (field.Help is { } help) Assert.NotEqual(help, FieldWords.Of(help).Fr);
        }
    }

    public static TheoryData<string, string, string, string, int> Presets => new()
    {
        { """{"name":"m","preset":"gmail","settings":{"username":"me@gmail.com","password":"abcd efgh ijkl mnop"}}""", "smtp.gmail.com", "starttls", "500", 587 },
        { """{"name":"m","preset":"google_workspace","settings":{"username":"me@example.com","password":"abcdefghijklmnop"}}""", "smtp.gmail.com", "starttls", "2000", 587 },
        { """{"name":"m","preset":"microsoft365","settings":{"username":"me@example.com","password":"x"}}""", "smtp.office365.com", "starttls", "10000", 587 },
        { """{"name":"m","kind":"smtp","preset":"sendgrid","settings":{"password":"SG.a.b"}}""", "smtp.sendgrid.net", "starttls", "null", 587 },
        { """{"name":"m","preset":"ses","preset_region":"eu-central-1","settings":{"username":"AKIAIOSFODNN7EXAMPLE","password":"BcD"}}""", "email-smtp.eu-central-1.amazonaws.com", "starttls", "null", 587 },
        { """{"name":"m","preset":"mailgun","preset_region":"eu","settings":{"username":"postmaster@mg.example.com","password":"x"}}""", "smtp.eu.mailgun.org", "starttls", "null", 587 },
        { """{"name":"m","preset":"ovh","settings":{"username":"me@example.com","password":"x"}}""", "ssl0.ovh.net", "tls", "null", 465 },
    };

    [Theory, MemberData(nameof(Presets))]
    public async Task A_preset_stands_for_host_port_protection_and_limits(string body, string host, string tls, string dayQuota, int port)
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());

        JsonElement relay = await client.PostAsync("/relays", body, HttpStatusCode.Created);
        JsonElement own = await client.PatchAsync($"/relays/{relay.GetProperty("id").GetString()}", """{"day_quota":7}""", HttpStatusCode.OK);

        JsonElement settings = relay.GetProperty("settings");
        Assert.Equal((host, tls, port), (settings.GetProperty("host").GetString(), settings.GetProperty("tls").GetString(), settings.GetProperty("port").GetInt32()));
        Assert.Equal(dayQuota, relay.GetProperty("day_quota").GetRawText());
        Assert.NotNull(relay.GetProperty("preset").GetString());
        Assert.Equal(relay.GetProperty("preset").GetString(), own.GetProperty("preset").GetString());
        Assert.Equal(7, own.GetProperty("day_quota").GetInt32());
    }

    [Fact]
    public async Task Who_changes_the_host_goes_on_without_the_preset()
    {
        using HttpClient client = api.ClientWith(await api.AddProjectAsync());
        JsonElement relay = await client.PostAsync("/relays", """{"name":"m","preset":"brevo","settings":{"username":"a@smtp-brevo.com","password":"xsmtpsib-x"}}""", HttpStatusCode.Created);

        JsonElement changed = await client.PatchAsync($"/relays/{relay.GetProperty("id").GetString()}", """{"settings":{"host":"smtp.example.com","password":"xsmtpsib-y"}}""", HttpStatusCode.OK);

        Assert.Equal("eu", relay.GetProperty("region").GetString());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("preset").ValueKind);
    }

    [Fact]
    public void Presets_are_whole()
    {
        string guide = File.ReadAllText(Repository.Path("docs", "guides", "relays.md"));
        foreach (SmtpPreset preset in SmtpPresets.All)
        {
            Assert.Contains(preset.Title, guide, StringComparison.Ordinal);
            Assert.NotEmpty(preset.Hosts);
            Assert.All(preset.Hosts.Values, host => Assert.Equal(UriHostNameType.Dns, Uri.CheckHostName(host.Name)));
            Assert.Contains(preset.Tls, (string[])["starttls", "tls"]);
            Assert.StartsWith("https://", preset.HelpUrl, StringComparison.Ordinal);
            Assert.Equal(preset.Tls == "tls", preset.Port == 465);
        }

        Assert.Distinct(SmtpPresets.All.Select(preset => preset.Name));
    }
}
