using System.Net;
using System.Text.Json;
using Mail.Tests.Api.Accounts;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Access;

/// <summary>Nobody gets more than they were given: neither by a key, nor by an invitation, nor by what they leave behind, nor by what a project's people may read.</summary>
public sealed class EscalationTests(PostgresFixture postgres)
{
    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string[] ScopesOf(JsonElement key) => [.. key.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)];

    private static async Task<HttpClient> KeyAsync(AccountScene scene, HttpClient maker, string body) => scene.Api.ClientWith(Text(await maker.PostAsync("/api-keys", body, HttpStatusCode.Created), "token"));

    private static string Invite(string email, string role) => JsonSerializer.Serialize(new { email, role });

    [Theory]
    [InlineData("""{"name":"members","scopes":["members:read","members:write"]}""")]
    [InlineData("""{"name":"restricted","expires_at":"2099-01-01T00:00:00Z"}""")]
    [InlineData("""{"name":"sandbox","test":true}""")]
    public async Task A_key_gives_no_role_that_may_do_more_than_the_key(string body)
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), colleague = await scene.AddColleagueAsync("viewer"), key = await KeyAsync(scene, owner, body);
        string id = Text((await owner.GetAsync("/members", HttpStatusCode.OK)).GetProperty("data")[1], "id");

        Assert.Equal("restricted_api_key", Text(await key.PostAsync("/members/invitations", Invite("x@example.net", "admin"), HttpStatusCode.Forbidden), "name"));
        Assert.Equal("restricted_api_key", Text(await key.PatchAsync($"/members/{id}", """{"role":"admin"}""", HttpStatusCode.Forbidden), "name"));

        using HttpClient full = await KeyAsync(scene, owner, """{"name":"full"}"""); // one that may do all of it may give it
        await full.PostAsync("/members/invitations", Invite("x@example.net", "admin"), HttpStatusCode.Created);
        await full.PatchAsync($"/members/{id}", """{"role":"admin"}""", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_is_removed_does_not_come_back_by_keys_or_invitations_and_their_apps_go_on()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient admin = await scene.AddColleagueAsync("admin"), owner = await scene.SignedInAsync(), friend = scene.NewBrowser();
        using HttpClient app = await KeyAsync(scene, admin, """{"name":"app"}"""), hidden = await KeyAsync(scene, app, """{"name":"by the app"}"""), ruling = await KeyAsync(scene, admin, """{"name":"rules","scopes":["members:write"]}""");
        string rotated = Text(await app.PostAsync($"/api-keys/{Text((await owner.GetAsync("/api-keys", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Last(), "id")}/rotate", """{"grace_hours":24}""", HttpStatusCode.Created), "token"); // the bootstrap key
        using HttpClient taken = scene.Api.ClientWith(rotated);
        await admin.PostAsync("/members/invitations", Invite("friend@example.net", "admin"), HttpStatusCode.Created);
        string token = await scene.InvitationTokenAsync();
        await app.PostAsync("/members/invitations", Invite("other@example.net", "viewer"), HttpStatusCode.Created);
        string second = await scene.InvitationTokenAsync();
        await owner.PostAsync("/members/invitations", Invite("honest@example.net", "viewer"), HttpStatusCode.Created);
        string honest = await scene.InvitationTokenAsync();
        string id = Text((await owner.GetAsync("/members", HttpStatusCode.OK)).GetProperty("data")[1], "id");

        await owner.DeleteAsync($"/members/{id}", HttpStatusCode.OK);

        foreach (HttpClient key in (HttpClient[])[app, hidden, taken])
        {
            await key.PostAsync("/members/invitations", Invite("me@example.net", "viewer"), HttpStatusCode.Unauthorized);
            await key.PostAsync("/api-keys", """{"name":"again"}""", HttpStatusCode.Unauthorized);
            await key.PatchAsync("/project", """{"name":"mine"}""", HttpStatusCode.Unauthorized);
            await key.GetAsync("/emails", HttpStatusCode.OK); // and goes on with what it is for
        }

        await ruling.PostAsync("/members/invitations", Invite("me@example.net", "viewer"), HttpStatusCode.Forbidden); // nothing was left of it
        foreach (string gone in (string[])[token, second])
            Assert.Equal("invitation_revoked", Text(await friend.PostAsync("/invitations/accept", JsonSerializer.Serialize(new { token = gone, password = AccountScene.ColleaguePassword }), HttpStatusCode.Conflict), "name"));
        await friend.PostAsync("/invitations/accept", JsonSerializer.Serialize(new { token = honest, password = AccountScene.ColleaguePassword }), HttpStatusCode.OK);
    }

    /// <summary>Whoever leaves may have kept what they made. Nothing stops, and the project's people know.</summary>
    [Fact]
    public async Task A_key_that_somebody_knows_who_has_left_is_shown_as_such_and_told_until_it_is_replaced()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient colleague = await scene.AddColleagueAsync("developer"), owner = await scene.SignedInAsync();
        string own = Text(await owner.PostAsync("/api-keys", """{"name":"own"}""", HttpStatusCode.Created), "id"), theirs = Text(await colleague.PostAsync("/api-keys", """{"name":"shop"}""", HttpStatusCode.Created), "id");
        Assert.False(await HasLeftAsync(theirs));

        await colleague.PostAsync("/members/leave", "", HttpStatusCode.NoContent);

        Assert.Equal((true, false), (await HasLeftAsync(theirs), await HasLeftAsync(own)));
        Assert.True((await owner.GetAsync("/api-keys", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Single(key => Text(key, "id") == theirs).GetProperty("maker_has_left").GetBoolean());
        await Eventually.TrueAsync(async () => (await AlertsAsync()).SingleOrDefault(alert => Text(alert, "kind") == "leaver_keys") is { ValueKind: JsonValueKind.Object } alert && alert.GetRawText().Contains("shop", StringComparison.Ordinal));

        string replaced = Text(await owner.PostAsync($"/api-keys/{theirs}/rotate", """{"grace_hours":24}""", HttpStatusCode.Created), "id");
        Assert.False(await HasLeftAsync(replaced));
        await Eventually.TrueAsync(async () => (await AlertsAsync()).All(alert => alert.GetProperty("resolved_at").ValueKind is JsonValueKind.String));

        async Task<bool> HasLeftAsync(string id) => (await owner.GetAsync($"/api-keys/{id}", HttpStatusCode.OK)).GetProperty("maker_has_left").GetBoolean();
        async Task<List<JsonElement>> AlertsAsync() => [.. (await owner.GetAsync("/alerts", HttpStatusCode.OK)).GetProperty("data").EnumerateArray()];
    }

    [Fact]
    public async Task Who_loses_a_role_keeps_what_the_new_one_may_do()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient admin = await scene.AddColleagueAsync("admin"), owner = await scene.SignedInAsync();
        string key = Text(await admin.PostAsync("/api-keys", """{"name":"app"}""", HttpStatusCode.Created), "id");
        await admin.PostAsync("/members/invitations", Invite("friend@example.net", "viewer"), HttpStatusCode.Created);
        string token = await scene.InvitationTokenAsync(), id = Text((await owner.GetAsync("/members", HttpStatusCode.OK)).GetProperty("data")[1], "id");

        await owner.PatchAsync($"/members/{id}", """{"role":"developer"}""", HttpStatusCode.OK);

        string[] scopes = ScopesOf(await owner.GetAsync($"/api-keys/{key}", HttpStatusCode.OK));
        Assert.DoesNotContain("members:write", scopes);
        Assert.DoesNotContain("audit:read", scopes);
        Assert.Contains("api-keys:write", scopes); // which developers have
        Assert.Contains("emails:send", scopes);
        await admin.PatchAsync("/project", """{"name":"mine"}""", HttpStatusCode.Unauthorized); // the session that was open
        using HttpClient friend = scene.NewBrowser();
        await friend.PostAsync("/invitations/look", JsonSerializer.Serialize(new { token }), HttpStatusCode.Conflict);

        await owner.PatchAsync($"/members/{id}", """{"role":"admin"}""", HttpStatusCode.OK); // up again: nothing comes back by itself
        Assert.DoesNotContain("members:write", ScopesOf(await owner.GetAsync($"/api-keys/{key}", HttpStatusCode.OK)));
    }

    /// <summary>A viewer who read an invitation, or the owner's code, would be an owner.</summary>
    [Fact]
    public async Task Nobody_of_the_project_reads_the_codes_and_links_of_its_accounts()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync(), viewer = await scene.AddColleagueAsync("viewer"), app = scene.Api.ClientWith(ApiFixture.LiveKey);
        await owner.PostAsync("/members/invitations", Invite("boss@example.net", "owner"), HttpStatusCode.Created);
        string token = await scene.InvitationTokenAsync(), code = (await scene.ResetCodeAsync(viewer, ApiFixture.AdminEmail))!;
        int seen = 0;
        foreach (JsonElement mail in (await app.GetAsync("/emails?limit=100", HttpStatusCode.OK)).GetProperty("data").EnumerateArray())
        {
            foreach (HttpClient reader in (HttpClient[])[viewer, app, owner])
            {
                foreach (string part in (string[])["", "/html", "/text", "/raw", "/events"])
                {
                    using HttpResponseMessage answer = await reader.GetAsync(new Uri($"/emails/{Text(mail, "id")}{part}", UriKind.Relative), TestContext.Current.CancellationToken);
                    string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    Assert.DoesNotContain(token, body, StringComparison.Ordinal);
                    Assert.DoesNotContain($"{code}", body.Replace(Text(mail, "id"), "", StringComparison.Ordinal), StringComparison.Ordinal);
                    seen++;
                }
            }
        }

        Assert.True(seen > 30);
    }

    /// <summary>Whoever attacks an account would first see to it that its owner hears of nothing, and gets no code.</summary>
    [Fact]
    public async Task Nobody_of_the_project_keeps_from_its_accounts_what_they_are_told()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient developer = await scene.AddColleagueAsync("developer"), stranger = scene.NewBrowser();
        await developer.PostAsync("/suppressions", JsonSerializer.Serialize(new { email = ApiFixture.AdminEmail }), HttpStatusCode.Created);
        Assert.NotNull(await scene.ResetCodeAsync(stranger, ApiFixture.AdminEmail));
        string mine = Text((await developer.GetAsync("/emails?limit=1", HttpStatusCode.OK)).GetProperty("data")[0], "id");

        Assert.Equal("own_message", Text(await developer.PostAsync($"/emails/{mine}/cancel", "", HttpStatusCode.Forbidden), "name"));
        Assert.Equal("own_message", Text(await developer.PatchAsync($"/emails/{mine}", """{"scheduled_at":"in 29 days"}""", HttpStatusCode.Forbidden), "name"));

        FakeRelay relay = new();
        await using TestWorker worker = await TestWorker.StartAsync(scene.Api.ConnectionString, relay);
        await Eventually.TrueAsync(async () => Text(await developer.GetAsync($"/emails/{mine}", HttpStatusCode.OK), "last_event") == "sent");
    }

    /// <summary>Links lead where the configuration says, whatever a request claims to have been sent to.</summary>
    [Fact]
    public async Task A_forged_host_is_in_no_link()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        foreach ((string name, string value) in ((string, string)[])[("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Prefix", "/evil.example"), ("Forwarded", "host=evil.example")])
            owner.DefaultRequestHeaders.TryAddWithoutValidation(name, value);

        JsonElement link = await owner.PostAsync("/action-links", """{"purpose":"x","subject":"y","title":"T","button":"B"}""", HttpStatusCode.Created);
        await owner.PostAsync("/members/invitations", Invite("x@example.net", "viewer"), HttpStatusCode.Created);
        await scene.ResetCodeAsync(owner, ApiFixture.AdminEmail);
        await owner.PostAsync("/auth/password", JsonSerializer.Serialize(new { current_password = ApiFixture.AdminPassword, new_password = "another long secret" }), HttpStatusCode.NoContent);

        Assert.StartsWith("https://mail.example/", Text(link, "url"), StringComparison.Ordinal);
        Assert.True((await scene.MailsAsync()).Count >= 3);
        foreach (SentMail mail in await scene.MailsAsync()) Assert.DoesNotContain(mail.Variables.Values, value => value.ToString().Contains("evil.example", StringComparison.Ordinal));
    }

    /// <summary>A page elsewhere sends what a form can, with the cookie if the browser were to give it: nothing is done without the console's own header.</summary>
    [Fact]
    public async Task A_request_that_another_sites_form_can_make_changes_nothing()
    {
        await using AccountScene scene = await AccountScene.StartAsync(postgres);
        using HttpClient owner = await scene.SignedInAsync();
        owner.DefaultRequestHeaders.Remove("X-Mail-Console");
        string[] paths = ["/project", "/projects", "/members/invitations", "/api-keys", "/members/leave", "/auth/password", "/auth/email", "/auth/sign-out", "/auth/sign-out-everywhere", "/auth/sign-in", "/auth/two-factor/setup", "/auth/two-factor",
            "/auth/two-factor/enable", "/auth/two-factor/disable", "/auth/two-factor/confirm", "/auth/two-factor/recovery-codes", "/auth/password-reset/request", "/auth/password-reset/confirm", "/invitations/accept", "/invitations/look"];
        foreach (string path in paths)
        {
            foreach (string type in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
            {
                using StringContent body = new("{}");
                body.Headers.ContentType = type.Length == 0 ? null : new System.Net.Http.Headers.MediaTypeHeaderValue(type);
                using HttpRequestMessage request = new(path == "/project" ? HttpMethod.Patch : HttpMethod.Post, path) { Content = body };
                request.Headers.Add("Origin", "https://evil.example");
                using HttpResponseMessage answer = await owner.SendAsync(request, TestContext.Current.CancellationToken);
                string said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode is HttpStatusCode.UnsupportedMediaType || (answer.StatusCode is HttpStatusCode.Forbidden && said.Contains("missing_console_header", StringComparison.Ordinal)), $"{path} {type}: {answer.StatusCode} {said}");
                Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
            }
        }

        await owner.GetAsync("/auth/session", HttpStatusCode.OK); // still signed in
    }
}
