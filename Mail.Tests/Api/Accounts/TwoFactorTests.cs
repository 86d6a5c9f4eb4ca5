using System.Net;
using System.Text.Json;
using Mail.Api.Access;
using Mail.Core.Accounts;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Accounts;

/// <summary>The second factor, with codes made here as an authenticator app makes them.</summary>
public sealed class TwoFactorTests(PostgresFixture postgres)
{
    private static string Code(string code) => JsonSerializer.Serialize(new { code });

    private static string Recovery(string code) => JsonSerializer.Serialize(new { recovery_code = code });

    [Fact]
    public async Task With_it_on_the_password_alone_opens_nothing_and_no_code_works_twice()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), other = await scene.SignedInAsync();
        (byte[] secret, string[] recovery) = await scene.EnableTwoFactorAsync(owner);
        Assert.Equal((10, 10), (recovery.Length, recovery.Distinct().Count()));
        await other.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        Assert.Equal(ApiFixture.AdminEmail, (await scene.LastMailAsync("two-factor-enabled")).To);

        using HttpClient browser = scene.NewBrowser();
        JsonElement half = await AccountScene.SignInAsync(browser, HttpStatusCode.Accepted);
        Assert.Equal("two_factor_required", half.GetProperty("status").GetString());
        await browser.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        await browser.GetAsync("/emails", HttpStatusCode.Unauthorized);
        string code = scene.CodeNow(secret);
        await browser.PostAsync("/auth/two-factor", Code(code == "123456" ? "654321" : "123456"), HttpStatusCode.Unauthorized);
        JsonElement session = await browser.PostAsync("/auth/two-factor", Code(code), HttpStatusCode.OK);
        Assert.True(session.GetProperty("user").GetProperty("two_factor").GetBoolean());
        await browser.GetAsync("/emails", HttpStatusCode.OK);
        await browser.PostAsync("/auth/two-factor", Code(code), HttpStatusCode.Unauthorized); // that half session is done

        using HttpClient second = scene.NewBrowser();
        await AccountScene.SignInAsync(second, HttpStatusCode.Accepted);
        await second.PostAsync("/auth/two-factor", Code(code), HttpStatusCode.Unauthorized); // overheard, in the same half minute
        await second.PostAsync("/auth/two-factor", Recovery(recovery[3].ToUpperInvariant()), HttpStatusCode.OK);
        Assert.Equal("9", (await scene.LastMailAsync("recovery-code-used"))["codes_left"]);
        await AccountScene.SignInAsync(second, HttpStatusCode.Accepted);
        await second.PostAsync("/auth/two-factor", Recovery(recovery[3]), HttpStatusCode.Unauthorized);
        Assert.Contains(["pwd", "recovery"], (await browser.GetAsync("/auth/sessions", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!).ToArray()));
    }

    [Fact]
    public async Task One_code_that_is_sent_in_eight_places_at_once_opens_one_session()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        (byte[] secret, _) = await scene.EnableTwoFactorAsync(owner);
        List<HttpClient> browsers = [];
        for (int i = 0; i < 8; i++)
        {
            browsers.Add(scene.NewBrowser());
            await AccountScene.SignInAsync(browsers[i], HttpStatusCode.Accepted);
        }

        string code = scene.CodeNow(secret);
        HttpStatusCode[] answers = await Task.WhenAll(browsers.Select(async browser =>
        {
            using HttpResponseMessage answer = await browser.PostAsync(new Uri("/auth/two-factor", UriKind.Relative), ApiFixture.Json(Code(code)));
            return answer.StatusCode;
        }));

        Assert.Single(answers, HttpStatusCode.OK);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task A_half_session_is_for_five_tries_and_five_minutes()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        (byte[] secret, string[] recovery) = await scene.EnableTwoFactorAsync(owner);
        using HttpClient browser = scene.NewBrowser();

        await AccountScene.SignInAsync(browser, HttpStatusCode.Accepted);
        for (int i = 0; i < 5; i++) Assert.Equal("invalid_code", Name(await browser.PostAsync("/auth/two-factor", Recovery("aaaaa-aaaaa"), HttpStatusCode.Unauthorized)));
        Assert.Equal("two_factor_expired", Name(await browser.PostAsync("/auth/two-factor", Code(scene.CodeNow(secret)), HttpStatusCode.Unauthorized)));

        await AccountScene.SignInAsync(browser, HttpStatusCode.Accepted);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("two_factor_expired", Name(await browser.PostAsync("/auth/two-factor", Recovery(recovery[0]), HttpStatusCode.Unauthorized)));
        using HttpClient nobody = scene.NewBrowser();
        Assert.Equal("two_factor_expired", Name(await nobody.PostAsync("/auth/two-factor", Recovery(recovery[0]), HttpStatusCode.Unauthorized)));
    }

    [Fact]
    public async Task Ten_wrong_factors_lock_across_half_sessions_and_each_lock_is_longer()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        (byte[] secret, _) = await scene.EnableTwoFactorAsync(owner);
        using HttpClient browser = scene.NewBrowser();

        foreach (int minutes in (int[])[15, 30])
        {
            for (int i = 0; i < 10; i++)
            {
                if (i % 5 == 0) await AccountScene.SignInAsync(browser, HttpStatusCode.Accepted);
                await browser.PostAsync("/auth/two-factor", Recovery("aaaaa-aaaaa"), HttpStatusCode.Unauthorized);
            }

            await AccountScene.SignInAsync(browser, HttpStatusCode.Accepted);
            Assert.Equal("invalid_code", Name(await browser.PostAsync("/auth/two-factor", Code(scene.CodeNow(secret)), HttpStatusCode.Unauthorized)));
            scene.Clock.Advance(TimeSpan.FromMinutes(minutes - 1));
            await AccountScene.SignInAsync(browser, HttpStatusCode.Accepted);
            await browser.PostAsync("/auth/two-factor", Code(scene.CodeNow(secret)), HttpStatusCode.Unauthorized);
            scene.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        await AccountScene.SignInAsync(browser, HttpStatusCode.Accepted);
        await browser.PostAsync("/auth/two-factor", Code(scene.CodeNow(secret)), HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await scene.MailsAsync("account-locked")).Count == 2);
    }

    [Fact]
    public async Task It_is_turned_off_with_password_and_code_and_new_recovery_codes_make_the_old_ones_void()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        (byte[] secret, string[] recovery) = await scene.EnableTwoFactorAsync(owner);
        await owner.PostAsync("/auth/two-factor/setup", Password(), HttpStatusCode.Conflict);

        JsonElement renewed = await owner.PostAsync("/auth/two-factor/recovery-codes", Password(scene.CodeNow(secret)), HttpStatusCode.OK);
        await owner.PostAsync("/auth/two-factor/disable", JsonSerializer.Serialize(new { password = ApiFixture.AdminPassword, recovery_code = recovery[0] }), HttpStatusCode.UnprocessableEntity);
        await owner.PostAsync("/auth/two-factor/disable", Password("000000x"), HttpStatusCode.UnprocessableEntity);
        scene.Clock.Advance(TimeSpan.FromSeconds(30));
        await owner.PostAsync("/auth/two-factor/disable", JsonSerializer.Serialize(new { password = "wrong", code = scene.CodeNow(secret) }), HttpStatusCode.UnprocessableEntity);
        await owner.PostAsync("/auth/two-factor/disable", JsonSerializer.Serialize(new { password = ApiFixture.AdminPassword, recovery_code = renewed.GetProperty("recovery_codes")[9].GetString() }), HttpStatusCode.NoContent);

        Assert.Equal(ApiFixture.AdminEmail, (await scene.LastMailAsync("two-factor-disabled")).To);
        await owner.GetAsync("/auth/session", HttpStatusCode.OK);
        using HttpClient browser = scene.NewBrowser();
        await AccountScene.SignInAsync(browser, HttpStatusCode.OK);
        Assert.Equal((0L, 0L), (await scene.ScalarAsync<long>("SELECT count(*) FROM user_authenticators"), await scene.ScalarAsync<long>("SELECT count(*) FROM user_recovery_codes")));

        static string Password(string? code = null) => JsonSerializer.Serialize(new { password = ApiFixture.AdminPassword, code });
    }

    [Fact]
    public async Task A_project_that_demands_it_opens_for_members_who_have_it()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient colleague = await scene.AddColleagueAsync(), owner = await scene.SignedInAsync(), app = scene.Api.ClientWith(ApiFixture.LiveKey);
        Assert.StartsWith("`require_two_factor` would lock you out", (await owner.PatchAsync("/project", """{"require_two_factor":true}""", HttpStatusCode.UnprocessableEntity)).GetProperty("message").GetString(), StringComparison.Ordinal);
        await app.PatchAsync("/project", """{"require_two_factor":true}""", HttpStatusCode.Forbidden);
        await scene.EnableTwoFactorAsync(owner);
        Assert.True((await owner.PatchAsync("/project", """{"require_two_factor":true}""", HttpStatusCode.OK)).GetProperty("require_two_factor").GetBoolean());

        foreach (string path in (string[])["/emails", "/project", "/members", "/templates"]) Assert.Equal("two_factor_required", Name(await colleague.GetAsync(path, HttpStatusCode.Forbidden)));
        Assert.True((await colleague.GetAsync("/auth/session", HttpStatusCode.OK)).GetProperty("projects")[0].GetProperty("requires_two_factor").GetBoolean());
        await app.GetAsync("/emails", HttpStatusCode.OK); // a key is no person

        await scene.EnableTwoFactorAsync(colleague, AccountScene.ColleaguePassword);
        await colleague.GetAsync("/emails", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Not_me_takes_away_a_second_factor_that_somebody_else_set_up()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient thief = await scene.SignedInAsync();
        await scene.EnableTwoFactorAsync(thief);

        Assert.True(await scene.PressAsync((await scene.LastMailAsync("two-factor-enabled"))["not_me_url"], "secure"));

        await thief.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        string code = (await scene.ResetCodeAsync(thief, ApiFixture.AdminEmail))!;
        await thief.PostAsync("/auth/password-reset/confirm", JsonSerializer.Serialize(new { email = ApiFixture.AdminEmail, code, new_password = "mine alone, once more" }), HttpStatusCode.NoContent);
        using HttpClient owner = scene.NewBrowser();
        await AccountScene.SignInAsync(owner, HttpStatusCode.OK, password: "mine alone, once more");
    }

    [Fact]
    public async Task Nothing_at_rest_opens_anything()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        JsonElement setup = await owner.PostAsync("/auth/two-factor/setup", JsonSerializer.Serialize(new { password = ApiFixture.AdminPassword }), HttpStatusCode.OK);
        Assert.StartsWith("<svg", setup.GetProperty("qr_svg").GetString(), StringComparison.Ordinal);
        string secret = setup.GetProperty("secret").GetString()!;
        Assert.Equal($"otpauth://totp/Mail:admin%40example.com?secret={secret}&issuer=Mail&algorithm=SHA1&digits=6&period=30", setup.GetProperty("otpauth_url").GetString());
        (_, string[] recovery) = await scene.EnableTwoFactorAsync(owner);

        foreach (string table in (string[])["users", "user_authenticators", "user_recovery_codes", "user_sessions", "sign_in_challenges", "user_devices", "audit_log"])
        {
            await using NpgsqlCommand command = scene.Api.Database.CreateCommand($"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
            string all = (string)(await command.ExecuteScalarAsync())!;
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
            foreach (string code in recovery)
            {
                Assert.DoesNotContain(code, all, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), all, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.DoesNotContain(scene.Api.Log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase) || recovery.Any(code => line.Contains(code, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void A_factor_is_fresh_for_ten_minutes()
    {
        ManualClock clock = new(DateTimeOffset.UtcNow);
        UserSession session = new(Guid.NewGuid(), Guid.NewGuid(), "a@example.com", null, null, HasTwoFactor: true, clock.GetUtcNow(), clock.GetUtcNow(), []);

        Assert.Null(FreshTwoFactor.Problem(session, clock));
        Assert.Equal("two_factor_required", FreshTwoFactor.Problem(session with { HasTwoFactor = false }, clock)!.Code);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(FreshTwoFactor.Problem(session, clock));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("two_factor_not_fresh", FreshTwoFactor.Problem(session, clock)!.Code);
    }

    [Fact]
    public async Task Showing_it_again_makes_it_fresh()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        await owner.PostAsync("/auth/two-factor/confirm", Code("123456"), HttpStatusCode.Conflict); // there is none yet
        (byte[] secret, _) = await scene.EnableTwoFactorAsync(owner);
        scene.Clock.Advance(TimeSpan.FromHours(1));

        await owner.PostAsync("/auth/two-factor/confirm", Code(scene.CodeNow(secret)), HttpStatusCode.NoContent);

        DateTimeOffset at = (await owner.GetAsync("/auth/session", HttpStatusCode.OK)).GetProperty("user").GetProperty("two_factor_at").GetDateTimeOffset();
        Assert.True(scene.Clock.GetUtcNow() - at < TimeSpan.FromMinutes(1));
    }

    private static string Name(JsonElement error) => error.GetProperty("name").GetString()!;
}
