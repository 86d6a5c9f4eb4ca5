using System.Net;
using System.Text.Json;
using Mail.Core.Accounts;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Mail.Tests.Api.Accounts;

/// <summary>ESC-1 and ESC-2 for our own console: a code to the mailbox, and the code for a new password.</summary>
public sealed class PasswordResetTests(PostgresFixture postgres)
{
    private const string NewPassword = "a wholly new secret";

    private static string Confirm(string code, string password = NewPassword, string email = ApiFixture.AdminEmail) => JsonSerializer.Serialize(new { email, code, new_password = password });

    [Fact]
    public async Task The_code_sets_a_password_once_ends_all_sessions_and_tells_the_owner()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient signedIn = await scene.SignedInAsync(), browser = scene.NewBrowser();
        string code = (await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!;
        Assert.Matches("^[0-9]{6}$", code);
        Assert.Equal("15", (await scene.LastMailAsync("password-reset"))["expires_in_minutes"]);

        await browser.PostAsync("/auth/password-reset/confirm", Confirm(code), HttpStatusCode.NoContent);

        await signedIn.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized);
        await AccountScene.SignInAsync(browser, HttpStatusCode.OK, password: NewPassword);
        SentMail mail = await scene.LastMailAsync("password-changed");
        Assert.Equal((ApiFixture.AdminEmail, "Firefox 145, Windows"), (mail.To, mail["browser"]));
        await browser.PostAsync("/auth/password-reset/confirm", Confirm(code, "and yet another one"), HttpStatusCode.UnprocessableEntity);
        Assert.DoesNotContain(scene.Api.Log, line => line.Contains(code, StringComparison.Ordinal) || line.Contains(NewPassword, StringComparison.Ordinal) || line.Contains(ApiFixture.AdminPassword, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_the_request_nor_a_wrong_code_tells_whether_there_is_an_account()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        List<string> answers = [];

        foreach (string email in (string[])[ApiFixture.AdminEmail, "nobody@example.com"])
        {
            JsonElement asked = await browser.PostAsync("/auth/password-reset/request", JsonSerializer.Serialize(new { email }), HttpStatusCode.Accepted);
            await scene.WorkedOffAsync();
            string wrong = (await scene.MailsAsync("password-reset")) is [.., SentMail mail] && mail["code"] == "123456" ? "654321" : "123456";
            List<string> refused = [];
            for (int i = 0; i < 7; i++) refused.Add((await browser.PostAsync("/auth/password-reset/confirm", Confirm(wrong, email: email), HttpStatusCode.UnprocessableEntity)).GetRawText());
            answers.Add(asked.GetRawText() + string.Concat(refused));
        }

        Assert.Single(answers.Distinct());
        Assert.Single(await scene.MailsAsync("password-reset"));
        // The same rows for both: what is looked at takes the same work.
        Assert.Equal((2L, 2L), (await scene.ScalarAsync<long>("SELECT count(*) FROM codes"), await scene.ScalarAsync<long>("SELECT count(*) FROM password_reset_requests")));
        Assert.Equal(0, await scene.ScalarAsync<long>("SELECT count(*) FROM password_reset_requests WHERE email IS NOT NULL OR ip IS NOT NULL"));
    }

    [Fact]
    public async Task Five_wrong_tries_are_all_and_a_later_code_makes_the_one_before_void()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        string first = (await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!, second = (await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!;

        if (first != second) await browser.PostAsync("/auth/password-reset/confirm", Confirm(first), HttpStatusCode.UnprocessableEntity);
        for (int i = 0; i < 5; i++) await browser.PostAsync("/auth/password-reset/confirm", Confirm("x12345"), HttpStatusCode.UnprocessableEntity);
        JsonElement error = await browser.PostAsync("/auth/password-reset/confirm", Confirm(second), HttpStatusCode.UnprocessableEntity);

        Assert.Equal("invalid_code", error.GetProperty("name").GetString());
        await AccountScene.SignInAsync(browser, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_works_for_a_quarter_of_an_hour()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        string code = (await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!;

        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        await browser.PostAsync("/auth/password-reset/confirm", Confirm(code), HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("short", "`new_password` is too weak. Passwords must be at least 12 characters.")]
    [InlineData("admin@example.com", "`new_password` must not be the e-mail address.")]
    [InlineData("", "Missing `new_password` field.")]
    public async Task A_password_that_is_refused_does_not_use_up_the_code(string password, string message)
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        string code = (await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!;

        JsonElement error = await browser.PostAsync("/auth/password-reset/confirm", Confirm(code, password), HttpStatusCode.UnprocessableEntity);

        Assert.Equal(message, error.GetProperty("message").GetString());
        await browser.PostAsync("/auth/password-reset/confirm", Confirm(code, new string('x', 257)), HttpStatusCode.UnprocessableEntity);
        await browser.PostAsync("/auth/password-reset/confirm", Confirm(code), HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Of_many_confirmations_at_once_one_sets_its_password()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        string code = (await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!;

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async i =>
        {
            using HttpResponseMessage answer = await browser.PostAsync(new Uri("/auth/password-reset/confirm", UriKind.Relative), ApiFixture.Json(Confirm(code, $"my own new secret {i}")));
            return answer.StatusCode;
        }));

        int winner = Array.IndexOf(answers, HttpStatusCode.NoContent);
        Assert.Equal(4, answers.Count(answer => answer is HttpStatusCode.UnprocessableEntity));
        await AccountScene.SignInAsync(browser, HttpStatusCode.OK, password: $"my own new secret {winner}");
        Assert.Single(await scene.MailsAsync("password-changed"));
    }

    [Fact]
    public async Task Many_requests_are_told_to_the_owner_and_then_send_nothing()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();

        for (int i = 0; i < 8; i++) await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail);

        Assert.Equal(5, (await scene.MailsAsync("password-reset")).Count);
        SentMail mail = Assert.Single(await scene.MailsAsync("many-reset-requests"));
        Assert.Equal(("3", "60"), (mail["request_count"], mail["period_minutes"]));
        scene.Clock.Advance(TimeSpan.FromMinutes(61));
        await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail);
        Assert.Equal(6, (await scene.MailsAsync("password-reset")).Count);
    }

    [Fact]
    public async Task One_address_on_the_internet_cannot_ask_for_all()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres, ("Accounts:ResetsPerClient", "3"));
        using HttpClient browser = scene.NewBrowser();

        for (int i = 0; i < 3; i++) await browser.PostAsync("/auth/password-reset/request", $$"""{"email":"{{i}}@example.com"}""", HttpStatusCode.Accepted);

        await browser.PostAsync("/auth/password-reset/request", """{"email":"4@example.com"}""", HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_new_password_unlocks_the_account()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        for (int i = 0; i < 10; i++)
        {
            if (i == 5) scene.Clock.Advance(TimeSpan.FromMinutes(5));
            await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized, password: "wrong");
        }

        await browser.PostAsync("/auth/password-reset/confirm", Confirm((await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!), HttpStatusCode.NoContent);

        await AccountScene.SignInAsync(browser, HttpStatusCode.OK, password: NewPassword);
    }

    [Fact]
    public async Task The_next_start_does_not_bring_the_configured_password_back()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient browser = scene.NewBrowser();
        await browser.PostAsync("/auth/password-reset/confirm", Confirm((await scene.ResetCodeAsync(browser, ApiFixture.AdminEmail))!), HttpStatusCode.NoContent);
        await using (AsyncServiceScope start = scene.Api.Services.CreateAsyncScope()) await start.ServiceProvider.GetRequiredService<Bootstrap>().RunAsync(CancellationToken.None);

        await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized);
        await AccountScene.SignInAsync(browser, HttpStatusCode.OK, password: NewPassword);
        await using AsyncServiceScope scope = scene.Api.Services.CreateAsyncScope();
        Assert.Single(scope.ServiceProvider.GetRequiredService<MailDbContext>().Users);
    }

    [Fact]
    public async Task The_configured_password_may_be_taken_away_once_the_first_owner_is_there_and_not_before()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        Task StartAsync(AsyncServiceScope scope, string email) =>
            new Bootstrap(scope.ServiceProvider.GetRequiredService<MailDbContext>(), scope.ServiceProvider.GetRequiredService<UserManager<User>>(), Options.Create(new BootstrapOptions { AdminEmail = email }), TimeProvider.System, NullLogger<Bootstrap>.Instance)
                .RunAsync(CancellationToken.None);
        await using (AsyncServiceScope scope = scene.Api.Services.CreateAsyncScope()) await StartAsync(scope, ApiFixture.AdminEmail);
        await using AsyncServiceScope other = scene.Api.Services.CreateAsyncScope();
        BootstrapException refusal = await Assert.ThrowsAsync<BootstrapException>(() => StartAsync(other, "other@example.com"));

        Assert.Contains("without Bootstrap:AdminPassword", refusal.Message, StringComparison.Ordinal);
        using HttpClient browser = scene.NewBrowser();
        await AccountScene.SignInAsync(browser, HttpStatusCode.OK);
    }
}
