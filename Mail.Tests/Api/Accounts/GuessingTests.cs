using System.Net;
using System.Text.Json;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Api.Accounts;

/// <summary>Budgets of guesses hold whatever spelling of an address is tried and however many guesses come at once, and a stranger's guesses keep nobody out.</summary>
public sealed class GuessingTests(PostgresFixture postgres)
{
    /// <summary>Unicode's Kelvin sign is a `k` once it is normalized (NFC): each k of an address would double its budgets.</summary>
    private const string Known = "kim@example.net", Kelvin = "\u212Aim@example.net";

    [Fact]
    public async Task Two_spellings_of_an_address_share_its_tries()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        (await scene.AddColleagueAsync(email: Known)).Dispose();
        using HttpClient browser = scene.NewBrowser();

        for (int i = 0; i < 5; i++) await AccountScene.SignInAsync(browser, HttpStatusCode.Unauthorized, Known, "wrong");

        await AccountScene.SignInAsync(browser, HttpStatusCode.TooManyRequests, Kelvin, AccountScene.ColleaguePassword);
    }

    [Fact]
    public async Task Two_spellings_of_an_address_share_its_codes()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        (await scene.AddColleagueAsync(email: Known)).Dispose();
        using HttpClient browser = scene.NewBrowser();
        string code = (await scene.ResetCodeAsync(browser, Known))!, wrong = code == "000000" ? "000001" : "000000";

        for (int i = 0; i < 5; i++) await ConfirmAsync(browser, Kelvin, wrong);

        Assert.Equal("invalid_code", await ConfirmAsync(browser, Known, code)); // its five tries are over
    }

    /// <summary>Guesses that come all at once: each is counted before it is looked at.</summary>
    [Fact]
    public async Task Of_many_second_factors_at_once_no_more_are_looked_at_than_one_after_another()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        (_, string[] recovery) = await scene.EnableTwoFactorAsync(owner);
        using HttpClient first = scene.NewBrowser(), second = scene.NewBrowser();
        await AccountScene.SignInAsync(first, HttpStatusCode.Accepted);
        for (int i = 0; i < 5; i++) await TryFactorAsync(first, "aaaaa-aaaaa");
        await AccountScene.SignInAsync(first, HttpStatusCode.Accepted);
        for (int i = 0; i < 4; i++) await TryFactorAsync(first, "aaaaa-aaaaa"); // nine
        await AccountScene.SignInAsync(second, HttpStatusCode.Accepted);

        Task<HttpStatusCode> tenth, eleventh;
        await using (NpgsqlConnection connection = await scene.Api.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (NpgsqlTransaction busy = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using NpgsqlCommand hold = new("SELECT FROM sign_in_failures FOR UPDATE", connection);
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            tenth = TryFactorAsync(first, "aaaaa-aaaaa");
            await WaitersAsync(scene, 1);
            eleventh = TryFactorAsync(second, recovery[0]);
            await Task.WhenAny(eleventh, WaitersAsync(scene, 2));
        }

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await tenth, await eleventh));
    }

    /// <summary>Whoever knows somebody's address could keep them out for good.</summary>
    [Fact]
    public async Task Guesses_of_strangers_keep_nobody_out_of_a_browser_that_they_have_used()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), stranger = scene.NewBrowser();
        await owner.PostAsync("/auth/sign-out", "", HttpStatusCode.NoContent);

        for (int i = 0; i < 10; i++)
        {
            if (i == 5) scene.Clock.Advance(TimeSpan.FromMinutes(5));
            await AccountScene.SignInAsync(stranger, HttpStatusCode.Unauthorized, password: "wrong");
        }

        await AccountScene.SignInAsync(stranger, HttpStatusCode.TooManyRequests); // and the account is locked for strangers
        await AccountScene.SignInAsync(owner, HttpStatusCode.OK);
        await owner.PostAsync("/auth/two-factor/setup", JsonSerializer.Serialize(new { password = ApiFixture.AdminPassword }), HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_browser_that_was_used_has_tries_of_its_own_and_no_more()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();

        for (int i = 0; i < 5; i++) await AccountScene.SignInAsync(owner, HttpStatusCode.Unauthorized, password: "wrong");
        await AccountScene.SignInAsync(owner, HttpStatusCode.TooManyRequests);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        for (int i = 0; i < 5; i++) await AccountScene.SignInAsync(owner, HttpStatusCode.Unauthorized, password: "wrong");
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        await AccountScene.SignInAsync(owner, HttpStatusCode.Unauthorized); // locked: the right one
        string code = (await scene.ResetCodeAsync(owner, ApiFixture.AdminEmail))!;
        await owner.PostAsync("/auth/password-reset/confirm", JsonSerializer.Serialize(new { email = ApiFixture.AdminEmail, code, new_password = AccountScene.ColleaguePassword }), HttpStatusCode.NoContent);
        await AccountScene.SignInAsync(owner, HttpStatusCode.OK, password: AccountScene.ColleaguePassword); // unlocked, as it says
    }

    private static async Task<string> ConfirmAsync(HttpClient browser, string email, string code) =>
        (await browser.PostAsync("/auth/password-reset/confirm", JsonSerializer.Serialize(new { email, code, new_password = AccountScene.ColleaguePassword }), HttpStatusCode.UnprocessableEntity)).GetProperty("name").GetString()!;

    private static async Task<HttpStatusCode> TryFactorAsync(HttpClient browser, string code)
    {
        using HttpResponseMessage answer = await browser.PostAsync(new Uri("/auth/two-factor", UriKind.Relative), ApiFixture.Json(JsonSerializer.Serialize(new { recovery_code = code })));
        return answer.StatusCode;
    }

    private static Task WaitersAsync(AccountScene scene, int count) =>
        Eventually.TrueAsync(async () => await scene.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") >= count);
}
