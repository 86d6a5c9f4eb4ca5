using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Accounts.Apps;

/// <summary>POST /accounts/events and the link "this was not me" (ESC-3, ESC-4, ESC-6); /account-settings.</summary>
public sealed class AccountEventTests(PostgresFixture postgres)
{
    private const string SignIn = """{"type":"new_sign_in","email":"Ada@Example.com","name":"Ada","client":{"ip":"203.0.113.24","user_agent":"Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0"},"location":"Lyon, France"}""";

    [Theory]
    [InlineData("""{"type":"welcome","email":"ada@example.com","start_url":"https://app.example/start"}""", "welcome", "https://app.example/start")]
    [InlineData("""{"type":"password_changed","email":"ada@example.com"}""", "password-changed", "https://mail.example.org/a/")]
    [InlineData(SignIn, "new-sign-in", "Firefox 145, Windows")]
    [InlineData("""{"type":"suspicious","email":"ada@example.com","failed_attempts":10}""", "account-locked", "10")]
    [InlineData("""{"type":"suspicious","email":"ada@example.com","request_count":9,"period_minutes":60}""", "many-reset-requests", "9")]
    [InlineData("""{"type":"account_locked","email":"ada@example.com","failed_attempts":10,"locale":"fr","not_me_url":"https://app.example/not-me/x"}""", "account-locked", "https://app.example/not-me/x")]
    public async Task Each_kind_of_event_sends_its_template(string body, string template, string says)
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);

        string id = (await scene.Client.PostAsync("/accounts/events", body, HttpStatusCode.OK)).GetProperty("id").GetString()!;

        JsonElement mail = await scene.Client.GetAsync($"/emails/{id}", HttpStatusCode.OK);
        Assert.Equal((template, template == "welcome" ? "normal" : "critical"), (mail.GetProperty("template").GetProperty("id").GetString(), mail.GetProperty("lane").GetString()));
        Assert.Contains(says, mail.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(template == "welcome" || body.Contains("not_me_url", StringComparison.Ordinal) ? 0 : 1, await scene.Api.CountAsync("action_links"));
    }

    [Fact]
    public async Task A_new_kind_of_mail_is_a_template_and_a_call()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        await scene.Client.PostAsync("/templates", """{"key":"passkey-added","name":"T","html":"<p>{{device}} {{not_me_url}} {{ip}}</p>","subject":"A passkey","variables":{"device":{"type":"string"},"not_me_url":{"type":"url"},"ip":{"type":"string"}},"sample":{"device":"x","not_me_url":"https://a.example/","ip":"x"}}""", HttpStatusCode.Created);
        await scene.Client.PostAsync("/templates/passkey-added/publish", "", HttpStatusCode.OK);

        await scene.Client.PostAsync("/accounts/events", """{"type":"passkey_added","email":"ada@example.com","variables":{"device":"Phone of Ada"},"client":{"ip":"203.0.113.7"}}""", HttpStatusCode.OK);

        string text = (await scene.LastMailAsync()).GetProperty("text").GetString()!;
        foreach (string said in (string[])["Phone of Ada", "203.0.113.7", "https://mail.example.org/a/"]) Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains("`type`", (await scene.Client.PostAsync("/accounts/events", """{"type":"no_such_kind","email":"ada@example.com"}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task This_was_not_me_acts_by_its_button_once_and_the_app_is_told_until_it_takes_it()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        await scene.Client.PostAsync("/accounts/events", SignIn, HttpStatusCode.OK);
        string path = AppScene.LinkIn(await scene.LastMailAsync());
        using HttpClient reader = scene.Api.CreateClient();
        int calls = 0;
        scene.App.Answer = (context, _) =>
        {
            if (Interlocked.Increment(ref calls) < 3) context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        for (int i = 0; i < 3; i++) Assert.Contains("Northwind", await reader.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.Ordinal);
        Assert.Empty(scene.App.All);
        HttpStatusCode[] pressed = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using FormUrlEncodedContent form = new([new("choice", "secure")]);
            using HttpResponseMessage response = await reader.PostAsync(new Uri(path, UriKind.Relative), form);
            return response.StatusCode;
        }));

        Assert.Single(pressed, HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => scene.App.All.Count == 3 && await scene.Api.CountAsync("bus_messages") == 0);
        Assert.Single(scene.App.All.Select(one => one.Id).Distinct());
        Received heard = scene.App.All.Last();
        Assert.Equal(("account.not_me", heard.Signature(scene.Secret), "ada@example.com", "new_sign_in"),
            (heard.Type, heard.Headers["webhook-signature"], heard.Json.GetProperty("data").GetProperty("email").GetString(), heard.Json.GetProperty("data").GetProperty("event").GetString()));
        Assert.Equal(0, await scene.Api.CountAsync("bus_dead_letters"));
    }

    [Fact]
    public async Task The_same_key_sends_one_mail_and_without_settings_security_mail_needs_a_page_of_the_apps()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        string[] ids = new string[3];
        for (int i = 0; i < 3; i++) ids[i] = (await scene.Client.PostAsync("/accounts/events", SignIn, HttpStatusCode.OK, ("Idempotency-Key", "k"))).GetProperty("id").GetString()!;
        Assert.Single(ids.Distinct());
        await scene.Client.PostAsync("/accounts/events", SignIn.Replace("Lyon", "Nice", StringComparison.Ordinal), HttpStatusCode.Conflict, ("Idempotency-Key", "k"));

        await scene.Client.DeleteAsync("/account-settings", HttpStatusCode.OK);
        Assert.Equal("accounts_not_set_up", (await scene.Client.PostAsync("/accounts/events", SignIn, HttpStatusCode.Conflict)).GetProperty("name").GetString());
        await scene.Client.DeleteAsync("/account-settings", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"email":"a@example.com"}""", "type")]
    [InlineData("""{"type":"Bad Type","email":"a@example.com"}""", "type")]
    [InlineData("""{"type":"new_sign_in"}""", "email")]
    [InlineData("""{"type":"new_sign_in","email":"a@example.com","client":{"ip":"x"}}""", "client.ip")]
    [InlineData("""{"type":"new_sign_in","email":"a@example.com","occurred_at":"2020-01-01T00:00:00Z"}""", "occurred_at")]
    [InlineData("""{"type":"new_sign_in","email":"a@example.com","not_me_url":"http://app.example"}""", "not_me_url")]
    [InlineData("""{"type":"new_sign_in","email":"a@example.com","location":7}""", "location")]
    [InlineData("""{"type":"new_sign_in","email":"a@example.com","location":"\u0000"}""", "location")]
    [InlineData("""{"type":"new_sign_in","email":"a@example.com","variables":{"not_me_url":"https://x.example"}}""", "variables.not_me_url")]
    [InlineData("""{"type":"welcome","email":"a@example.com"}""", "start_url")]
    [InlineData("""{"type":"account_locked","email":"a@example.com"}""", "failed_attempts")]
    public async Task A_wrong_event_is_refused_by_its_field(string body, string field)
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);

        Assert.Contains(field, (await scene.Client.PostAsync("/accounts/events", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Equal(0, await scene.Api.CountAsync("messages"));
    }

    [Fact]
    public async Task The_secret_is_shown_once_rotated_with_both_signing_and_stands_in_no_log()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        JsonElement again = await scene.Client.SendJsonAsync(HttpMethod.Put, "/account-settings", $$"""{"callback_url":"{{scene.App.Url}}/other","from":"a@example.org"}""", HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, again.GetProperty("signing_secret").ValueKind);
        Assert.DoesNotContain("whsec", (await scene.Client.GetAsync("/account-settings", HttpStatusCode.OK)).GetRawText(), StringComparison.Ordinal);
        string fresh = (await scene.Client.PostAsync("/account-settings/rotate-secret", "", HttpStatusCode.OK)).GetProperty("signing_secret").GetString()!;

        await scene.ConfirmAsync(await scene.CodeAsync(), HttpStatusCode.OK);

        Received heard = Assert.Single(scene.App.All);
        Assert.Equal(("/other", $"{heard.Signature(fresh)} {heard.Signature(scene.Secret)}"), (heard.Path, heard.Headers["webhook-signature"]));
        Assert.DoesNotContain(scene.Api.Log, line => line.Contains("whsec_", StringComparison.Ordinal));
        string audit = (await scene.Client.GetAsync("/audit-log", HttpStatusCode.OK)).GetRawText();
        foreach (string action in (string[])["account_settings.change", "account_settings.rotate_secret"]) Assert.Contains(action, audit, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", audit, StringComparison.Ordinal);
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        Assert.Equal(JsonValueKind.Null, (await other.GetAsync("/account-settings", HttpStatusCode.OK)).GetProperty("callback_url").ValueKind);
        await other.PostAsync("/account-settings/rotate-secret", "", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{}""", "callback_url")]
    [InlineData("""{"callback_url":"http://app.example/x"}""", "callback_url")]
    [InlineData("""{"callback_url":"https://127.0.0.1/x"}""", "callback_url")]
    [InlineData("""{"callback_url":"https://10.0.0.1/x"}""", "callback_url")]
    [InlineData("""{"callback_url":"https://u:p@app.example/x"}""", "callback_url")]
    [InlineData("""{"callback_url":"https://app.example/x","from":"nobody"}""", "from")]
    [InlineData("""{"callback_url":"https://app.example/x","app_name":"a\u0000"}""", "app_name")]
    [InlineData("""{"callback_url":"https://app.example/x","reset_url":"javascript:x"}""", "reset_url")]
    public async Task In_production_settings_lead_outside_and_a_wrong_one_is_refused_by_its_field(string body, string field)
    {
        await using ApiFixture api = new(postgres);
        foreach ((string name, string value) in ((string, string)[])[("environment", "Production"), ("BASE_URL", "https://mail.example.org/")]) api.Settings[name] = value;
        await api.InitializeAsync();
        using HttpClient client = api.ClientWith(ApiFixture.LiveKey);

        Assert.Contains($"`{field}`", (await client.SendJsonAsync(HttpMethod.Put, "/account-settings", body, HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Equal(0, await api.CountAsync("app_account_settings"));
    }
}
