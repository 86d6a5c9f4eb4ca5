using System.Net;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Accounts;

/// <summary>Ten wrong passwords within an hour lock an account; nobody but its owner hears of it.</summary>
public sealed class LockoutTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_lock_answers_as_a_wrong_password_does_also_for_nobody_and_tells_the_owner_once()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        List<string> known = [], unknown = [];

        for (int i = 0; i < 12; i++)
        {
            if (i % 5 == 0) scene.Clock.Advance(TimeSpan.FromMinutes(5)); // past the throttle, which answers 429 to both
            known.Add((await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized, password: "wrong")).GetRawText());
            unknown.Add((await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized, "nobody@example.com", "wrong")).GetRawText());
        }

        Assert.Single(known.Concat(unknown).Distinct());
        string locked = (await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized)).GetRawText(); // the right one
        Assert.Equal(known[0], locked);
        await Eventually.TrueAsync(async () => (await scene.MailsAsync()).Count > 0); // it follows the answer
        SentMail mail = Assert.Single(await scene.MailsAsync());
        Assert.Equal(("account-locked", ApiFixture.AdminEmail, "10", AccountScene.Console + "/forgot-password"), (mail.Template, mail.To, mail["failed_attempts"], mail["reset_url"]));
        Assert.Equal(2, await scene.ScalarAsync<long>("SELECT count(*) FROM sign_in_failures WHERE locked_until IS NOT NULL"));

        scene.Clock.Advance(TimeSpan.FromMinutes(16));
        await AccountScene.SignInAsync(browser, HttpStatusCode.OK);
    }

    [Fact]
    public async Task Failures_of_more_than_an_hour_ago_do_not_count_and_a_sign_in_forgets_them()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();

        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 5; i++) await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized, password: "wrong");
            scene.Clock.Advance(TimeSpan.FromMinutes(31)); // the first five are over when the third five come
        }

        await AccountScene.SignInAsync(browser, HttpStatusCode.OK);
        Assert.Equal(0, await scene.ScalarAsync<long>("SELECT count(*) FROM sign_in_failures"));
    }

    [Fact]
    public async Task A_stolen_session_cannot_guess_the_password_without_end()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = await scene.SignedInAsync();

        for (int i = 0; i < 10; i++) await browser.PostAsync("/auth/two-factor/setup", """{"password":"a guess"}""", HttpStatusCode.UnprocessableEntity);

        await browser.PostAsync("/auth/two-factor/setup", $$"""{"password":"{{ApiFixture.AdminPassword}}"}""", HttpStatusCode.UnprocessableEntity);
        await Eventually.TrueAsync(async () => (await scene.MailsAsync("account-locked")).Count == 1);
    }
}
