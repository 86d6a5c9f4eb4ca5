using System.Globalization;
using System.Text.Json;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Webhooks;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mail.Tests.Core.Webhooks;

/// <summary>How events come to be told: by the statement that writes them, whichever it is.</summary>
public sealed class WebhookEventTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Each_insert_of_one_statement_is_heard_in_the_order_of_its_time_and_what_is_rolled_back_is_not()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync();
        string message = Guid.CreateVersion7().ToString();
        string Row(string type, string at) => $"('{WebhookScene.Project}', '{message}', gen_random_uuid(), '{type}', '{at}')";

        await scene.RunAsync($"""
            WITH one AS (INSERT INTO events (project_id, message_id, id, type, created_at) VALUES {Row("email.delivered", "2026-11-20 12:00:02")}),
                 two AS (INSERT INTO events (project_id, message_id, id, type, created_at) VALUES {Row("email.sent", "2026-11-20 12:00:01")}, {Row("email.rerouted", "2026-11-20 12:00:00")})
            SELECT 1
            """);
        await using (NpgsqlConnection connection = await scene.Database.Source.OpenConnectionAsync())
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            await using NpgsqlCommand insert = new($"INSERT INTO events (project_id, message_id, id, type, created_at) VALUES {Row("email.bounced", "2026-11-20 12:00:03")}", connection);
            await insert.ExecuteNonQueryAsync();
            await transaction.RollbackAsync();
        }

        Assert.Equal("email.sent,email.delivered", await scene.Database.ScalarAsync<string>("SELECT string_agg(type, ',' ORDER BY seq) FROM webhook_queue"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Events_of_every_partition_are_heard(bool hasPartition)
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync(events: ["email.sent", "email.scheduled"]);
        DateTimeOffset month = new(2031, 3, 15, 0, 0, 0, TimeSpan.Zero);
        if (hasPartition) await new PartitionMaintenance(scene.Database.Source).EnsureAsync(month, CancellationToken.None);
        Guid id = UuidV7.First(month);

        await scene.RunAsync($"INSERT INTO events (project_id, message_id, id, type, created_at) VALUES ('{WebhookScene.Project}', '{id}', gen_random_uuid(), 'email.sent', now())");
        await scene.RunAsync($$"""
            INSERT INTO messages (project_id, id, created_at, lane, is_test, guarantee, subject, envelope, content, scheduled_at)
            VALUES ('{{WebhookScene.Project}}', '{{id}}', now(), 1, false, 'at_least_once', 'S', '{}', '{}', now()), ('{{WebhookScene.Project}}', '{{UuidV7.First(month.AddDays(1))}}', now(), 1, false, 'at_least_once', 'S', '{}', '{}', NULL)
            """);

        Assert.Equal("email.sent,email.scheduled", await scene.Database.ScalarAsync<string>("SELECT string_agg(type, ',' ORDER BY seq) FROM webhook_queue"));
        Assert.Equal(hasPartition ? 1 : 0, await scene.Database.CountAsync($"pg_class WHERE relname = 'events_{month.ToString("yyyy_MM", CultureInfo.InvariantCulture)}'"));
    }

    [Fact]
    public async Task What_an_event_says_beyond_its_columns_stands_in_its_data()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync(events: ["email.clicked", "email.bounced"]);
        await scene.StartWorkerAsync();
        MessageId message = await scene.AddMessageAsync();
        await scene.RunAsync($$$"""
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail) VALUES
            ('{{{WebhookScene.Project}}}', '{{{message}}}', gen_random_uuid(), 'email.clicked', '2026-11-20 11:00:00', 'to@example.com', '{"click": {"link": "https://example.com/?a=<b>"}, "machine": true, "email_id": "forged"}'),
            ('{{{WebhookScene.Project}}}', '{{{message}}}', gen_random_uuid(), 'email.bounced', '2026-11-20 11:00:01', 'to@example.com', '{"bounce": {"type": "Transient", "subType": "MailboxFull", "message": "full"}}')
            """);
        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 2);

        JsonElement clicked = scene.Receiver.All.First().Json.GetProperty("data"), bounced = scene.Receiver.All.Last().Json.GetProperty("data");
        Assert.Equal(("https://example.com/?a=<b>", true, message.ToString()), (clicked.GetProperty("click").GetProperty("link").GetString(), clicked.GetProperty("machine").GetBoolean(), clicked.GetProperty("email_id").GetString()));
        Assert.Equal("MailboxFull", bounced.GetProperty("bounce").GetProperty("subType").GetString());
        Assert.Single(bounced.EnumerateObject(), field => field.Name == "bounce");
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_entry_of_the_suppression_list_is_told_with_its_message_and_without(bool hasMessage)
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync(events: ["suppression.added"]);
        await scene.StartWorkerAsync();
        Guid id = Guid.CreateVersion7(), message = hasMessage ? (await scene.AddMessageAsync()).Value : id;
        await scene.RunAsync($$"""
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, detail) VALUES
            ('{{WebhookScene.Project}}', '{{message}}', '{{id}}', 'suppression.added', '2026-11-20 11:00:00', 'a@example.com', '{"id": "s1", "reason": "manual"}')
            """);
        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 1);

        JsonElement data = scene.Receiver.All.Single().Json.GetProperty("data");
        Assert.Equal(("a@example.com", "manual", hasMessage ? message.ToString() : null), (data.GetProperty("email").GetString(), data.GetProperty("reason").GetString(), data.GetProperty("email_id").GetString()));
    }

    [Fact]
    public async Task A_message_that_is_accepted_for_later_is_told_by_its_own_id()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync(events: ["email.scheduled"]);
        MessageId message = await scene.AddMessageAsync();
        await scene.RunAsync($"""
            INSERT INTO messages SELECT project_id, '{UuidV7.First(DateTimeOffset.UtcNow)}', created_at, lane, is_test, guarantee, subject, envelope, content, '2027-01-01 08:00:00Z' FROM messages WHERE id = '{message}'
            """);
        scene.Clock.Advance(DateTimeOffset.UtcNow.AddSeconds(1) - scene.Clock.GetUtcNow());
        await scene.StartWorkerAsync();
        await Eventually.TrueAsync(() => scene.Receiver.All.Count == 1);

        Received told = scene.Receiver.All.Single();
        Assert.Equal(("email.scheduled", "2027-01-01T08:00:00.000Z"), (told.Type, told.Json.GetProperty("data").GetProperty("scheduled_at").GetString()));
        Assert.Equal(told.Id, $"evt_{Guid.Parse(told.Json.GetProperty("data").GetProperty("email_id").GetString()!):N}");
    }

    [Fact]
    public async Task Alerts_are_told_to_who_asks_for_them_once_each()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        scene.Settings["Alerts:TellAfter"] = "00:00:00";
        scene.Settings["Alerts:LookEvery"] = "00:00:00.05";
        await scene.AddWebhookAsync(events: [WebhookEvents.AlertRaised]);
        IAlerts alerts = (await scene.StartWorkerAsync()).Services.GetRequiredService<IAlerts>();
        await scene.StartWorkerAsync();

        alerts.Raise(new AlertKey(WebhookScene.Project, AlertKind.RelayPaused, "main"), new AlertFacts { Reason = "Connection refused" });
        alerts.Raise(new AlertKey(DeliveryDatabase.OtherProject, AlertKind.RelayPaused, "not mine"), new AlertFacts { Reason = "Connection refused" });
        alerts.Raise(new AlertKey(null, AlertKind.RelayFailover, "default"), new AlertFacts { Reason = "Connection refused" });
        await Eventually.TrueAsync(() => scene.Receiver.All.DistinctBy(one => one.Id).Count() == 2);
        await Task.Delay(300);

        Assert.Equal(["default", "main"], scene.Receiver.All.DistinctBy(one => one.Id).Select(one => one.Json.GetProperty("data").GetProperty("subject").GetString()).Order());
        Assert.Equal(1, await scene.Database.CountAsync("alerts WHERE subject = 'main' AND told_at IS NOT NULL"));
        Assert.Equal(1, await scene.Database.CountAsync("alerts WHERE subject = 'not mine' AND told_at IS NULL")); // nobody heard of it
    }

    [Fact]
    public async Task A_part_of_mail_tells_its_own_events_in_its_own_transaction()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        await scene.AddWebhookAsync(events: ["suppression.added"]);
        WebhookPublisher publisher = (await scene.StartWorkerAsync()).Services.GetRequiredService<WebhookPublisher>();
        JsonElement data = JsonDocument.Parse("""{"email":"a@example.com"}""").RootElement;
        Guid id = Guid.CreateVersion7();
        await using (NpgsqlConnection connection = await scene.Database.Source.OpenConnectionAsync())
        await using (NpgsqlTransaction transaction = await connection.BeginTransactionAsync())
        {
            Assert.Equal(1, await publisher.PublishAsync(WebhookScene.Project, Guid.CreateVersion7(), "suppression.added", data, scene.Clock.GetUtcNow(), connection, CancellationToken.None));
            await transaction.RollbackAsync();
        }

        Assert.Equal(1, await publisher.PublishAsync(WebhookScene.Project, id, "suppression.added", data, scene.Clock.GetUtcNow(), null, CancellationToken.None));
        Assert.Equal(0, await publisher.PublishAsync(WebhookScene.Project, Guid.CreateVersion7(), "suppression.removed", data, scene.Clock.GetUtcNow(), null, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => publisher.PublishAsync(WebhookScene.Project, id, "no.such", data, scene.Clock.GetUtcNow(), null, CancellationToken.None));
        await scene.SettleAsync();

        Received told = Assert.Single(scene.Receiver.All);
        Assert.Equal(($"evt_{id:N}", """{"type":"suppression.added","created_at":"2026-11-20T12:00:00.000Z","data":{"email":"a@example.com"}}"""), (told.Id, told.Body));
    }
}
