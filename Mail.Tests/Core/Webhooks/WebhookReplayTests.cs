using Mail.Core.Webhooks;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Core.Webhooks;

public sealed class WebhookReplayTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_taken_event_is_sent_again_under_the_same_id_with_the_same_body()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();
        WebhookAttempt first = Assert.Single(await scene.AttemptsAsync(webhook.Id));

        Assert.True(await scene.Log.ReplayAsync(WebhookScene.Project, webhook.Id, first.EventId, CancellationToken.None));
        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 2);
        await scene.SettleAsync();

        Assert.Single(scene.Receiver.All.Select(one => (one.Id, one.Body)).Distinct());
        Assert.Equal(2, (await scene.AttemptsAsync(webhook.Id)).Length);
        Assert.False(await scene.Log.ReplayAsync(DeliveryDatabase.OtherProject, webhook.Id, first.EventId, CancellationToken.None));
        Assert.False(await scene.Log.ReplayAsync(WebhookScene.Project, webhook.Id, Guid.NewGuid(), CancellationToken.None));
    }

    [Fact]
    public async Task All_that_was_given_up_since_a_time_is_sent_again_and_nothing_else()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        scene.Receiver.Answer = (context, received) =>
        {
            if (received.Subject.StartsWith("bad", StringComparison.Ordinal) && scene.Clock.GetUtcNow() < WebhookScene.Start.AddDays(4.5)) context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync("bad old"), "email.sent");
        await scene.AddEventsAsync(await scene.AddMessageAsync("good"), "email.sent");
        await scene.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromHours(1));
        await scene.AddEventsAsync(await scene.AddMessageAsync("bad new"), "email.sent");
        await scene.PassAsync(TimeSpan.FromDays(4.6), TimeSpan.FromHours(1));
        Assert.Equal((2, 0), ((await scene.WebhookAsync(webhook.Id)).GivenUp, (await scene.WebhookAsync(webhook.Id)).Waiting));
        int asked = scene.Receiver.All.Count;

        Assert.Equal(1, await scene.Log.ReplaySinceAsync(WebhookScene.Project, webhook.Id, WebhookScene.Start.AddHours(1), CancellationToken.None));
        await scene.SettleAsync();
        Assert.Equal(["bad new"], scene.Receiver.All.Skip(asked).Select(one => one.Subject));

        Assert.Equal(1, await scene.Log.ReplaySinceAsync(WebhookScene.Project, webhook.Id, WebhookScene.Start.AddDays(-1), CancellationToken.None));
        await scene.SettleAsync();
        Assert.Equal(["bad new", "bad old"], scene.Receiver.All.Skip(asked).Select(one => one.Subject));
        Assert.Equal(0, await scene.Database.CountAsync("webhook_queue"));
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_a_day_and_then_only_the_new_one()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        WebhookWithSecret old = await scene.AddWebhookAsync();
        WebhookWithSecret fresh = (await scene.Setup.RotateAsync(WebhookScene.Project, old.Webhook.Id, CancellationToken.None)).Value;
        Assert.NotEqual(old.Secret, fresh.Secret);
        await scene.StartWorkerAsync();

        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();
        Received both = scene.Receiver.All.Last();
        scene.Clock.Advance(TimeSpan.FromHours(25));
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();
        Received one = scene.Receiver.All.Last();

        Assert.Equal($"{both.Signature(fresh.Secret)} {both.Signature(old.Secret)}", both.Headers["webhook-signature"]);
        Assert.Equal(one.Signature(fresh.Secret), one.Headers["webhook-signature"]);
        Assert.Equal(0, await scene.Database.CountAsync($"webhooks WHERE secret LIKE 'whsec%' OR old_secret LIKE 'whsec%' OR secret LIKE '%{fresh.Secret}%'")); // unreadable at rest
        Assert.DoesNotContain(scene.Lines.All, line => line.Contains(fresh.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempts_and_events_that_nobody_took_are_forgotten_by_age_and_what_is_no_longer_stored_is_not_told()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        IHost worker = await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();
        await scene.Setup.ChangeAsync(WebhookScene.Project, webhook.Id, new WebhookWish("http://127.0.0.1:1/", null, null), CancellationToken.None);
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();
        Assert.Equal((2, 1), (await scene.Database.CountAsync("webhook_attempts"), await scene.Database.CountAsync("webhook_queue")));

        scene.Clock.Advance(TimeSpan.FromDays(31));
        await scene.SettleAsync(); // what is being sent is not forgotten
        await worker.Services.GetRequiredService<WebhookHousekeeping>().RunOnceAsync(CancellationToken.None);
        Assert.Equal(0, await scene.Database.CountAsync("webhook_queue"));
        Assert.Equal(0, await scene.Database.CountAsync($"webhook_attempts WHERE at < '{WebhookScene.Start.AddDays(1):O}'"));

        await scene.Setup.ChangeAsync(WebhookScene.Project, webhook.Id, new WebhookWish(scene.Receiver.Url, null, false), CancellationToken.None);
        await scene.Setup.ChangeAsync(WebhookScene.Project, webhook.Id, new WebhookWish(null, null, true), CancellationToken.None);
        await scene.RunAsync($"INSERT INTO webhook_queue (project_id, webhook_id, event_id, subject_id, type, happened_at, next_attempt_at) VALUES ('{WebhookScene.Project}', '{webhook.Id}', gen_random_uuid(), gen_random_uuid(), 'email.sent', now(), '2026-01-01')");
        await Eventually.TrueAsync(async () => await scene.Database.CountAsync("webhook_queue") == 0);
        Assert.Single(scene.Receiver.All);
    }
}
