using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Webhooks;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Mail.Tests.Core.Webhooks;

public sealed class WebhookDeliveryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_endpoint_hears_of_the_events_that_it_asks_for_once_each_in_order_and_in_the_documented_form()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync(events: ["email.sent", "email.bounced"])).Webhook;
        await scene.StartWorkerAsync();
        MessageId message = await scene.AddMessageAsync("Grüße");

        await scene.AddEventsAsync(message, "email.sent");
        await scene.SettleAsync();
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await scene.AddEventsAsync(message, "email.delivered");
        await scene.AddEventsAsync(message, "email.bounced");
        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 2);
        await scene.SettleAsync();

        Assert.Equal(["email.sent", "email.bounced"], scene.Receiver.Types());
        Received bounced = scene.Receiver.All.Last();
        JsonElement data = bounced.Json.GetProperty("data");
        Assert.Equal("2026-11-20T12:00:01.000Z", bounced.Json.GetProperty("created_at").GetString());
        Assert.Equal((message.ToString(), $"<{message}@example.org>", "Sender <sender@example.org>", "Grüße", "to@example.com"), (
            data.GetProperty("email_id").GetString()!, data.GetProperty("message_id").GetString()!, data.GetProperty("from").GetString()!, data.GetProperty("subject").GetString()!, data.GetProperty("recipient").GetString()!));
        Assert.Equal(["to@example.com"], data.GetProperty("to").EnumerateArray().Select(to => to.GetString()!));
        Assert.Equal((JsonValueKind.Object, "Permanent", "taken"), (data.GetProperty("tags").ValueKind, data.GetProperty("bounce").GetProperty("type").GetString(), data.GetProperty("bounce").GetProperty("message").GetString()));
        Assert.NotEmpty(data.GetProperty("cause").GetProperty("remedy").GetString()!);
        foreach (string name in (string[])["id", "timestamp", "signature"]) Assert.Equal(bounced.Headers[$"webhook-{name}"], bounced.Headers[$"svix-{name}"]);
        Assert.Equal("application/json", bounced.Headers["content-type"]);
        Assert.Equal(0, await scene.Database.CountAsync("webhook_queue"));
        WebhookAttempt[] attempts = await scene.AttemptsAsync(webhook.Id);
        Assert.Equal([("email.bounced", 200, true), ("email.sent", 200, true)], attempts.Select(attempt => (attempt.Type, attempt.Status!.Value, attempt.IsTaken)));
        Assert.Equal($"evt_{attempts[0].EventId:N}", bounced.Id);
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_a_day_gets_every_event_once_it_is_back_in_order_per_message()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        bool isDown = true;
        scene.Receiver.Answer = (context, _) =>
        {
            if (Volatile.Read(ref isDown)) context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await scene.StartWorkerAsync();
        List<MessageId> messages = [];
        for (int i = 0; i < 24; i++) // a message an hour, each with three events
        {
            MessageId message = await scene.AddMessageAsync($"m{i}");
            messages.Add(message);
            foreach (string type in (string[])["email.delivery_delayed", "email.sent", "email.delivered"])
            {
                await scene.AddEventsAsync(message, type);
                await scene.SettleAsync();
                scene.Clock.Advance(TimeSpan.FromMinutes(20));
            }
        }

        int asked = scene.Receiver.All.Count;
        Assert.NotNull((await scene.WebhookAsync(webhook.Id)).FailingSince);
        Assert.InRange(asked, 10, 24 * 12 + 10); // seldom while it is down
        Volatile.Write(ref isDown, false);
        await scene.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));

        Received[] taken = [.. scene.Receiver.All.Skip(asked)];
        Assert.Equal(72, taken.Length);
        Assert.Equal(72, taken.Select(one => one.Id).Distinct().Count());
        foreach (IGrouping<string, Received> of in taken.GroupBy(one => one.Subject)) Assert.Equal(["email.delivery_delayed", "email.sent", "email.delivered"], of.Select(one => one.Type));
        Assert.Equal((true, null, 0), ((await scene.WebhookAsync(webhook.Id)).IsEnabled, (await scene.WebhookAsync(webhook.Id)).FailingSince, (await scene.WebhookAsync(webhook.Id)).Waiting));
    }

    [Fact]
    public async Task An_event_that_is_not_taken_holds_back_the_later_ones_of_its_message_and_of_no_other()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync();
        scene.Receiver.Answer = (context, received) =>
        {
            if (received.Subject == "poison" && received.Type == "email.sent") context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await scene.StartWorkerAsync();
        MessageId poison = await scene.AddMessageAsync("poison"), other = await scene.AddMessageAsync("other");
        await scene.AddEventsAsync(poison, "email.sent");
        await scene.AddEventsAsync(poison, "email.delivered");
        await scene.AddEventsAsync(other, "email.sent");
        await scene.AddEventsAsync(other, "email.delivered");
        await Eventually.TrueAsync(() => scene.Receiver.All.Count(one => one.Subject == "other") == 2);

        await scene.PassAsync(TimeSpan.FromHours(74), TimeSpan.FromMinutes(30));
        Assert.DoesNotContain(scene.Receiver.All, one => one.Subject == "poison" && one.Type == "email.delivered");
        await scene.PassAsync(TimeSpan.FromHours(5), TimeSpan.FromMinutes(30)); // the tenth attempt is the last: it is given up, and the next one's turn comes

        Assert.Equal([.. Enumerable.Repeat("email.sent", 10), "email.delivered"], scene.Receiver.All.Where(one => one.Subject == "poison").Select(one => one.Type));
        Assert.Single(scene.Receiver.All.Where(one => one.Subject == "poison" && one.Type == "email.sent").Select(one => one.Id).Distinct());
        Assert.Equal(1, await scene.Database.CountAsync("webhook_queue WHERE given_up_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_failing_or_slow_endpoint_delays_no_other()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        scene.Settings["Webhooks:Timeout"] = "00:00:20";
        await scene.AddWebhookAsync("/slow");
        await scene.AddWebhookAsync("/fast");
        using CancellationTokenSource end = new();
        int atATime = 0, most = 0;
        scene.Receiver.Answer = async (context, received) =>
        {
            if (received.Path != "/slow") return;
            InterlockedMax(ref most, Interlocked.Increment(ref atATime));
            try { await Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(end.Token, context.RequestAborted).Token); }
            catch (OperationCanceledException) { }
            Interlocked.Decrement(ref atATime);
        };
        await scene.StartWorkerAsync();

        for (int i = 0; i < 100; i++) await scene.AddEventsAsync(await scene.AddMessageAsync($"m{i}"), "email.sent");

        await Eventually.TrueAsync(() => scene.Receiver.Types("/fast").Length == 100, TimeSpan.FromSeconds(15));
        Assert.InRange(most, 1, 16);
        await end.CancelAsync();
        await Eventually.TrueAsync(() => scene.Receiver.Types("/slow").Length == 100);
        Assert.InRange(most, 1, 16);
    }

    [Fact]
    public async Task Two_workers_share_the_events_and_none_is_sent_twice()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync();
        await scene.StartWorkerAsync();
        await scene.StartWorkerAsync();

        for (int i = 0; i < 20; i++)
        {
            MessageId message = await scene.AddMessageAsync($"m{i}");
            await scene.AddEventsAsync(message, "email.delivery_delayed", "email.sent", "email.delivered");
        }

        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 60);
        await scene.SettleAsync();
        Assert.Equal(60, scene.Receiver.All.Select(one => one.Id).Distinct().Count());
        foreach (IGrouping<string, Received> of in scene.Receiver.All.GroupBy(one => one.Subject)) Assert.Equal(["email.delivery_delayed", "email.sent", "email.delivered"], of.Select(one => one.Type));
    }

    [Fact]
    public async Task What_a_worker_was_sending_when_it_was_killed_is_sent_again_under_the_same_id()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        scene.Settings["Webhooks:Lease"] = "00:00:01";
        await scene.AddWebhookAsync();
        scene.Receiver.Answer = (context, _) => scene.Receiver.All.Count == 1 ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        IHost first = await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 1);

        ((Npgsql.NpgsqlDataSource)first.Services.GetService(typeof(Npgsql.NpgsqlDataSource))!).Dispose(); // to the database, that is what a kill looks like
        await scene.StartWorkerAsync();

        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 2);
        Assert.Single(scene.Receiver.All.Select(one => one.Id).Distinct());
        Assert.Single(scene.Receiver.All.Select(one => one.Body).Distinct());
        await scene.SettleAsync();
    }

    [Fact]
    public async Task An_endpoint_that_is_removed_or_switched_off_hears_nothing_more_and_switched_on_again_what_waited()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook removed = (await scene.AddWebhookAsync("/removed")).Webhook, off = (await scene.AddWebhookAsync("/off")).Webhook;
        MessageId message = await scene.AddMessageAsync();
        await scene.AddEventsAsync(message, "email.sent");
        Assert.Null(await scene.Setup.RemoveAsync(WebhookScene.Project, removed.Id, CancellationToken.None));
        Assert.True((await scene.Setup.ChangeAsync(WebhookScene.Project, off.Id, new WebhookWish(null, null, false), CancellationToken.None)).IsSuccess);
        await scene.AddEventsAsync(message, "email.delivered"); // while it is off: not for it
        await scene.StartWorkerAsync();
        await Task.Delay(300);
        Assert.Empty(scene.Receiver.All);
        Assert.Equal(1, await scene.Database.CountAsync("webhook_queue"));

        await scene.Setup.ChangeAsync(WebhookScene.Project, off.Id, new WebhookWish(null, null, true), CancellationToken.None);

        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 1);
        Assert.Equal(["email.sent"], scene.Receiver.Types("/off"));
    }

    [Fact]
    public async Task Another_projects_events_are_not_told()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync();

        await scene.RunAsync($"INSERT INTO events (project_id, message_id, id, type, created_at) VALUES ('{DeliveryDatabase.OtherProject.Value}', '{Guid.CreateVersion7()}', '{Guid.CreateVersion7()}', 'email.sent', now())");

        Assert.Equal(0, await scene.Database.CountAsync("webhook_queue"));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
    }
}
