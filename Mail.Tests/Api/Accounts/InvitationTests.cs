using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Accounts;

/// <summary>Nobody gets into a project but by an invitation to a mailbox that they read.</summary>
public sealed class InvitationTests(PostgresFixture postgres)
{
    private static string Invite(string email = AccountScene.Colleague, string role = "developer") => JsonSerializer.Serialize(new { email, role });

    private static string Accept(string token, string? password = AccountScene.ColleaguePassword) => JsonSerializer.Serialize(new { token, password });

    private static string Look(string token) => JsonSerializer.Serialize(new { token });

    [Fact]
    public async Task A_colleague_opens_an_account_by_the_link_and_works_in_the_project()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), browser = scene.NewBrowser();
        JsonElement invited = await owner.PostAsync("/members/invitations", Invite(), HttpStatusCode.Created);
        Assert.Equal(("open", "developer", ApiFixture.AdminEmail), (Text(invited, "status"), Text(invited, "role"), Text(invited, "invited_by")));
        SentMail mail = await scene.LastMailAsync("member-invitation");
        Assert.Equal((AccountScene.Colleague, ApiFixture.AdminEmail, "Default", "Developer"), (mail.To, mail["inviter_name"], mail["project"], mail["role"]));
        string token = await scene.InvitationTokenAsync();

        for (int i = 0; i < 3; i++) // by scanners, too
        {
            JsonElement shown = await browser.PostAsync("/invitations/look", Look(token), HttpStatusCode.OK);
            Assert.Equal(("Default", AccountScene.Colleague, "developer", false), (Text(shown, "project"), Text(shown, "email"), Text(shown, "role"), shown.GetProperty("has_account").GetBoolean()));
        }

        Assert.Equal(1, await scene.ScalarAsync<long>("SELECT count(*) FROM users"));
        Assert.StartsWith("`password` is too weak", Text(await browser.PostAsync("/invitations/accept", Accept(token, "short"), HttpStatusCode.UnprocessableEntity), "message"), StringComparison.Ordinal);
        JsonElement session = await browser.PostAsync("/invitations/accept", Accept(token), HttpStatusCode.OK);

        Assert.Equal(("developer", AccountScene.Colleague), (Text(session.GetProperty("projects")[0], "role"), Text(session.GetProperty("user"), "email")));
        await browser.GetAsync("/emails", HttpStatusCode.OK);
        await browser.PostAsync("/members/invitations", Invite("third@example.net"), HttpStatusCode.Unauthorized); // a developer invites nobody
        Assert.Equal((AccountScene.Colleague, AccountScene.Console + "/"), ((await scene.LastMailAsync("welcome")).To, (await scene.LastMailAsync("welcome"))["start_url"]));
        Assert.Equal("invitation_used", Text(await browser.PostAsync("/invitations/accept", Accept(token), HttpStatusCode.Conflict), "name"));
        Assert.Equal("accepted", Text((await owner.GetAsync("/members/invitations", HttpStatusCode.OK)).GetProperty("data")[0], "status"));
        Assert.DoesNotContain(scene.Api.Log, line => line.Contains(token, StringComparison.Ordinal));
        Assert.Equal("member_invitation.create", await scene.ScalarAsync<string>("SELECT action FROM audit_log WHERE action LIKE 'member_invitation.%'"));
    }

    [Fact]
    public async Task Whoever_has_an_account_signs_in_and_gets_a_membership()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient colleague = await scene.AddColleagueAsync("owner"), other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        await other.PostAsync("/members/invitations", Invite(role: "viewer"), HttpStatusCode.Created);
        string token = await scene.InvitationTokenAsync();
        using HttpClient stranger = scene.NewBrowser(), admin = await scene.SignedInAsync();

        Assert.True((await stranger.PostAsync("/invitations/look", Look(token), HttpStatusCode.OK)).GetProperty("has_account").GetBoolean());
        Assert.Equal("account_exists", Text(await stranger.PostAsync("/invitations/accept", Accept(token), HttpStatusCode.Conflict), "name"));
        Assert.Equal("wrong_account", Text(await admin.PostAsync("/invitations/accept", Accept(token), HttpStatusCode.Forbidden), "name"));
        JsonElement session = await colleague.PostAsync("/invitations/accept", Look(token), HttpStatusCode.OK);

        Assert.Equal(["owner", "viewer"], session.GetProperty("projects").EnumerateArray().Select(project => Text(project, "role")));
        await colleague.PostAsync("/invitations/accept", Look(token), HttpStatusCode.Conflict);
        await other.PostAsync("/members/invitations", Invite(), HttpStatusCode.Conflict); // a member already
    }

    [Fact]
    public async Task Of_many_acceptances_at_once_one_opens_an_account()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        await owner.PostAsync("/members/invitations", Invite(), HttpStatusCode.Created);
        string token = await scene.InvitationTokenAsync();

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using HttpClient browser = scene.NewBrowser();
            using HttpResponseMessage answer = await browser.PostAsync(new Uri("/invitations/accept", UriKind.Relative), ApiFixture.Json(Accept(token)));
            return answer.StatusCode;
        }));

        Assert.Equal((1, 5), (answers.Count(answer => answer is HttpStatusCode.OK), answers.Count(answer => answer is HttpStatusCode.Conflict)));
        Assert.Equal((2L, 2L), (await scene.ScalarAsync<long>("SELECT count(*) FROM users"), await scene.ScalarAsync<long>("SELECT count(*) FROM project_members")));
    }

    [Fact]
    public async Task A_link_that_was_replaced_revoked_is_too_old_or_was_made_up_opens_nothing()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), browser = scene.NewBrowser();
        string id = Text(await owner.PostAsync("/members/invitations", Invite(), HttpStatusCode.Created), "id"), first = await scene.InvitationTokenAsync();
        Assert.Equal("already_invited", Text(await owner.PostAsync("/members/invitations", Invite("COLLEAGUE@example.net"), HttpStatusCode.Conflict), "name"));

        await owner.PostAsync($"/members/invitations/{id}/resend", "", HttpStatusCode.OK);
        string second = await scene.InvitationTokenAsync();
        await browser.PostAsync("/invitations/accept", Accept(first), HttpStatusCode.NotFound);
        scene.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5));
        using HttpClient later = await scene.SignedInAsync();
        await browser.PostAsync("/invitations/look", Look(second), HttpStatusCode.OK);
        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("invitation_expired", Text(await browser.PostAsync("/invitations/accept", Accept(second), HttpStatusCode.Conflict), "name"));

        string next = Text(await later.PostAsync("/members/invitations", Invite(), HttpStatusCode.Created), "id"), third = await scene.InvitationTokenAsync(); // in place of the one that is over
        Assert.Equal("revoked", Text(await later.DeleteAsync($"/members/invitations/{next}", HttpStatusCode.OK), "status"));
        Assert.Equal("invitation_revoked", Text(await browser.PostAsync("/invitations/accept", Accept(third), HttpStatusCode.Conflict), "name"));
        await later.DeleteAsync($"/members/invitations/{next}", HttpStatusCode.Conflict);
        await later.PostAsync($"/members/invitations/{next}/resend", "", HttpStatusCode.Conflict);
        foreach (string forged in (string[])["x", new string('A', 43), third[..^1], "é'\"<"]) await browser.PostAsync("/invitations/accept", Accept(forged), HttpStatusCode.NotFound);
        Assert.Equal(1, await scene.ScalarAsync<long>("SELECT count(*) FROM users"));
    }

    [Fact]
    public async Task Owners_are_invited_by_owners_and_another_project_sees_nothing()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient admin = await scene.AddColleagueAsync("admin"), owner = await scene.SignedInAsync(), app = scene.Api.ClientWith(ApiFixture.LiveKey), other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());

        foreach (HttpClient client in (HttpClient[])[admin, app]) Assert.Equal("owner_needed", Text(await client.PostAsync("/members/invitations", Invite("boss@example.net", "owner"), HttpStatusCode.Forbidden), "name"));
        string id = Text(await owner.PostAsync("/members/invitations", Invite("boss@example.net", "owner"), HttpStatusCode.Created), "id");
        await admin.PostAsync($"/members/invitations/{id}/resend", "", HttpStatusCode.Forbidden);
        await admin.DeleteAsync($"/members/invitations/{id}", HttpStatusCode.Forbidden);
        await admin.PostAsync("/members/invitations", Invite("peer@example.net", "admin"), HttpStatusCode.Created);

        await other.GetAsync($"/members/invitations/{id}", HttpStatusCode.NotFound);
        await other.PostAsync($"/members/invitations/{id}/resend", "", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/members/invitations/{id}", HttpStatusCode.NotFound);
        await owner.DeleteAsync("/members/invitations/x", HttpStatusCode.NotFound);
        Assert.DoesNotContain((await other.GetAsync("/members/invitations", HttpStatusCode.OK)).GetProperty("data").EnumerateArray(), _ => true);
        Assert.Equal("open", Text(await owner.GetAsync($"/members/invitations/{id}", HttpStatusCode.OK), "status"));
    }

    [Fact]
    public async Task A_stranger_is_not_flooded_with_invitations()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient app = scene.Api.ClientWith(ApiFixture.LiveKey), other = scene.Api.ClientWith(await scene.Api.AddProjectAsync());
        string id = Text(await app.PostAsync("/members/invitations", Invite(), HttpStatusCode.Created), "id");
        for (int i = 0; i < 4; i++) await app.PostAsync($"/members/invitations/{id}/resend", "", HttpStatusCode.OK);

        await app.PostAsync($"/members/invitations/{id}/resend", "", HttpStatusCode.TooManyRequests);
        await other.PostAsync("/members/invitations", Invite(), HttpStatusCode.TooManyRequests);

        Assert.Equal(5, (await scene.MailsAsync()).Count);
    }

    [Fact]
    public async Task An_installation_that_cannot_mail_says_what_to_set()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres, ("EMAIL_FROM", ""));
        using HttpClient owner = await scene.SignedInAsync();

        Assert.Contains("EMAIL_FROM", Text(await owner.PostAsync("/members/invitations", Invite(), HttpStatusCode.ServiceUnavailable), "message"), StringComparison.Ordinal);
        await owner.PostAsync("/auth/password", $$"""{"current_password":"{{ApiFixture.AdminPassword}}","new_password":"another long secret"}""", HttpStatusCode.NoContent); // security does not wait for it

        Assert.Equal(0, await scene.ScalarAsync<long>("SELECT count(*) FROM member_invitations"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
