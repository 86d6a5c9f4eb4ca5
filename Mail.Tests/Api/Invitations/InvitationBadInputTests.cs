using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Invitations;

/// <summary>What calls about invitations refuse, by its field, with nothing stored.</summary>
public sealed class InvitationBadInputTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Good = "\"title\":\"T\",\"target_url\":\"https://jobs.example.com/\"";

    private InvitationScene _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await InvitationScene.StartAsync(postgres, works: false);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    public static TheoryData<string, int, string> Campaigns => new()
    {
        { "{}", 422, "title" },
        { "{\"title\":\"T\"}", 422, "target_url" },
        { "{\"title\":\" \",\"target_url\":\"https://a.example\"}", 422, "title" },
        { "{\"target_url\":\"https://a.example/\",\"title\":\"a\\u0000\"}", 422, "title" },
        { "{\"target_url\":\"https://a.example/\",\"title\":\"a\\ud800\"}", 422, "title" },
        { "{\"target_url\":\"https://a.example/\",\"title\":\"a\\nb\"}", 422, "title" },
        { "{\"target_url\":\"https://a.example/\",\"title\":\"" + new string('a', 201) + "\"}", 422, "title" },
        { "{\"target_url\":\"https://a.example/\",\"title\":7}", 422, "title" },
        { "{" + Good + ",\"message\":\"a\\u0000\"}", 422, "message" },
        { "{\"title\":\"T\",\"target_url\":\"javascript:alert(1)\"}", 422, "target_url" },
        { "{\"title\":\"T\",\"target_url\":\"//evil.example\"}", 422, "target_url" },
        { "{\"title\":\"T\",\"target_url\":\"https://a:b@evil.example\"}", 422, "target_url" },
        { "{\"title\":\"T\",\"target_url\":\"/here\"}", 422, "target_url" },
        { "{" + Good + ",\"expires_in_minutes\":0}", 422, "expires_in_minutes" },
        { "{" + Good + ",\"expires_in_minutes\":999999999}", 422, "expires_in_minutes" },
        { "{" + Good + ",\"expires_in_minutes\":60,\"remind_before_minutes\":60}", 422, "remind_before_minutes" },
        { "{" + Good + ",\"locales\":[\"!!\"]}", 422, "locales.0" },
        { "{" + Good + ",\"locales\":[null]}", 422, "locales.0" },
        { "{" + Good + ",\"time_zone\":\"Romance Standard Time\"}", 422, "time_zone" },
        { "{" + Good + ",\"from\":\"nobody\"}", 422, "from" },
        { "{" + Good + ",\"reply_to\":\"a@b@c\"}", 422, "reply_to" },
        { "{" + Good + ",\"duration_minutes\":-1}", 422, "duration_minutes" },
        { "{" + Good + ",\"colour\":\"red\"}", 422, "colour" },
        { "{" + Good + ",\"title\":\"again\"}", 422, "title" },
        { "[]", 400, "object" },
        { "null", 400, "null" },
        { "", 400, "JSON" },
        { "{\"title\":", 400, "JSON" },
    };

    [Theory, MemberData(nameof(Campaigns))]
    public async Task A_wrong_campaign_is_refused_by_its_field(string body, int status, string field)
    {
        JsonElement refusal = await _scene.Client.PostAsync("/campaigns", body, (HttpStatusCode)status);

        Assert.Contains(field, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await _scene.Api.CountAsync("campaigns"));
    }

    public static TheoryData<string, int, string> Links => new()
    {
        { "{}", 422, "application_id" },
        { "{\"application_id\":null}", 422, "application_id" },
        { "{\"application_id\":[1]}", 422, "application_id" },
        { "{\"application_id\":\"\"}", 422, "application_id" },
        { "{\"application_id\":\"a\\u0000\"}", 422, "application_id" },
        { "{\"application_id\":\"a\\ud800\"}", 422, "application_id" },
        { "{\"application_id\":\"unknown\"}", 422, "application_id" },
        { "{\"application_id\":\"" + new string('a', 201) + "\"}", 422, "application_id" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"nobody\"}", 422, "candidate_email" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"A <a@example.com>\"}", 422, "candidate_email" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\"}", 422, "title" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\",\"title\":\"T\"}", 422, "target_url" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\",\"title\":\"T\",\"target_url\":\"ftp://a.example\"}", 422, "target_url" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\",\"campaign_id\":\"x\"}", 422, "campaign_id" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\",\"campaign_id\":\"00000000-0000-7000-8000-000000000001\"}", 422, "campaign_id" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\",\"candidate_name\":\"a\\nb\"," + Good + "}", 422, "candidate_name" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\",\"locale\":\"!!\"," + Good + "}", 422, "locale" },
        { "{\"application_id\":\"1\",\"candidate_email\":\"a@example.com\",\"time_zone\":\"../etc/passwd\"," + Good + "}", 422, "time_zone" },
        { "{\"application_id\":\"1\",\"email\":\"a@example.com\"}", 422, "email" },
        { "[]", 400, "object" },
    };

    [Theory, MemberData(nameof(Links))]
    public async Task A_wrong_link_is_refused_by_its_field(string body, int status, string field)
    {
        JsonElement refusal = await _scene.Client.PostAsync("/interviews/campaign-links/", body, (HttpStatusCode)status);

        Assert.Contains(field, refusal.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (await _scene.Api.CountAsync("campaigns"), await _scene.Api.CountAsync("candidates")));
    }

    [Fact]
    public async Task An_application_does_not_move_to_another_campaign_and_lists_refuse_what_they_do_not_know()
    {
        string campaign = await _scene.CampaignAsync(), id = (await _scene.LinkAsync("A-1")).GetProperty("id").GetString()!;

        await _scene.LinkAsync("A-1", expected: HttpStatusCode.Conflict, more: $",\"campaign_id\":\"{campaign}\"");
        await _scene.Client.PostAsync($"/campaigns/{campaign}/candidates", """{"application_id":"A-1","email":"x@example.com"}""", HttpStatusCode.Conflict);
        foreach (string query in (string[])["limit=0", "limit=x", "after=x", "state=lost", "state="]) await _scene.Client.GetAsync($"/campaigns/{campaign}/candidates?{query}", HttpStatusCode.UnprocessableEntity);
        await _scene.Client.GetAsync($"/campaigns/{campaign}/candidates/{id}", HttpStatusCode.NotFound); // of another campaign
        await _scene.Client.PostAsync($"/campaigns/{campaign}/invite", """{"candidates":["x"]}""", HttpStatusCode.UnprocessableEntity);
        await _scene.Client.PostAsync($"/campaigns/{campaign}/invite", """{"application_ids":["a\u0000"]}""", HttpStatusCode.UnprocessableEntity);
        await _scene.Client.PostAsync($"/campaigns/{campaign}/invite", """{"everybody":true}""", HttpStatusCode.UnprocessableEntity);
        await _scene.Client.PatchAsync(await _scene.PathAsync(id), """{"application_id":"A-2"}""", HttpStatusCode.UnprocessableEntity);
        await _scene.Client.PostAsync($"{await _scene.PathAsync(id)}/extend", "{}", HttpStatusCode.UnprocessableEntity);
        await _scene.Client.PostAsync($"{await _scene.PathAsync(id)}/revoke", """{"message":"a\u0000"}""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["added", "created"], await _scene.TimelineAsync(id));
    }

    [Fact]
    public async Task Another_projects_and_the_sandboxes_campaigns_candidates_and_links_are_unknown()
    {
        string campaign = await _scene.CampaignAsync(), id = (await _scene.LinkAsync("A-1", more: $",\"campaign_id\":\"{campaign}\"")).GetProperty("id").GetString()!;
        using HttpClient other = _scene.Api.ClientWith(await _scene.Api.AddProjectAsync());
        JsonElement key = await _scene.Client.PostAsync("/api-keys", """{"name":"test","test":true}""", HttpStatusCode.Created);
        using HttpClient test = _scene.Api.ClientWith(key.GetProperty("token").GetString());

        foreach (HttpClient stranger in (HttpClient[])[other, test])
        {
            foreach (string path in (string[])[$"/campaigns/{campaign}", $"/campaigns/{campaign}/metrics", $"/campaigns/{campaign}/invite", $"/campaigns/{campaign}/candidates", $"/campaigns/{campaign}/candidates/{id}", $"/campaigns/{campaign}/candidates/export", "/campaigns/x"])
                await stranger.GetAsync(path, HttpStatusCode.NotFound);
            foreach (string path in (string[])[$"/campaigns/{campaign}/invite", $"/campaigns/{campaign}/candidates/{id}/invite", $"/campaigns/{campaign}/candidates/{id}/revoke", $"/interviews/campaign-links/{id}/send_invite/", "/interviews/campaign-links/x/send_invite"])
                await stranger.PostAsync(path, "", HttpStatusCode.NotFound);
            await stranger.PatchAsync($"/campaigns/{campaign}", """{"title":"Mine"}""", HttpStatusCode.NotFound);
            await stranger.DeleteAsync($"/campaigns/{campaign}", HttpStatusCode.NotFound);
            await BulkInviteTests.ImportAsync(stranger, campaign, "application_id,email\nA,a@example.com\n", HttpStatusCode.NotFound);
            Assert.Empty((await stranger.GetAsync("/campaigns", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
        }

        string own = await _scene.CampaignAsync(client: test); // the same application again, in the sandbox
        JsonElement link = await test.PostAsync("/interviews/campaign-links/", $$"""{"application_id":"A-1","candidate_email":"a@example.com","campaign_id":"{{own}}"}""", HttpStatusCode.Created);
        await test.PostAsync($"/interviews/campaign-links/{link.GetProperty("id").GetString()}/send_invite/", "", HttpStatusCode.OK);
        Assert.Equal(1, await _scene.Api.CountAsync("messages WHERE is_test"));
        Assert.Contains("Invitation d’essai", (await _scene.OpenAsync(link.GetProperty("start_url").GetString()!)).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_campaign_is_made_once_under_a_key_and_changed_field_by_field()
    {
        const string Body = "{" + Good + ",\"remind_before_minutes\":60}";
        (string, string) key = ("Idempotency-Key", "c-1");
        string id = (await _scene.Client.PostAsync("/campaigns", Body, HttpStatusCode.Created, key)).GetProperty("id").GetString()!;
        Assert.Equal(id, (await _scene.Client.PostAsync("/campaigns", Body, HttpStatusCode.Created, key)).GetProperty("id").GetString());
        await _scene.Client.PostAsync("/campaigns", "{" + Good + "}", HttpStatusCode.Conflict, key);

        JsonElement changed = await _scene.Client.PatchAsync($"/campaigns/{id}", """{"remind_before_minutes":null,"company":"Helvia"}""", HttpStatusCode.OK);

        Assert.Equal((JsonValueKind.Null, "Helvia", "T"), (changed.GetProperty("remind_before_minutes").ValueKind, changed.GetProperty("company").GetString(), changed.GetProperty("title").GetString()));
        await _scene.Client.PatchAsync($"/campaigns/{id}", """{"title":null}""", HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1, await _scene.Api.CountAsync("campaigns"));
        Assert.Contains(await AuditAsync(), line => line == "campaign.change");
        await _scene.Client.DeleteAsync($"/campaigns/{id}", HttpStatusCode.OK);
        await _scene.Client.GetAsync($"/campaigns/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_key_that_is_held_to_a_domain_invites_from_there_alone()
    {
        string campaign = await _scene.CampaignAsync(), id = (await _scene.LinkAsync("A-1", more: $",\"campaign_id\":\"{campaign}\"")).GetProperty("id").GetString()!;
        JsonElement key = await _scene.Client.PostAsync("/api-keys", """{"name":"held","domains":["example.com"]}""", HttpStatusCode.Created);
        using HttpClient held = _scene.Api.ClientWith(key.GetProperty("token").GetString());

        foreach (string path in (string[])[$"/campaigns/{campaign}/invite", $"/interviews/campaign-links/{id}/send_invite", $"/campaigns/{campaign}/candidates/{id}/invite"])
            Assert.Equal("restricted_api_key", (await held.PostAsync(path, "", HttpStatusCode.Forbidden)).GetProperty("name").GetString());
        await held.PostAsync("/campaigns", "{" + Good + "}", HttpStatusCode.Forbidden);
        await held.PostAsync("/campaigns", "{" + Good + ",\"from\":\"jobs@example.com\"}", HttpStatusCode.Created);
    }

    private async Task<string[]> AuditAsync() => [.. (await _scene.Client.GetAsync("/audit-log?limit=50", HttpStatusCode.OK)).GetProperty("data").EnumerateArray().Select(line => line.GetProperty("action").GetString()!)];
}
