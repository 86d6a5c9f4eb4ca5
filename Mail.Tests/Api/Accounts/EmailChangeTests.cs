using System.Net;
using System.Text.Json;
using Mail.Core.Projects;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Accounts;

/// <summary>Another address: the password, and both mailboxes.</summary>
public sealed class EmailChangeTests(PostgresFixture postgres)
{
    private const string New = "new-admin@example.org";

    private static string Wish(string email = New, string password = ApiFixture.AdminPassword) => JsonSerializer.Serialize(new { password, new_email = email });

    [Theory]
    [InlineData("email-change-confirm", "email-change-approve")]
    [InlineData("email-change-approve", "email-change-confirm")]
    public async Task It_is_made_when_both_mailboxes_have_confirmed_and_not_before(string first, string second)
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), other = await scene.SignedInAsync();
        await owner.PostAsync("/auth/email", Wish(password: "wrong"), HttpStatusCode.UnprocessableEntity);
        await owner.PostAsync("/auth/email", Wish(), HttpStatusCode.Accepted);
        Assert.Equal((New, ApiFixture.AdminEmail), ((await scene.LastMailAsync("email-change-confirm")).To, (await scene.LastMailAsync("email-change-approve")).To));

        Assert.True(await scene.PressAsync((await scene.LastMailAsync(first))["confirm_url"], "confirm"));
        await other.GetAsync("/auth/session", HttpStatusCode.OK);
        JsonElement waiting = (await owner.GetAsync("/auth/account", HttpStatusCode.OK)).GetProperty("email_change");
        Assert.Equal((New, 1), (waiting.GetProperty("new_email").GetString(), (waiting.GetProperty("old_confirmed").GetBoolean() ? 1 : 0) + (waiting.GetProperty("new_confirmed").GetBoolean() ? 1 : 0)));
        Assert.False(await scene.PressAsync((await scene.LastMailAsync(first))["confirm_url"], "confirm"));
        Assert.True(await scene.PressAsync((await scene.LastMailAsync(second))["confirm_url"], "confirm"));

        Assert.Equal(New, (await owner.GetAsync("/auth/session", HttpStatusCode.OK)).GetProperty("user").GetProperty("email").GetString());
        await other.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        SentMail told = await scene.LastMailAsync("email-changed");
        Assert.Equal((ApiFixture.AdminEmail, "n***@example.org"), (told.To, told["new_email"]));
        using HttpClient again = scene.NewBrowser();
        await AccountScene.SignInAsync(again, HttpStatusCode.Unauthorized);
        await AccountScene.SignInAsync(again, HttpStatusCode.OK, New);
        await using AsyncServiceScope start = scene.Api.Services.CreateAsyncScope();
        await start.ServiceProvider.GetRequiredService<Bootstrap>().RunAsync(CancellationToken.None);
        Assert.Equal(1, await scene.ScalarAsync<long>("SELECT count(*) FROM users")); // not made again under the old address
    }

    [Fact]
    public async Task Not_me_gives_the_account_back_to_the_old_address()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        await owner.PostAsync("/auth/email", Wish(), HttpStatusCode.Accepted);
        foreach (string template in (string[])["email-change-confirm", "email-change-approve"]) await scene.PressAsync((await scene.LastMailAsync(template))["confirm_url"], "confirm");

        Assert.True(await scene.PressAsync((await scene.LastMailAsync("email-changed"))["not_me_url"], "secure"));

        await owner.GetAsync("/auth/session", HttpStatusCode.Unauthorized);
        Assert.Equal(ApiFixture.AdminEmail, await scene.ScalarAsync<string>("SELECT email FROM users"));
        Assert.NotNull(await scene.ResetCodeAsync(owner, ApiFixture.AdminEmail));
    }

    [Fact]
    public async Task An_address_of_another_account_is_not_told_and_not_taken()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient colleague = await scene.AddColleagueAsync(), owner = await scene.SignedInAsync();
        await owner.PostAsync("/auth/email", Wish(AccountScene.Colleague), HttpStatusCode.Accepted);
        Assert.True(await scene.PressAsync((await scene.LastMailAsync("email-change-confirm"))["confirm_url"], "confirm"));

        Assert.False(await scene.PressAsync((await scene.LastMailAsync("email-change-approve"))["confirm_url"], "confirm"));

        Assert.Equal(2, await scene.ScalarAsync<long>("SELECT count(DISTINCT email) FROM users"));
        await colleague.GetAsync("/auth/session", HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_taken_back_replaced_too_old_or_overtaken_by_another_password_is_void()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        List<string> links = [];
        await AskAsync();
        await owner.DeleteAsync("/auth/email", HttpStatusCode.NoContent);
        await AskAsync();
        await AskAsync();
        await owner.PostAsync("/auth/password", $$"""{"current_password":"{{ApiFixture.AdminPassword}}","new_password":"another long secret"}""", HttpStatusCode.NoContent);
        await AskAsync("another long secret");
        scene.Clock.Advance(TimeSpan.FromDays(1));

        foreach (string link in links) Assert.False(await scene.PressAsync(link, "confirm"));
        Assert.Equal(ApiFixture.AdminEmail, await scene.ScalarAsync<string>("SELECT email FROM users"));

        async Task AskAsync(string password = ApiFixture.AdminPassword)
        {
            await owner.PostAsync("/auth/email", Wish(password: password), HttpStatusCode.Accepted);
            foreach (string template in (string[])["email-change-confirm", "email-change-approve"]) links.Add((await scene.LastMailAsync(template))["confirm_url"]);
        }
    }

    [Fact]
    public async Task Name_and_language_are_changed_at_will()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();

        JsonElement changed = await owner.PatchAsync("/auth/account", """{"name":" Grace ","locale":"fr"}""", HttpStatusCode.OK);
        Assert.Equal(("Grace", "fr"), (changed.GetProperty("name").GetString(), changed.GetProperty("locale").GetString()));
        await owner.PatchAsync("/auth/account", """{"name":null}""", HttpStatusCode.OK);
        JsonElement kept = await owner.GetAsync("/auth/account", HttpStatusCode.OK);

        Assert.Equal((JsonValueKind.Null, "fr", false), (kept.GetProperty("name").ValueKind, kept.GetProperty("locale").GetString(), kept.GetProperty("two_factor").GetProperty("enabled").GetBoolean()));
    }
}
