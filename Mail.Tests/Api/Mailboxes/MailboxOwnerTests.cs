using System.Net;
using System.Text.Json;
using Mail.Api.Mailboxes;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>Who sees and changes which mailboxes, and what is asked of whom.</summary>
public sealed class MailboxOwnerTests(PostgresFixture postgres)
{
    [Fact]
    public async Task To_another_user_project_or_key_a_mailbox_does_not_exist()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        using HttpClient ada = scene.For("ada"), bob = scene.For("bob"), foreign = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        string id = (await MailboxApiScene.CreateAsync(ada, "one")).GetProperty("id").GetString()!;

        foreach (HttpClient other in (HttpClient[])[bob, foreign])
        {
            foreach (string path in (string[])[$"/mailboxes/{id}", $"/mailboxes/{id}/timeline"]) await other.GetAsync(path, HttpStatusCode.NotFound);
            foreach (string act in (string[])["suspend", "resume", "rotate", "credentials"]) await other.PostAsync($"/mailboxes/{id}/{act}", "", HttpStatusCode.NotFound);
            await other.DeleteAsync($"/mailboxes/{id}", HttpStatusCode.NotFound);
            foreach (string list in (string[])["/mailboxes", "/mailboxes/log"]) Assert.Equal(0, (await other.GetAsync(list, HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
            Assert.Equal(0, (await other.GetAsync("/api/email/my-accounts", HttpStatusCode.OK)).GetProperty("accounts").GetArrayLength());
        }

        Assert.Equal("active", (await ada.GetAsync($"/mailboxes/{id}", HttpStatusCode.OK)).GetProperty("status").GetString());
        Assert.Equal("ada", (await scene.Client.GetAsync($"/mailboxes/{id}", HttpStatusCode.OK)).GetProperty("user").GetString()); // an app without a user sees all
    }

    [Fact]
    public async Task The_same_name_is_free_in_another_project_and_in_another_domain()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        await scene.Client.PostAsync("/mailbox-domains", JsonSerializer.Serialize(new { domain = "Zwei.Example.org", connection = scene.Connection }), HttpStatusCode.Created);
        await MailboxApiScene.CreateAsync(scene.Client, "one");

        JsonElement second = await scene.Client.PostAsync("/api/email/create", MailboxApiScene.Wish("one", domain: "zwei.example.org"), HttpStatusCode.Created);

        Assert.Equal("one@zwei.example.org", second.GetProperty("email").GetString());
        await MailboxApiScene.CreateAsync(scene.Client, "one", HttpStatusCode.Conflict);
        Assert.Equal("validation_error", (await scene.Client.PostAsync("/api/email/create", MailboxApiScene.Wish("two", domain: "not.ours.example"), HttpStatusCode.UnprocessableEntity)).GetProperty("name").GetString());
    }

    /// <summary>BOX-10: several domains, and a default for each user.</summary>
    [Fact]
    public async Task A_user_has_a_domain_of_their_choice()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        await scene.Client.PostAsync("/mailbox-domains", JsonSerializer.Serialize(new { domain = "two.example.org", connection = scene.Connection }), HttpStatusCode.Created);
        using HttpClient ada = scene.For("ada");
        Assert.Equal(JsonValueKind.Null, (await ada.GetAsync("/mailbox-users/me", HttpStatusCode.OK)).GetProperty("default_domain").ValueKind);

        await ada.PutAsync("/mailbox-users/me", """{"default_domain":"Two.example.org"}""", HttpStatusCode.OK);

        Assert.Equal("x@two.example.org", (await MailboxApiScene.CreateAsync(ada, "x")).GetProperty("email").GetString());
        Assert.Equal("x@boxes.example.org", (await MailboxApiScene.CreateAsync(scene.Client, "x")).GetProperty("email").GetString());
        Assert.Equal("two.example.org", (await scene.Client.GetAsync("/mailbox-users/ada", HttpStatusCode.OK)).GetProperty("default_domain").GetString());
        using HttpClient bob = scene.For("bob");
        await bob.GetAsync("/mailbox-users/ada", HttpStatusCode.NotFound);
        await bob.PutAsync("/mailbox-users/ada", """{"default_domain":"two.example.org"}""", HttpStatusCode.NotFound);
        await ada.PutAsync("/mailbox-users/me", """{"default_domain":"not.ours.example"}""", HttpStatusCode.UnprocessableEntity);
        await ada.DeleteAsync("/mailbox-users/me", HttpStatusCode.NoContent);
        Assert.Equal("y@boxes.example.org", (await MailboxApiScene.CreateAsync(ada, "y")).GetProperty("email").GetString());
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("user:0194")]
    [InlineData("key:0194")]
    [InlineData("long")]
    public async Task A_user_is_a_text_of_the_apps_own(string user)
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        string given = user == "long" ? new string('u', 201) : user;

