using System.Globalization;
using Mail.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Mail.Tests.Core.Webhooks;

/// <summary>What an endpoint's answer means.</summary>
public sealed class WebhookAnswerTests(PostgresFixture postgres)
{
    [Theory, InlineData(200, true), InlineData(202, true), InlineData(204, true), InlineData(301, false), InlineData(304, false), InlineData(400, false), InlineData(404, false), InlineData(500, false), InlineData(503, false)]
    public async Task Only_2xx_takes_an_event(int status, bool isTaken)
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        scene.Receiver.Answer = (context, _) => Answer(context, status);
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        WebhookAttempt attempt = Assert.Single(await scene.AttemptsAsync(webhook.Id));
        Assert.Equal((isTaken, status, isTaken), (attempt.IsTaken, attempt.Status, attempt.Problem is null));
        Assert.Equal(isTaken ? null : WebhookScene.Start.AddSeconds(5), attempt.NextAttemptAt);
        Assert.Equal(isTaken ? 0 : 1, await scene.Database.CountAsync("webhook_queue"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        scene.Receiver.Answer = (context, received) =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return Answer(context, 307);
        };
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        Assert.Empty(scene.Receiver.Types("/elsewhere"));
        Assert.Contains("redirects are not followed", Assert.Single(await scene.AttemptsAsync(webhook.Id)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_switched_off_with_an_alert()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync("/hook?token=secret")).Webhook;
        scene.Receiver.Answer = (context, _) => Answer(context, 410);
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await Eventually.TrueAsync(async () => !(await scene.WebhookAsync(webhook.Id)).IsEnabled);

        Assert.Equal("It answered 410: it is gone.", (await scene.WebhookAsync(webhook.Id)).DisabledReason);
        await Eventually.TrueAsync(async () => await scene.Database.CountAsync($"alerts WHERE kind = 'webhook_disabled' AND subject = '{scene.Receiver.Url}/hook' AND resolved_at IS NULL") == 1);
    }

    [Fact]
    public async Task An_endpoint_that_only_failed_for_days_is_told_of_and_then_switched_off_and_success_ends_the_alert()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        int status = 500;
        scene.Receiver.Answer = (context, _) => Answer(context, Volatile.Read(ref status));
        await scene.StartWorkerAsync();
        for (int i = 0; i < 40; i++) await scene.AddEventsAsync(await scene.AddMessageAsync($"m{i}"), "email.sent");
        await scene.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(10));
        await Eventually.TrueAsync(async () => await scene.Database.CountAsync("alerts WHERE kind = 'webhook_failing' AND resolved_at IS NULL") == 1);
        Assert.True((await scene.WebhookAsync(webhook.Id)).IsEnabled);

        Volatile.Write(ref status, 200);
        await scene.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5));
        await Eventually.TrueAsync(async () => await scene.Database.CountAsync("alerts WHERE kind = 'webhook_failing' AND resolved_at IS NULL") == 0);
        Assert.Equal(0, (await scene.WebhookAsync(webhook.Id)).Waiting);

        Volatile.Write(ref status, 500);
        for (int i = 0; i < 40; i++) await scene.AddEventsAsync(await scene.AddMessageAsync($"n{i}"), "email.sent");
        await scene.SettleAsync();
        await scene.PassAsync(TimeSpan.FromDays(5) + TimeSpan.FromHours(4), TimeSpan.FromHours(2));
        Webhook off = await scene.WebhookAsync(webhook.Id);
        Assert.Equal((false, "It has failed for 5 days without one success."), (off.IsEnabled, off.DisabledReason));
        await Eventually.TrueAsync(async () => await scene.Database.CountAsync("alerts WHERE kind = 'webhook_disabled' AND resolved_at IS NULL") == 1);

        Volatile.Write(ref status, 200);
        await scene.Setup.ChangeAsync(WebhookScene.Project, webhook.Id, new WebhookWish(null, null, true), CancellationToken.None);
        await scene.SettleAsync();
        Webhook on = await scene.WebhookAsync(webhook.Id);
        Assert.Equal((true, null, 0), (on.IsEnabled, on.DisabledReason, on.Waiting));
    }

    [Theory, InlineData(429, "120", 120), InlineData(503, "3600", 3600), InlineData(503, "999999999", 86400), InlineData(503, "soon", 5)]
    public async Task Retry_After_is_honoured_up_to_a_day_for_the_whole_endpoint(int status, string asked, int seconds)
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        scene.Receiver.Answer = (context, _) =>
        {
            context.Response.Headers.RetryAfter = asked;
            return Answer(context, status);
        };
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        Assert.Equal(WebhookScene.Start.AddSeconds(seconds), Assert.Single(await scene.AttemptsAsync(webhook.Id)).NextAttemptAt);
        Assert.Equal(asked == "soon" ? null : WebhookScene.Start.AddSeconds(seconds), (await scene.WebhookAsync(webhook.Id)).ResumeAt);
    }

    [Fact]
    public async Task A_slow_endpoint_has_its_time_and_no_more()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        scene.Settings["Webhooks:Timeout"] = "00:00:00.3";
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        scene.Receiver.Answer = async (context, _) =>
        {
            await context.Response.WriteAsync("begun");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        WebhookAttempt attempt = Assert.Single(await scene.AttemptsAsync(webhook.Id));
        Assert.Equal((false, null, "There was no complete answer within 0.3 seconds."), (attempt.IsTaken, attempt.Status, attempt.Problem));
    }

    [Fact]
    public async Task A_huge_answer_is_read_no_further_than_64_KB_and_its_first_KB_is_kept()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        long written = 0;
        await using LoopbackServer server = new(async (stream, _, ct) =>
        {
            byte[] part = [.. Enumerable.Repeat((byte)'x', 64 * 1024)];
            await stream.ReadExactlyAsync(new byte[100], ct);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ct);
            for (int i = 0; i < 2000; i++, Interlocked.Add(ref written, part.Length)) await stream.WriteAsync(part, ct);
        });
        Webhook webhook = (await scene.AddWebhookAsync(endpoint: $"http://127.0.0.1:{server.Port}/")).Webhook;
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        WebhookAttempt attempt = Assert.Single(await scene.AttemptsAsync(webhook.Id));
        Assert.Equal((true, new string('x', 1024)), (attempt.IsTaken, attempt.Answer));
        Assert.InRange(written, 0, 64 * 1024 * 1024); // what the sockets' buffers took, not the 128 MB offered
    }

    [Fact]
    public async Task An_answer_of_any_bytes_can_be_stored()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        Webhook webhook = (await scene.AddWebhookAsync()).Webhook;
        scene.Receiver.Answer = async (context, _) => await context.Response.Body.WriteAsync(new byte[] { 0, 0xFF, 0xED, 0xA0, 0x80, (byte)'a', 0 });
        await scene.StartWorkerAsync();
        await scene.AddEventsAsync(await scene.AddMessageAsync(), "email.sent");
        await scene.SettleAsync();

        Assert.EndsWith("a", Assert.Single(await scene.AttemptsAsync(webhook.Id)).Answer, StringComparison.Ordinal);
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers["X-Status"] = status.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
