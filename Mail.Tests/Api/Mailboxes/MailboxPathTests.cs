using System.Net;
using System.Text.Json;
using Mail.Tests.Core.Mailboxes;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Mailboxes;

/// <summary>BOX-1, BOX-2, BOX-3: the three old paths, with their bodies exactly.</summary>
public sealed class MailboxPathTests(PostgresFixture postgres)
{
    private static string[] Names(JsonElement body) => [.. body.EnumerateObject().Select(field => field.Name)];

    /// <summary>BOX-1, BOX-5.</summary>
    [Theory]
    [InlineData("/api/email/check-availability")]
    [InlineData("/api/email/check-availability/")]
    [InlineData("/mailboxes/check")]
    public async Task A_free_name_is_available_and_beside_one_that_is_taken_stand_five_free_ones(string path)
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        JsonElement free = await scene.Client.PostAsync(path, """{"username":"Contact"}""", HttpStatusCode.OK);
        Assert.Equal(["available", "email", "suggestions"], Names(free));
        Assert.Equal((true, "contact@boxes.example.org", 0), (free.GetProperty("available").GetBoolean(), free.GetProperty("email").GetString(), free.GetProperty("suggestions").GetArrayLength()));

        await MailboxApiScene.CreateAsync(scene.Client, "contact");
        await MailboxApiScene.CreateAsync(scene.Client, "contact3");
        JsonElement taken = await scene.Client.PostAsync(path, """{"username":"contact"}""", HttpStatusCode.OK);
        Assert.False(taken.GetProperty("available").GetBoolean());
        Assert.Equal(["contact2", "contact4", "contact5", "contact6", "contact7"], taken.GetProperty("suggestions").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(taken.GetRawText(), (await scene.Client.PostAsync(path, """{"username":"contact"}""", HttpStatusCode.OK)).GetRawText());
        foreach (JsonElement name in taken.GetProperty("suggestions").EnumerateArray())
            Assert.True((await scene.Client.PostAsync(path, MailboxApiScene.Wish(name.GetString()!), HttpStatusCode.OK)).GetProperty("available").GetBoolean());
    }

    /// <summary>BOX-1: also the provider's own, which our table does not know; and of the suggestions those that it has are left out.</summary>
    [Fact]
    public async Task A_name_that_the_provider_has_is_not_available_and_is_not_proposed()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        foreach (string name in (string[])["sales", "sales2", "sales4"]) scene.Cloud.AddForeign($"{name}@{MailboxApiScene.Domain}");

        JsonElement taken = await scene.Client.PostAsync("/api/email/check-availability", """{"username":"sales"}""", HttpStatusCode.OK);