        JsonElement refused = await MailboxApiScene.CreateAsync(scene.Client, "one", HttpStatusCode.UnprocessableEntity, (MailboxCaller.Header, given));

        Assert.Contains("X-Mail-User", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await scene.Api.CountAsync("mailboxes"));
    }

    /// <summary>BOX-9: the second factor, shown in the last ten minutes, before anything is made or shown; not of keys.</summary>
    [Fact]
    public async Task A_session_shows_its_second_factor_before_a_mailbox_is_made()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        using HttpClient console = await scene.Accounts.SignedInAsync();
        Assert.Equal("two_factor_required", (await MailboxApiScene.CreateAsync(console, "one", HttpStatusCode.Forbidden)).GetProperty("name").GetString());
        await console.PostAsync("/api/email/check-availability", """{"username":"one"}""", HttpStatusCode.OK); // whoever looks needs none

        (byte[] secret, _) = await scene.Accounts.EnableTwoFactorAsync(console);
        await console.PostAsync("/auth/two-factor/confirm", JsonSerializer.Serialize(new { code = scene.Accounts.CodeNow(secret) }), HttpStatusCode.NoContent);
        string id = (await MailboxApiScene.CreateAsync(console, "one")).GetProperty("id").GetString()!;
        scene.Clock.Advance(TimeSpan.FromMinutes(11));
        foreach (string path in (string[])["/api/email/create", "/mailboxes", $"/mailboxes/{id}/rotate", $"/mailboxes/{id}/credentials"])
            Assert.Equal("two_factor_not_fresh", (await console.PostAsync(path, """{"username":"two"}""", HttpStatusCode.Forbidden)).GetProperty("name").GetString());
        Assert.Equal(1, await scene.Api.CountAsync("mailboxes"));

        await console.PostAsync("/auth/two-factor/confirm", JsonSerializer.Serialize(new { code = scene.Accounts.CodeNow(secret) }), HttpStatusCode.NoContent);
        await MailboxApiScene.CreateAsync(console, "two");
        await console.PostAsync($"/mailboxes/{id}/suspend", "", HttpStatusCode.OK);
        Assert.StartsWith("user:", (await console.GetAsync($"/mailboxes/{id}", HttpStatusCode.OK)).GetProperty("user").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_developer_sees_their_own_in_the_console_and_an_administrator_all()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        using HttpClient ada = scene.For("ada"), colleague = await scene.Accounts.AddColleagueAsync(), owner = await scene.Accounts.SignedInAsync();
        string id = (await MailboxApiScene.CreateAsync(ada, "one")).GetProperty("id").GetString()!;

        await colleague.GetAsync($"/mailboxes/{id}", HttpStatusCode.NotFound);
        using HttpRequestMessage pretending = new(HttpMethod.Get, "/mailboxes") { Headers = { { MailboxCaller.Header, "ada" } } };
        using HttpResponseMessage refused = await colleague.SendAsync(pretending, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await colleague.GetAsync("/mailboxes/statistics", HttpStatusCode.Unauthorized); // restricted_api_key, as everywhere
        await owner.GetAsync($"/mailboxes/{id}", HttpStatusCode.OK);
        Assert.Equal(0, (await owner.GetAsync("/api/email/my-accounts", HttpStatusCode.OK)).GetProperty("accounts").GetArrayLength()); // "my" is the owner's own
    }

    /// <summary>Mailboxes are real accounts at providers: the sandbox has none.</summary>
    [Fact]
    public async Task A_test_key_reaches_none_of_it()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);
        using HttpClient test = scene.Api.ClientWith((await scene.Client.PostAsync("/api-keys", """{"name":"ci","test":true}""", HttpStatusCode.Created)).GetProperty("token").GetString());
        int calls = scene.Cloud.Calls.Count;

        foreach (string path in (string[])["/mailboxes", "/mailboxes/log", "/mailboxes/statistics", "/mailboxes/usage", "/api/email/my-accounts", "/mailbox-connections", "/mailbox-connections/kinds", "/mailbox-domains", "/mailbox-users/me"])
            await test.GetAsync(path, HttpStatusCode.Forbidden);
        foreach (string path in (string[])["/mailboxes", "/mailboxes/check", "/api/email/create", "/api/email/check-availability", "/mailbox-connections", "/mailbox-domains"])
            await test.PostAsync(path, """{"username":"one"}""", HttpStatusCode.Forbidden);

        Assert.Equal(calls, scene.Cloud.Calls.Count);
    }
}
