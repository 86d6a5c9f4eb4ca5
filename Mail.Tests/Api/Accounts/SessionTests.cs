using System.Net;
using System.Text.Json;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Mail.Tests.Api.Accounts;

/// <summary>Sessions stand in the database: what is ended there is out, whatever a browser still has.</summary>
public sealed class SessionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Signing_in_makes_a_new_session_and_ends_the_one_that_the_browser_had()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient client = scene.Api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = false });
        string planted = await CookieAsync(client, null);

        string own = await CookieAsync(client, planted);

        Assert.NotEqual(planted, own);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, planted));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, own));
        Assert.Equal(2, await scene.ScalarAsync<long>("SELECT count(*) FROM user_sessions"));
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_signing_out()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient client = scene.Api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = false });
        string cookie = await CookieAsync(client, null);
        using HttpRequestMessage signOut = new(HttpMethod.Post, "/auth/sign-out");
        signOut.Headers.Add("Cookie", cookie);
        signOut.Headers.Add("X-Mail-Console", "1");

        using HttpResponseMessage answer = await client.SendAsync(signOut);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, cookie));
    }

    [Fact]
    public async Task The_list_shows_each_browser_and_ends_one_the_others_or_all()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient first = await scene.SignedInAsync(), second = await scene.SignedInAsync(), third = await scene.SignedInAsync();
        using HttpClient colleague = await scene.AddColleagueAsync();
        JsonElement[] list = [.. (await first.GetAsync("/auth/sessions", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
        string own = list.Single(one => one.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;
        string[] others = [.. list.Select(one => one.GetProperty("id").GetString()!).Where(id => id != own)];
        Assert.All(list, one => Assert.Equal("Firefox 145, Windows", one.GetProperty("browser").GetString()));
        Assert.Equal(4, list.Length); // the one that invited, too

        await colleague.DeleteAsync($"/auth/sessions/{own}", HttpStatusCode.NotFound); // somebody else's
        await first.DeleteAsync("/auth/sessions/x", HttpStatusCode.NotFound);
        await first.GetAsync("/auth/session", HttpStatusCode.OK);
        foreach (string id in others) await first.DeleteAsync($"/auth/sessions/{id}", HttpStatusCode.NoContent);
        await second.GetAsync("/emails", HttpStatusCode.Unauthorized);
        await third.GetAsync("/auth/session", HttpStatusCode.Unauthorized);

        using HttpClient fourth = await scene.SignedInAsync();
        Assert.Equal(1, (await fourth.DeleteAsync("/auth/sessions", HttpStatusCode.OK)).GetProperty("ended").GetInt32());
        await first.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        using HttpClient fifth = await scene.SignedInAsync();
        await fourth.PostAsync("/auth/sign-out-everywhere", "", HttpStatusCode.NoContent);
        foreach (HttpClient browser in (HttpClient[])[fourth, fifth]) await browser.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        await colleague.GetAsync("/auth/session", HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_after_seven_idle_days_and_after_thirty_busy_ones()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient idle = await scene.SignedInAsync(), busy = await scene.SignedInAsync();

        for (int day = 0; day < 29; day++)
        {
            scene.Clock.Advance(TimeSpan.FromDays(1));
            await busy.GetAsync("/auth/session", HttpStatusCode.OK);
            if (day == 5) await idle.GetAsync("/auth/session", HttpStatusCode.OK); // the sixth day
        }

        await idle.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        scene.Clock.Advance(TimeSpan.FromDays(1));
        await busy.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task When_it_was_last_seen_is_written_once_a_minute()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = await scene.SignedInAsync();
        uint at = await VersionAsync();

        for (int i = 0; i < 5; i++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds(4));
            await browser.GetAsync("/auth/session", HttpStatusCode.OK);
        }

        Assert.Equal(at, await VersionAsync());
        scene.Clock.Advance(TimeSpan.FromSeconds(60));
        await browser.GetAsync("/auth/session", HttpStatusCode.OK);
        Assert.NotEqual(at, await VersionAsync());

        Task<uint> VersionAsync() => scene.ScalarAsync<uint>("SELECT xmin FROM user_sessions");
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_tells_the_owner()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = await scene.SignedInAsync(), other = await scene.SignedInAsync();

        JsonElement wrong = await browser.PostAsync("/auth/password", """{"current_password":"not it","new_password":"another long secret"}""", HttpStatusCode.UnprocessableEntity);
        Assert.StartsWith("`current_password` ", wrong.GetProperty("message").GetString(), StringComparison.Ordinal);
        await browser.PostAsync("/auth/password", $$"""{"current_password":"{{ApiFixture.AdminPassword}}","new_password":"another long secret"}""", HttpStatusCode.NoContent);

        await browser.GetAsync("/auth/session", HttpStatusCode.OK);
        await other.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        SentMail mail = await scene.LastMailAsync("password-changed");
        Assert.Equal((ApiFixture.AdminEmail, "Firefox 145, Windows"), (mail.To, mail["browser"]));
        using HttpClient again = scene.NewBrowser();
        await AccountScene.SignInAsync(again, HttpStatusCode.Unauthorized);
        await AccountScene.SignInAsync(again, HttpStatusCode.OK, password: "another long secret");
        Assert.Equal("account.password_changed", await scene.ScalarAsync<string>("SELECT action FROM audit_log WHERE action = 'account.password_changed'"));
    }

    [Fact]
    public async Task A_new_browser_is_told_by_mail_and_not_me_locks_everybody_out_until_a_code_comes()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        Assert.Empty(await scene.MailsAsync()); // the very first time nobody has to be warned
        await owner.PostAsync("/auth/sign-out", "", HttpStatusCode.NoContent);
        await AccountScene.SignInAsync(owner, HttpStatusCode.OK);
        Assert.Empty(await scene.MailsAsync()); // the same browser

        using HttpClient thief = await scene.SignedInAsync();
        SentMail mail = Assert.Single(await scene.MailsAsync());
        Assert.Equal(("new-sign-in", ApiFixture.AdminEmail, "Firefox 145, Windows"), (mail.Template, mail.To, mail["browser"]));
        string url = mail["not_me_url"];
        for (int i = 0; i < 3; i++) Assert.Equal("Was this not you?", await scene.LookAsync(url));
        await thief.GetAsync("/auth/session", HttpStatusCode.OK);

        Assert.True(await scene.PressAsync(url, "secure"));
        Assert.False(await scene.PressAsync(url, "secure")); // once

        foreach (HttpClient browser in (HttpClient[])[thief, owner]) await browser.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        await AccountScene.SignInAsync(thief, HttpStatusCode.Unauthorized);
        string code = (await scene.ResetCodeAsync(owner, ApiFixture.AdminEmail))!;
        await owner.PostAsync("/auth/password-reset/confirm", JsonSerializer.Serialize(new { email = ApiFixture.AdminEmail, code, new_password = "mine alone, once more" }), HttpStatusCode.NoContent);
        await AccountScene.SignInAsync(owner, HttpStatusCode.OK, password: "mine alone, once more");
    }

    private static async Task<string> CookieAsync(HttpClient client, string? cookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/auth/sign-in") { Content = ApiFixture.Json($$"""{"email":"{{ApiFixture.AdminEmail}}","password":"{{ApiFixture.AdminPassword}}"}""") };
        request.Headers.Add("X-Mail-Console", "1");
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("mail_session=", StringComparison.Ordinal)).Split(';')[0];
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string cookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/auth/session");
        request.Headers.Add("Cookie", cookie);
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
