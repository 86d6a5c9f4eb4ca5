using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Tests.Core.Privacy;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Api.Accounts.Apps;

/// <summary>Forgotten passwords of an app's own users (ESC-1, ESC-2).</summary>
public sealed class AppPasswordResetTests(PostgresFixture postgres)
{
    [Theory, InlineData(""), InlineData("/")]
    public async Task A_code_comes_by_mail_and_the_app_is_told_the_new_password_signed(string slash)
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        await scene.Client.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["account.password_reset"]}""", HttpStatusCode.Created);
        JsonElement answer = await scene.Client.PostAsync($"/api/auth/password-reset/request{slash}", """{"email":"Ada@Example.com"}""", HttpStatusCode.OK);
        JsonElement mail = await scene.LastMailAsync();
        string code = System.Text.RegularExpressions.Regex.Match(mail.GetProperty("text").GetString()!, "^ {4}([0-9]{6})\r?$", System.Text.RegularExpressions.RegexOptions.Multiline).Groups[1].Value;
        Assert.Contains("If this address has an account", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(("critical", "password-reset"), (mail.GetProperty("lane").GetString(), mail.GetProperty("template").GetProperty("id").GetString()));
        Assert.Contains("Northwind", mail.GetProperty("text").GetString(), StringComparison.Ordinal);

        await scene.Client.PostAsync($"/api/auth/password-reset/confirm{slash}", $$"""{"email":"ADA@example.com","code":"{{code}}","new_password":"{{AppScene.Password}}","client":{"ip":"203.0.113.24","user_agent":"Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0"} }""", HttpStatusCode.OK);

        Received heard = Assert.Single(scene.App.All);
        Assert.Equal(heard.Signature(scene.Secret), heard.Headers["webhook-signature"]);
        JsonElement data = heard.Json.GetProperty("data");
        Assert.Equal(("password.reset", "ada@example.com", AppScene.Password, "203.0.113.24", false),
            (heard.Type, data.GetProperty("email").GetString(), data.GetProperty("new_password").GetString(), data.GetProperty("ip").GetString(), data.GetProperty("test").GetBoolean()));
        JsonElement changed = await scene.LastMailAsync();
        Assert.Equal("password-changed", changed.GetProperty("template").GetProperty("id").GetString());
        foreach (string said in (string[])["203.0.113.24", "Firefox 145, Windows", "https://mail.example.org/a/"]) Assert.Contains(said, changed.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await scene.Api.CountAsync("webhook_queue WHERE type = 'account.password_reset' AND payload ->> 'email' = 'ada@example.com'"));
        Assert.Equal("invalid_code", Name(await scene.ConfirmAsync(code, HttpStatusCode.UnprocessableEntity)));
        Assert.Single(scene.App.All);
    }

    /// <summary>Whoever has codes mailed for other things names purpose and subject themselves, and where the code goes.</summary>
    [Fact]
    public async Task A_code_that_was_made_for_something_else_sets_no_password()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        string code = (await scene.Client.PostAsync("/codes", """{"purpose":"password-reset","subject":"ada@example.com","deliver":false}""", HttpStatusCode.OK)).GetProperty("code").GetString()!;

        Assert.Equal("invalid_code", Name(await scene.ConfirmAsync(code, HttpStatusCode.UnprocessableEntity)));
        Assert.Empty(scene.App.All);

        string real = await scene.CodeAsync();
        Assert.NotEqual("valid", Name(await scene.Client.PostAsync("/codes/verify", $$"""{"purpose":"password-reset","subject":"ada@example.com","code":"{{real}}"}""", HttpStatusCode.UnprocessableEntity)));
        await scene.ConfirmAsync(real, HttpStatusCode.OK); // neither used up nor counted there
    }

    [Fact]
    public async Task Every_address_gets_the_same_answer_to_a_request()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        await scene.Client.PostAsync("/suppressions", """{"email":"gone@example.com"}""", HttpStatusCode.Created);
        HashSet<string> answers = [];
        foreach (string email in (string[])["ada@example.com", "nobody@example.com", "gone@example.com", .. Enumerable.Repeat("often@example.com", 7)])
            answers.Add((await scene.Client.PostAsync("/api/auth/password-reset/request/", $$"""{"email":"{{email}}"}""", HttpStatusCode.OK)).GetRawText());

        Assert.Single(answers);
        Assert.Equal(5, await scene.Api.CountAsync("messages m WHERE EXISTS (SELECT FROM deliveries d WHERE d.message_id = m.id AND d.recipient = 'often@example.com')"));
        Assert.Empty(scene.App.All); // nobody is asked
    }

    [Theory]
    [InlineData(500, 502, "callback_failed")]
    [InlineData(302, 502, "callback_failed")]
    [InlineData(404, 422, "invalid_code")]
    [InlineData(422, 422, "password_refused")]
    public async Task A_code_is_used_up_only_when_the_app_says_that_the_password_is_set(int appSays, int weSay, string name)
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        string code = await scene.CodeAsync();
        scene.App.Answer = (context, _) =>
        {
            context.Response.StatusCode = appSays;
            return context.Response.WriteAsync("""{"message":"Use one that you have not used before."}""");
        };

        for (int i = 0; i < 7; i++) // more often than a code has wrong tries
        {
            JsonElement refused = await scene.ConfirmAsync(code, (HttpStatusCode)weSay);
            Assert.Equal(name, Name(refused));
            Assert.Equal(appSays == 422, refused.GetProperty("message").GetString() == "Use one that you have not used before.");
        }

        Assert.Equal(0, await scene.Api.CountAsync("codes WHERE used_at IS NOT NULL"));
        scene.App.Answer = null;
        await scene.ConfirmAsync(code, HttpStatusCode.OK);
        Assert.Equal(1, await scene.Api.CountAsync("codes WHERE used_at IS NOT NULL"));
    }

    [Fact]
    public async Task Of_many_confirms_at_once_one_reaches_the_app()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        string code = await scene.CodeAsync();
        scene.App.Answer = (_, _) => Task.Delay(300);

        HttpStatusCode[] all = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using HttpResponseMessage response = await scene.Client.PostAsync(new Uri("/api/auth/password-reset/confirm/", UriKind.Relative), ApiFixture.Json($$"""{"email":"ada@example.com","code":"{{code}}","new_password":"{{AppScene.Password}}"}"""));
            return response.StatusCode;
        }));

        Assert.Single(all, HttpStatusCode.OK);
        Assert.All(all.Where(status => status != HttpStatusCode.OK), status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity]));
        Assert.Single(scene.App.All);
        Assert.Equal(2, await scene.Api.CountAsync("messages")); // the code's, and one that says that it was changed
    }

    [Fact]
    public async Task After_five_wrong_tries_the_right_code_is_wrong_too_and_the_app_hears_of_none()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        string code = await scene.CodeAsync();
        for (int i = 0; i < 5; i++) Assert.Equal("invalid_code", Name(await scene.ConfirmAsync(code == "111111" ? "222222" : "111111", HttpStatusCode.UnprocessableEntity)));

        Assert.Equal("invalid_code", Name(await scene.ConfirmAsync(code, HttpStatusCode.UnprocessableEntity)));

        Assert.Empty(scene.App.All);
    }

    [Fact]
    public async Task A_weak_password_costs_no_try_and_a_later_code_makes_the_first_void()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        string first = await scene.CodeAsync();
        foreach (string weak in (string[])["short", "ada@example.com", new string('a', 300), "nul \\u0000 in a long password", "half \\ud800 in a long password"])
            Assert.Contains("`new_password`", (await scene.ConfirmAsync(first, HttpStatusCode.UnprocessableEntity, password: weak)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("codes WHERE tries > 0"));
        string second = await scene.CodeAsync();

        if (first != second) await scene.ConfirmAsync(first, HttpStatusCode.UnprocessableEntity);
        await scene.ConfirmAsync(second, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Codes_of_other_projects_reach_no_other_app()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        await using WebhookReceiver others = await WebhookReceiver.StartAsync();
        using HttpClient other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        Assert.Equal("accounts_not_set_up", Name(await other.PostAsync("/api/auth/password-reset/request/", """{"email":"ada@example.com"}""", HttpStatusCode.Conflict)));
        await AppScene.SetUpAsync(other, others);
        string mine = await scene.CodeAsync(), theirs = await scene.CodeAsync(client: other);

        if (mine != theirs) Assert.Equal("invalid_code", Name(await scene.ConfirmAsync(mine, HttpStatusCode.UnprocessableEntity, client: other)));
        await scene.ConfirmAsync(theirs, HttpStatusCode.OK, client: other);

        Assert.Single(others.All);
        Assert.Empty(scene.App.All);
        using HttpClient nobody = scene.Api.ClientWith(null);
        await nobody.PostAsync("/api/auth/password-reset/request/", """{"email":"ada@example.com"}""", HttpStatusCode.Unauthorized);
    }

    /// <summary>Whoever works in the project reads the sandbox's codes.</summary>
    [Fact]
    public async Task A_code_of_the_sandbox_reaches_the_sandboxs_address_alone()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        await using WebhookReceiver sandbox = await WebhookReceiver.StartAsync();
        using HttpClient test = scene.Api.ClientWith(await scene.Api.AddProjectAsync("mk_test_"));
        await AppScene.SetUpAsync(test, sandbox);
        const string LiveKey = "mk_live_abcdefghij0123456789";
        await using (AsyncServiceScope services = scene.Api.Services.CreateAsyncScope())
        await using (NpgsqlCommand ask = scene.Api.Database.CreateCommand("SELECT project_id FROM app_account_settings WHERE is_test"))
        {
            MailDbContext db = services.ServiceProvider.GetRequiredService<MailDbContext>();
            db.ApiKeys.Add(new ApiKey(new ProjectId((Guid)(await ask.ExecuteScalarAsync())!), Guid.CreateVersion7(), "live", ApiKeyLookup.HashOf(LiveKey), LiveKey[..12], false, [.. Scopes.All], DateTimeOffset.UtcNow));
            await db.SaveChangesAsync();
        }

        string code = await scene.CodeAsync(client: test);
        using HttpClient live = scene.Api.ClientWith(LiveKey);
        Assert.Equal("accounts_not_set_up", Name(await scene.ConfirmAsync(code, HttpStatusCode.Conflict, client: live)));
        await AppScene.SetUpAsync(live, scene.App);
        Assert.Equal("invalid_code", Name(await scene.ConfirmAsync(code, HttpStatusCode.UnprocessableEntity, client: live)));
        await scene.ConfirmAsync(code, HttpStatusCode.OK, client: test);

        Assert.Empty(scene.App.All);
        Assert.True(Assert.Single(sandbox.All).Json.GetProperty("data").GetProperty("test").GetBoolean());
    }

    [Fact]
    public async Task A_request_that_is_sent_again_under_its_key_mails_once()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);
        for (int i = 0; i < 3; i++) await scene.Client.PostAsync("/api/auth/password-reset/request/", """{"email":"ada@example.com"}""", HttpStatusCode.OK, ("Idempotency-Key", "k"));
        Assert.Equal(1, await scene.Api.CountAsync("messages"));
    }

    [Fact]
    public async Task So_many_requests_of_one_client_are_all()
    {
        await using AppScene scene = await AppScene.StartAsync(postgres, ("Accounts:ResetsPerClient", "2"));
        for (int i = 0; i < 3; i++)
            await scene.Client.PostAsync("/api/auth/password-reset/request/", $$"""{"email":"u{{i}}@example.com","client":{"ip":"203.0.113.9"} }""", i < 2 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests);
        await scene.Client.PostAsync("/api/auth/password-reset/request/", """{"email":"u@example.com","client":{"ip":"203.0.113.10"}}""", HttpStatusCode.OK);
    }

    /// <summary>Refused by the app once, then set; every table, line and tag is searched.</summary>
    [Fact]
    public async Task The_new_password_and_the_code_are_in_no_table_no_log_line_and_no_trace()
    {
        ConcurrentQueue<Activity> activities = [];
        using ActivityListener listener = new() { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = activities.Enqueue };
        ActivitySource.AddActivityListener(listener);
        await using AppScene scene = await AppScene.StartAsync(postgres);
        string code = await scene.CodeAsync();
        scene.App.Answer = (context, _) =>
        {
            context.Response.StatusCode = 422;
            return context.Response.WriteAsync($$"""{"message":"{{AppScene.Password}} is bad"}""");
        };
        JsonElement refused = await scene.ConfirmAsync(code, HttpStatusCode.UnprocessableEntity);
        scene.App.Answer = (context, _) => throw new InvalidOperationException();
        await scene.ConfirmAsync(code, HttpStatusCode.BadGateway);
        scene.App.Answer = null;
        await scene.ConfirmAsync(code, HttpStatusCode.OK);

        Assert.DoesNotContain("wombat", refused.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await Traces.FindAsync(scene.Api.Database, AppScene.Password, "wombat-Fish"));
        string[] said = [.. scene.Api.Log, .. activities.SelectMany(one => one.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(one.DisplayName).Append(one.StatusDescription ?? ""))];
        Assert.NotEmpty(activities);
        Assert.DoesNotContain(said, line => line.Contains("wombat-Fish", StringComparison.OrdinalIgnoreCase) || System.Text.RegularExpressions.Regex.IsMatch(line, $@"(?<!\w){code}(?!\w)"));
    }

    [Theory]
    [InlineData("request", """{}""", 422, "email")]
    [InlineData("request", """{"email":"no address"}""", 422, "email")]
    [InlineData("request", """{"email":"a\u0000@example.com"}""", 422, "email")]
    [InlineData("request", """{"email":"\ud800@example.com"}""", 422, "email")]
    [InlineData("request", """{"email":7}""", 422, "email")]
    [InlineData("request", """[]""", 400, "object")]
    [InlineData("request", """{"email":"a@example.com","client":{"ip":"nowhere"}}""", 422, "client.ip")]
    [InlineData("request", """{"email":"a@example.com","locale":"!!"}""", 422, "locale")]
    [InlineData("request", """{"email":"a@example.com","name":"a\nb"}""", 422, "name")]
    [InlineData("confirm", """{"email":"a@example.com","new_password":"a password that is long"}""", 422, "code")]
    [InlineData("confirm", """{"email":"a@example.com","code":"123456"}""", 422, "new_password")]
    [InlineData("confirm", """{"email":"a@example.com","code":123456,"new_password":"a password that is long"}""", 422, "code")]
    public async Task A_wrong_body_is_refused_by_its_field_and_nothing_is_stored(string what, string body, int status, string field)
    {
        await using AppScene scene = await AppScene.StartAsync(postgres);

        JsonElement refused = await scene.Client.PostAsync($"/api/auth/password-reset/{what}/", body, (HttpStatusCode)status);

        Assert.Contains(field, refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await scene.Api.CountAsync("codes"), await scene.Api.CountAsync("messages")));
    }

    private static string? Name(JsonElement refusal) => refusal.GetProperty("name").GetString();
}
