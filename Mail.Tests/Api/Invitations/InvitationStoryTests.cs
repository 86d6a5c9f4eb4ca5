using System.Globalization;
using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Invitations;

/// <summary>Invitations from the link to the interview, with real API, worker, database and SMTP (JOB-1 to JOB-4).</summary>
public sealed class InvitationStoryTests(PostgresFixture postgres)
{
    /// <summary>JOB-1.</summary>
    [Fact]
    public async Task An_application_has_one_link_for_seven_days_however_many_ask_at_once()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => scene.Client.PostAsync(
            new Uri(i % 2 == 0 ? "/interviews/campaign-links/" : "/interviews/campaign-links", UriKind.Relative),
            ApiFixture.Json($$"""{"application_id":17,"candidate_email":"a@example.com","title":"T","target_url":"{{InvitationScene.Target}}"}"""))));
        JsonElement[] links = await Task.WhenAll(answers.Select(async answer => JsonElement.Parse(await answer.Content.ReadAsStringAsync())));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Created], answers.Select(answer => answer.StatusCode).Distinct().Order());
        Assert.Single(links, link => link.GetProperty("created").GetBoolean());
        Assert.Single(links.Select(link => link.GetProperty("token").GetString()).Distinct());
        Assert.Equal($"{InvitationScene.Home}/interview/start/{links[0].GetProperty("token").GetString()}", links[0].GetProperty("start_url").GetString());
        Assert.Equal((1, 1), (await scene.Api.CountAsync("candidates"), await scene.Api.CountAsync("campaigns")));
        Assert.InRange(links[0].GetProperty("expires_at").GetDateTimeOffset() - scene.Clock.GetUtcNow(), TimeSpan.FromDays(7) - TimeSpan.FromMinutes(2), TimeSpan.FromDays(7));

        JsonElement alone = await scene.Client.PostAsync("/interviews/campaign-links/", """{"application_id":"17"}""", HttpStatusCode.OK);
        Assert.Equal((false, links[0].GetProperty("id").GetString()), (alone.GetProperty("created").GetBoolean(), alone.GetProperty("id").GetString()));
        scene.Clock.Advance(TimeSpan.FromDays(8));
        JsonElement another = await scene.Client.PostAsync("/interviews/campaign-links/", """{"application_id":"17"}""", HttpStatusCode.Created);
        Assert.True(another.GetProperty("created").GetBoolean());
        Assert.NotEqual(alone.GetProperty("token").GetString(), another.GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.Gone, (await scene.OpenAsync(alone.GetProperty("start_url").GetString()!)).Status); // the one before is void
    }

    /// <summary>JOB-2: subject and date letter by letter, in the candidate's language and time zone.</summary>
    [Theory]
    [InlineData("fr", "Europe/Paris", "Invitation à l'entretien vidéo — Développeur .NET")]
    [InlineData("en", "America/New_York", "Your video interview invitation — Développeur .NET")]
    public async Task The_mail_says_title_link_and_end_in_the_candidates_language_and_time(string locale, string zone, string subject)
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        string campaign = await scene.CampaignAsync(",\"message\":\"À bientôt !\",\"duration_minutes\":20");
        JsonElement candidate = await scene.Client.PostAsync($"/campaigns/{campaign}/candidates", $$"""{"application_id":"A-1","email":"camille@example.com","name":"Camille","locale":"{{locale}}","time_zone":"{{zone}}"}""", HttpStatusCode.Created);
        JsonElement link = await scene.Client.PostAsync("/interviews/campaign-links/", """{"application_id":"A-1"}""", HttpStatusCode.Created);

        JsonElement sent = await scene.SendAsync(candidate.GetProperty("id").GetString()!);

        JsonElement mail = Assert.Single(await scene.MailsAsync("interview-invitation"));
        Assert.Equal((subject, sent.GetProperty("email_id").GetString()), (mail.GetProperty("subject").GetString(), mail.GetProperty("id").GetString()));
        string text = mail.GetProperty("text").GetString()!;
        DateTimeOffset end = TimeZoneInfo.ConvertTime(link.GetProperty("expires_at").GetDateTimeOffset(), TimeZoneInfo.FindSystemTimeZoneById(zone));
        if (locale == "fr") Assert.Contains(end.ToString("dd'/'MM'/'yyyy 'à' HH':'mm", CultureInfo.InvariantCulture), text.Replace(' ', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
        else Assert.Contains(end.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        Assert.Contains(zone, text, StringComparison.Ordinal);
        Assert.Contains("À bientôt !", text, StringComparison.Ordinal);
        Assert.Equal(link.GetProperty("start_url").GetString(), InvitationScene.LinkIn(mail));
        Assert.Contains("Helvia", text, StringComparison.Ordinal);
        await scene.Inbox.WaitForAsync(1);
        Assert.DoesNotContain("/interview/start/", await scene.ScalarAsync<string>("SELECT string_agg(content::text || envelope::text, ' ') FROM messages"), StringComparison.Ordinal); // sealed
    }

    /// <summary>JOB-2: again is allowed, not at once and not for ever.</summary>
    [Fact]
    public async Task The_mail_goes_again_after_a_minute_and_five_times_a_day()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string id = (await scene.LinkAsync("A-1")).GetProperty("id").GetString()!;
        for (int i = 0; i < 5; i++)
        {
            await scene.SendAsync(id);
            Assert.Equal("invitation_rate_limited", (await scene.SendAsync(id, HttpStatusCode.TooManyRequests)).GetProperty("name").GetString());
            scene.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        using HttpResponseMessage sixth = await scene.Client.PostAsync(new Uri($"/interviews/campaign-links/{id}/send_invite", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.InRange(sixth.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        Assert.Equal(5, (await scene.MailsAsync("interview-invitation")).Count);
        Assert.Single((await scene.MailsAsync("interview-invitation")).Select(InvitationScene.LinkIn).Distinct());
        scene.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(6, (await scene.SendAsync(id)).GetProperty("sends").GetInt32());
    }

    /// <summary>JOB-3: looking changes nothing; a link that is used, expired, revoked or forged says so.</summary>
    [Fact]
    public async Task The_start_page_leads_on_by_its_button_alone_and_says_when_it_does_not()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync(",\"may_restart\":false");
        JsonElement once = await scene.LinkAsync("A-1", more: ",\"campaign_id\":\"" + campaign + "\""), second = await scene.LinkAsync("A-2", "b@example.com", more: ",\"campaign_id\":\"" + campaign + "\"");
        string url = once.GetProperty("start_url").GetString()!, id = once.GetProperty("id").GetString()!;

        for (int i = 0; i < 3; i++) Assert.Contains("Commencer l’entretien", (await scene.OpenAsync(url)).Page, StringComparison.Ordinal);
        using (HttpRequestMessage head = new(HttpMethod.Head, new Uri(url).AbsolutePath))
            Assert.Equal(HttpStatusCode.OK, (await scene.Candidate.SendAsync(head)).StatusCode);
        Assert.Equal(["created"], (await scene.TimelineAsync(id))[1..]);

        (HttpStatusCode status, _, Uri? location) = await scene.OpenAsync(url, press: true);
        Assert.Equal((HttpStatusCode.SeeOther, "https://jobs.example.com/interview"), (status, location!.GetLeftPart(UriPartial.Path)));
        Assert.StartsWith("?from=mail&ticket=ey", location.Query, StringComparison.Ordinal);
        (status, string page, _) = await scene.OpenAsync(url, press: true);
        Assert.Equal((HttpStatusCode.Gone, true), (status, page.Contains("Cet entretien a déjà commencé", StringComparison.Ordinal)));
        Assert.Equal("used", await scene.StateAsync(id));

        string other = second.GetProperty("start_url").GetString()!;
        await scene.Client.PostAsync($"{await scene.PathAsync(second.GetProperty("id").GetString()!)}/revoke", "", HttpStatusCode.OK);
        (status, page, _) = await scene.OpenAsync(other, press: true);
        Assert.Equal((HttpStatusCode.Gone, true), (status, page.Contains("Cette invitation a été retirée", StringComparison.Ordinal)));
        foreach (string forged in (string[])[$"{other}x", other[..^2] + (other.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA"), $"{InvitationScene.Home}/interview/start/x"])
            Assert.Equal(HttpStatusCode.NotFound, (await scene.OpenAsync(forged, press: true)).Status);
    }

    /// <summary>JOB-3.</summary>
    [Fact]
    public async Task Who_comes_back_may_go_on_until_the_link_ends()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        JsonElement link = await scene.LinkAsync("A-1");
        string url = link.GetProperty("start_url").GetString()!;

        Uri first = (await scene.OpenAsync(url, press: true)).Location!;
        Assert.Contains("Reprendre l’entretien", (await scene.OpenAsync(url)).Page, StringComparison.Ordinal);
        Uri second = (await scene.OpenAsync(url, press: true)).Location!;

        Assert.NotEqual(first.Query, second.Query);
        Assert.Equal(2, (await scene.ShowAsync(link.GetProperty("id").GetString()!)).GetProperty("starts").GetInt32());
        scene.Clock.Advance(TimeSpan.FromDays(7));
        (HttpStatusCode status, string page, _) = await scene.OpenAsync(url, press: true);
        Assert.Equal((HttpStatusCode.Gone, true), (status, page.Contains("Cette invitation a expiré", StringComparison.Ordinal)));
        await scene.SendAsync(link.GetProperty("id").GetString()!, HttpStatusCode.Conflict);
    }

    /// <summary>JOB-4: the pipeline's word, from the relay's answer to the report of arrival, the open and the start.</summary>
    [Fact]
    public async Task An_invitation_follows_its_mail_and_each_step_is_told_once()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        await scene.Client.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["invitation.created","invitation.sent","invitation.delivered","invitation.opened","invitation.used"]}""", HttpStatusCode.Created);
        JsonElement link = await scene.LinkAsync("A-1", "delivered+camille@mail.test");
        string id = link.GetProperty("id").GetString()!;
        Assert.Equal("created", await scene.StateAsync(id));

        JsonElement sent = await scene.SendAsync(id);
        await scene.UntilAsync(id, "delivered");
        await scene.ScalarAsync<Guid>($"INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail) SELECT project_id, id, gen_random_uuid(), 'email.opened', now(), 'x', '{{\"machine\": true}}' FROM messages WHERE id = '{sent.GetProperty("email_id").GetString()}' RETURNING id");
        await scene.ScalarAsync<Guid>($"INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail) SELECT project_id, id, gen_random_uuid(), 'email.opened', now(), 'x', '{{\"machine\": false}}' FROM messages WHERE id = '{sent.GetProperty("email_id").GetString()}' RETURNING id");
        await scene.UntilAsync(id, "opened");
        await scene.OpenAsync(link.GetProperty("start_url").GetString()!, press: true);

        Assert.Equal(["added", "created", "queued", "sent", "delivered", "opened", "used"], await scene.TimelineAsync(id));
        Assert.Equal(0, await scene.Api.CountAsync("candidate_reports"));
        Assert.Equal("invitation.created,invitation.sent,invitation.delivered,invitation.opened,invitation.used", await scene.ScalarAsync<string>("SELECT string_agg(type, ',' ORDER BY seq) FROM webhook_queue"));
        JsonElement used = JsonDocument.Parse(await scene.ScalarAsync<string>("SELECT payload::text FROM webhook_queue WHERE type = 'invitation.used'")).RootElement;
        Assert.Equal((id, "A-1", "used", 1, false), (used.GetProperty("id").GetString(), used.GetProperty("application_id").GetString(), used.GetProperty("state").GetString(), used.GetProperty("starts").GetInt32(), used.GetProperty("test").GetBoolean()));
    }

    /// <summary>JOB-4.</summary>
    [Fact]
    public async Task A_bounce_is_told_with_its_reason_and_another_address_gets_the_same_link()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        JsonElement link = await scene.LinkAsync("A-1", "bounced+x@mail.test");
        string id = link.GetProperty("id").GetString()!;
        await scene.SendAsync(id);
        await scene.UntilAsync(id, "bounced");
        Assert.NotNull((await scene.ShowAsync(id)).GetProperty("note").GetString());
        Assert.Equal(HttpStatusCode.OK, (await scene.OpenAsync(link.GetProperty("start_url").GetString()!)).Status);

        await scene.Client.PatchAsync(await scene.PathAsync(id), """{"email":"right@example.com"}""", HttpStatusCode.OK);
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.SendAsync(id);

        await scene.UntilAsync(id, "sent");
        Assert.Equal(link.GetProperty("start_url").GetString(), InvitationScene.LinkIn(Assert.Single(await scene.MailsAsync("interview-invitation", "right@"))));
    }

    /// <summary>JOB-4.</summary>
    [Fact]
    public async Task A_suppressed_address_is_refused_in_words_the_candidate_says_so_and_another_address_is_written_to_at_once()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        await scene.Client.PostAsync("/suppressions", """{"email":"no@example.com","reason":"manual"}""", HttpStatusCode.Created);
        string id = (await scene.LinkAsync("A-1", "no@example.com")).GetProperty("id").GetString()!;

        JsonElement refusal = await scene.SendAsync(id, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("recipient_suppressed", refusal.GetProperty("name").GetString());
        Assert.Equal(0, await scene.Api.CountAsync("messages"));
        JsonElement candidate = await scene.ShowAsync(id);
        Assert.Equal(("bounced", refusal.GetProperty("message").GetString()), (candidate.GetProperty("state").GetString(), candidate.GetProperty("note").GetString()));
        Assert.Equal(["added", "created", "refused"], await scene.TimelineAsync(id));
        Assert.Contains("no@example.com", candidate.GetProperty("timeline")[2].GetProperty("detail").GetString(), StringComparison.Ordinal);

        await scene.Client.PatchAsync(await scene.PathAsync(id), """{"email":"yes@example.com"}""", HttpStatusCode.OK);
        JsonElement sent = await scene.SendAsync(id);
        Assert.Equal(("created", 1), (sent.GetProperty("state").GetString(), (int)await scene.Api.CountAsync("messages")));
        Assert.Equal(JsonValueKind.Null, (await scene.ShowAsync(id)).GetProperty("note").ValueKind);
    }

    /// <summary>JOB-4: also where the link is made by the same call, as the console does.</summary>
    [Fact]
    public async Task Whoever_is_invited_alone_at_a_suppressed_address_is_told_of_to_the_app_as_among_many()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        await scene.Client.PostAsync("/suppressions", """{"email":"no@example.com","reason":"manual"}""", HttpStatusCode.Created);
        await scene.Client.PostAsync("/webhooks", """{"endpoint":"http://127.0.0.1:9/","events":["invitation.refused"]}""", HttpStatusCode.Created);
        string campaign = await scene.CampaignAsync();
        string id = (await scene.Client.PostAsync($"/campaigns/{campaign}/candidates", """{"application_id":"A","email":"no@example.com"}""", HttpStatusCode.Created)).GetProperty("id").GetString()!;

        await scene.Client.PostAsync($"/campaigns/{campaign}/candidates/{id}/invite", "", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["added", "created", "refused"], await scene.TimelineAsync(id));
        Assert.Equal(1, await scene.Api.CountAsync("webhook_queue WHERE type = 'invitation.refused'"));
        Assert.Equal(0, (await scene.Client.GetAsync($"/campaigns/{campaign}", HttpStatusCode.OK)).GetProperty("not_invited").GetInt32());
    }
}
