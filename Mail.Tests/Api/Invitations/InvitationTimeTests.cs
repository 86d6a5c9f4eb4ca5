using System.Net;
using System.Text.Json;
using Mail.Tests.Support;

namespace Mail.Tests.Api.Invitations;

/// <summary>What the clock brings to invitations (JOB-1, JOB-4), on a clock that the test moves.</summary>
public sealed class InvitationTimeTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_link_ends_at_its_time_and_not_before_and_nobody_is_reminded_who_does_not_ask_for_it()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        JsonElement link = await scene.LinkAsync("A-1");
        string id = link.GetProperty("id").GetString()!;
        await scene.SendAsync(id);
        await scene.UntilAsync(id, "sent");
        DateTimeOffset end = link.GetProperty("expires_at").GetDateTimeOffset();

        scene.Clock.Advance(end - scene.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        await Task.Delay(500, TestContext.Current.CancellationToken); // the worker has looked several times by then
        Assert.Equal("sent", await scene.StateAsync(id));
        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.UntilAsync(id, "expired");

        DateTimeOffset expired = (await scene.ShowAsync(id)).GetProperty("expired_at").GetDateTimeOffset();
        Assert.True(expired >= end);
        Assert.Equal(["added", "created", "queued", "sent", "expired"], await scene.TimelineAsync(id));
        Assert.Empty(await scene.MailsAsync("interview-reminder"));
        Assert.Equal(0, await scene.Api.CountAsync("bus_dead_letters"));
    }

    [Fact]
    public async Task Who_has_not_begun_is_reminded_once_before_the_end_and_who_has_is_not()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        string campaign = await scene.CampaignAsync(",\"remind_before_minutes\":1440");
        JsonElement waits = await scene.LinkAsync("A-1", more: $",\"campaign_id\":\"{campaign}\""), began = await scene.LinkAsync("A-2", "b@example.com", more: $",\"campaign_id\":\"{campaign}\""), never = await scene.LinkAsync("A-3", "c@example.com", more: $",\"campaign_id\":\"{campaign}\"");
        foreach (JsonElement one in (JsonElement[])[waits, began]) await scene.SendAsync(one.GetProperty("id").GetString()!);
        await scene.OpenAsync(began.GetProperty("start_url").GetString()!, press: true);

        scene.Clock.Advance(TimeSpan.FromDays(6));
        await Eventually.TrueAsync(async () => (await scene.MailsAsync("interview-reminder")).Count == 1);

        JsonElement reminder = Assert.Single(await scene.MailsAsync("interview-reminder"));
        Assert.Equal(waits.GetProperty("start_url").GetString(), InvitationScene.LinkIn(reminder));
        Assert.StartsWith("Rappel", reminder.GetProperty("subject").GetString(), StringComparison.Ordinal);
        scene.Clock.Advance(TimeSpan.FromDays(2));
        await scene.UntilAsync(waits.GetProperty("id").GetString()!, "expired");
        await scene.UntilAsync(never.GetProperty("id").GetString()!, "expired");
        Assert.Equal("used", await scene.StateAsync(began.GetProperty("id").GetString()!));
        Assert.Single(await scene.MailsAsync("interview-reminder"));
    }

    /// <summary>A worker that was away over the reminder's time sends it late; one that was away over the end, not at all.</summary>
    [Theory, InlineData(6.5, 1), InlineData(8, 0)]
    public async Task A_reminder_is_made_up_for_while_the_link_works(double days, int reminders)
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string campaign = await scene.CampaignAsync(",\"remind_before_minutes\":1440");
        string id = (await scene.LinkAsync("A-1", more: $",\"campaign_id\":\"{campaign}\"")).GetProperty("id").GetString()!;
        await scene.SendAsync(id);
        scene.Clock.Advance(TimeSpan.FromDays(days));

        using Microsoft.Extensions.Hosting.IHost worker = Mail.Api.Workers.WorkerInApi.Build(scene.Api.Services);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => (await scene.TimelineAsync(id)).Contains(reminders > 0 ? "reminded" : "expired"));
        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(reminders, (await scene.MailsAsync("interview-reminder")).Count);
    }

    [Fact]
    public async Task More_time_keeps_the_link_also_after_its_end_and_is_told()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres);
        JsonElement link = await scene.LinkAsync("A-1");
        string id = link.GetProperty("id").GetString()!, url = link.GetProperty("start_url").GetString()!;
        await scene.SendAsync(id);
        scene.Clock.Advance(TimeSpan.FromDays(8));
        await scene.UntilAsync(id, "expired");
        Assert.Equal(HttpStatusCode.Gone, (await scene.OpenAsync(url)).Status);

        DateTimeOffset until = scene.Clock.GetUtcNow().AddDays(2);
        JsonElement extended = await scene.Client.PostAsync($"{await scene.PathAsync(id)}/extend", JsonSerializer.Serialize(new { expires_at = until }), HttpStatusCode.OK);

        Assert.NotEqual("expired", extended.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, (await scene.OpenAsync(url)).Status);
        Assert.Equal(url, InvitationScene.LinkIn(Assert.Single(await scene.MailsAsync("interview-extended"))));
        await scene.Client.PostAsync($"{await scene.PathAsync(id)}/extend", JsonSerializer.Serialize(new { expires_at = until.AddDays(-1) }), HttpStatusCode.UnprocessableEntity);
        await scene.Client.PostAsync($"{await scene.PathAsync(id)}/extend", JsonSerializer.Serialize(new { expires_at = until.AddDays(400) }), HttpStatusCode.UnprocessableEntity);
        scene.Clock.Advance(TimeSpan.FromDays(2));
        await scene.UntilAsync(id, "expired");
    }

    [Fact]
    public async Task Taking_back_is_told_once_to_whom_was_invited_and_to_nobody_else()
    {
        await using InvitationScene scene = await InvitationScene.StartAsync(postgres, works: false);
        string invited = (await scene.LinkAsync("A-1")).GetProperty("id").GetString()!, never = (await scene.LinkAsync("A-2", "b@example.com")).GetProperty("id").GetString()!;
        await scene.SendAsync(invited);

        foreach (string id in (string[])[invited, never]) await scene.Client.PostAsync($"{await scene.PathAsync(id)}/revoke", """{"message":"Le poste est pourvu."}""", HttpStatusCode.OK);

        Assert.Contains("Le poste est pourvu.", Assert.Single(await scene.MailsAsync("interview-revoked")).GetProperty("text").GetString(), StringComparison.Ordinal);
        await scene.Client.PostAsync($"{await scene.PathAsync(invited)}/revoke", "", HttpStatusCode.Conflict);
        await scene.SendAsync(invited, HttpStatusCode.Conflict);
    }
}