        Assert.False(taken.GetProperty("available").GetBoolean());
        Assert.Equal(["sales3", "sales5", "sales6", "sales7", "sales8"], taken.GetProperty("suggestions").EnumerateArray().Select(name => name.GetString()));
        JsonElement refused = await scene.Client.PostAsync("/api/email/create", """{"username":"sales"}""", HttpStatusCode.Conflict);
        Assert.Equal(("mailbox_exists", 5), (refused.GetProperty("name").GetString(), refused.GetProperty("suggestions").GetArrayLength()));
        Assert.Equal(3, scene.Cloud.Accounts.Count);
    }

    [Fact]
    public async Task While_the_provider_does_not_answer_nobody_is_told_that_a_name_is_free()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        scene.Cloud.Script("is_taken", Problems.Down);

        JsonElement answer = await scene.Client.PostAsync("/api/email/check-availability", """{"username":"sales"}""", HttpStatusCode.ServiceUnavailable);

        Assert.Equal("provider_unavailable", answer.GetProperty("name").GetString());
    }

    /// <summary>BOX-2.</summary>
    [Theory]
    [InlineData("/api/email/create")]
    [InlineData("/api/email/create/")]
    [InlineData("/mailboxes")]
    public async Task A_created_mailbox_comes_with_credentials_that_work_and_are_shown_once(string path)
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);

        JsonElement made = await scene.Client.PostAsync(path, """{"username":"Marie.Dupont","display_name":" Marie\r\n  Dupont\u202e "}""", HttpStatusCode.Created);

        Assert.Equal(["success", "email", "credentials", "webmail"], Names(made)[..4]);
        Assert.Equal((true, "marie.dupont@boxes.example.org", "https://mail.memory.example/"), (made.GetProperty("success").GetBoolean(), made.GetProperty("email").GetString(), made.GetProperty("webmail").GetString()));
        JsonElement credentials = made.GetProperty("credentials");
        Assert.Equal(["smtp_server", "smtp_port", "username", "password"], Names(credentials)[..4]);
        Assert.Equal(("smtp.memory.example", 587), (credentials.GetProperty("smtp_server").GetString(), credentials.GetProperty("smtp_port").GetInt32()));
        Assert.True(scene.Cloud.SignsIn(credentials.GetProperty("username").GetString()!, credentials.GetProperty("password").GetString()!));

        string id = made.GetProperty("id").GetString()!;
        JsonElement shown = await scene.Client.GetAsync($"/mailboxes/{id}", HttpStatusCode.OK);
        Assert.Equal(("active", "Marie Dupont", "memory", false), (shown.GetProperty("status").GetString(), shown.GetProperty("display_name").GetString(), shown.GetProperty("provider").GetString(), shown.GetProperty("credentials_waiting").GetBoolean()));
        Assert.Equal("credentials_shown", (await scene.Client.PostAsync($"/mailboxes/{id}/credentials", "", HttpStatusCode.Conflict)).GetProperty("name").GetString());
        string password = credentials.GetProperty("password").GetString()!;
        foreach (string later in (string[])[$"/mailboxes/{id}", $"/mailboxes/{id}/timeline", "/mailboxes", "/mailboxes/log", "/audit-log", "/api/email/my-accounts", "/mailbox-connections"])
            Assert.DoesNotContain(password, (await scene.Client.GetAsync(later, HttpStatusCode.OK)).GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>BOX-2: a refusal half-way leaves nothing, there or here, and says what to do.</summary>
    [Fact]
    public async Task What_the_provider_refuses_is_undone_and_told_with_a_remedy()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        scene.Cloud.Script("set_up_sending", Problems.LicenceMissing);

        JsonElement refused = await MailboxApiScene.CreateAsync(scene.Client, "sales", HttpStatusCode.Conflict);

        Assert.Equal("provider_licence_missing", refused.GetProperty("name").GetString());
        Assert.Contains("Buy one.", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => Task.FromResult(scene.Cloud.Accounts.Count == 0));
        await MailboxApiScene.CreateAsync(scene.Client, "sales"); // the name is free again
    }

    /// <summary>BOX-2: what takes long goes on without whoever asked.</summary>
    [Fact]
    public async Task What_takes_longer_than_the_caller_waits_is_202_and_goes_on()
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        scene.Cloud.Script("create", Problems.Throttled(TimeSpan.FromMinutes(3)));

        JsonElement waiting = await MailboxApiScene.CreateAsync(scene.Client, "sales", HttpStatusCode.Accepted);

        Assert.Equal((false, "provisioning", JsonValueKind.Null), (waiting.GetProperty("success").GetBoolean(), waiting.GetProperty("status").GetString(), waiting.GetProperty("credentials").ValueKind));
        JsonElement why = waiting.GetProperty("waiting_for");
        Assert.Equal(("active", "reserved", "Too many requests."), (why.GetProperty("goal").GetString(), why.GetProperty("step").GetString(), why.GetProperty("reason").GetString()));
        Assert.True(why.GetProperty("next_attempt_at").GetDateTimeOffset() > scene.Clock.GetUtcNow().AddMinutes(2));
        string id = waiting.GetProperty("id").GetString()!;
        Assert.Equal("mailbox_busy", (await scene.Client.PostAsync($"/mailboxes/{id}/credentials", "", HttpStatusCode.Conflict)).GetProperty("name").GetString());

        scene.Clock.Advance(TimeSpan.FromMinutes(4));
        await Eventually.TrueAsync(async () => (await scene.Client.GetAsync($"/mailboxes/{id}", HttpStatusCode.OK)).GetProperty("status").GetString() == "active");
        JsonElement taken = await scene.Client.PostAsync($"/mailboxes/{id}/credentials", "", HttpStatusCode.OK);
        Assert.True(scene.Cloud.SignsIn("sales@boxes.example.org", taken.GetProperty("credentials").GetProperty("password").GetString()!));
    }

    [Theory]
    [InlineData("wait=0")]
    [InlineData("respond-async")]
    [InlineData("handling=strict, wait=1")]
    public async Task A_caller_says_how_long_to_wait(string prefer)
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres, work: false);

        JsonElement waiting = await MailboxApiScene.CreateAsync(scene.Client, "sales", HttpStatusCode.Accepted, ("Prefer", prefer));

        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("waiting_for").GetProperty("reason").ValueKind);
        await MailboxApiScene.CreateAsync(scene.Client, "other", HttpStatusCode.UnprocessableEntity, ("Prefer", "wait=soon"));
    }

    /// <summary>BOX-3: to the user what is the user's, the newest first, without what has ended.</summary>
    [Theory]
    [InlineData("/api/email/my-accounts")]
    [InlineData("/api/email/my-accounts/")]
    public async Task My_accounts_are_the_users_own(string path)
    {
        await using MailboxApiScene scene = await MailboxApiScene.StartAsync(postgres);
        using HttpClient ada = scene.For("ada"), bob = scene.For("bob");
        await MailboxApiScene.CreateAsync(ada, "one");
        string second = (await MailboxApiScene.CreateAsync(ada, "two")).GetProperty("id").GetString()!, third = (await MailboxApiScene.CreateAsync(ada, "three")).GetProperty("id").GetString()!;
        await MailboxApiScene.CreateAsync(bob, "four");
        await ada.PostAsync($"/mailboxes/{second}/suspend", "", HttpStatusCode.OK);
        await ada.DeleteAsync($"/mailboxes/{third}", HttpStatusCode.OK);

        JsonElement[] accounts = [.. (await ada.GetAsync(path, HttpStatusCode.OK)).GetProperty("accounts").EnumerateArray()];

        Assert.Equal(["email", "status", "emails_sent_today", "emails_sent_month"], Names(accounts[0])[..4]);
        Assert.Equal([("two@boxes.example.org", "suspended"), ("one@boxes.example.org", "active")], accounts.Select(one => (one.GetProperty("email").GetString()!, one.GetProperty("status").GetString()!)));
        Assert.Equal(3, (await scene.Client.GetAsync(path, HttpStatusCode.OK)).GetProperty("accounts").GetArrayLength()); // an app without a user
    }
}
