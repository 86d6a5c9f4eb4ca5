using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Webhooks;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.Support;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Alerts;

/// <summary>Bounces and complaints of a day, out of the counts by hour.</summary>
public sealed class RateWatchTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly AlertKey _bounces = new(DeliveryDatabase.Project, AlertKind.BounceRate, "");
    private static readonly AlertKey _complaints = _bounces with { Kind = AlertKind.ComplaintRate };

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero));
    private readonly AlertOutbox _outbox = new();
    private DeliveryDatabase _database = null!;
    private AlertStore _store = null!;
    private RateWatch _watch = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await DeliveryDatabase.CreateAsync(postgres);
        _store = new AlertStore(_database.Source, Options.Create(new AlertOptions()), _clock);
        _watch = new RateWatch(_database.Source, _outbox, Options.Create(new AlertOptions()), _clock);
        await using NpgsqlCommand add = _database.Source.CreateCommand("INSERT INTO projects (id, name, created_at) VALUES ($1, 'One', now()), ($2, 'Two', now() + interval '1 second') ON CONFLICT DO NOTHING");
        add.Parameters.AddTyped(DeliveryDatabase.Project.Value).AddTyped(DeliveryDatabase.OtherProject.Value);
        await add.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(94, 6, true)]
    [InlineData(95, 5, false)] // 5 % are not more than 5 %
    [InlineData(90, 9, false)] // 99 recipients are too few to say
    [InlineData(2, 1, false)]
    [InlineData(0, 100, true)]
    public async Task Bounces_are_told_above_the_part_that_is_put_up_with_and_not_of_a_few(int sent, int bounced, bool isTold)
    {
        await CountAsync(sent, bounced);

        Assert.Equal(isTold ? new[] { _bounces } : [], await LookAsync());
    }

    [Theory]
    [InlineData(2999, 3, true)]
    [InlineData(3000, 3, false)]
    [InlineData(100, 2, false)] // two people are no pattern
    [InlineData(0, 50, true)] // they come days after the mail
    public async Task Complaints_are_told_above_the_part_that_is_put_up_with_and_not_of_a_few(int sent, int complained, bool isTold)
    {
        await CountAsync(sent, 0, complained);

        Assert.Equal(isTold ? new[] { _complaints } : [], await LookAsync());
    }

    [Fact]
    public async Task What_comes_late_is_measured_by_the_week_that_it_may_belong_to()
    {
        await CountAsync(50_000, 10, hoursAgo: 100);
        await CountAsync(0, 110, complained: 3);

        Assert.Empty(await LookAsync());
    }

    [Fact]
    public async Task A_rate_beside_the_limit_does_not_come_and_go()
    {
        await CountAsync(940, 60);
        bool first = (await LookAsync()).Length == 1;
        await CountAsync(300, 0); // 4.6 %
        bool second = (await LookAsync()).Length == 1;
        await CountAsync(300, 0); // 3.75 %
        await LookAsync();

        Assert.Equal((true, true, false), (first, second, (await _store.ListAsync(DeliveryDatabase.Project, 10, default)).Single().IsOpen));
    }

    [Fact]
    public async Task It_is_each_projects_own_over_24_hours_and_over_when_the_rate_falls()
    {
        await CountAsync(500, 100, hoursAgo: 25); // yesterday's
        await CountAsync(1000, 0, project: DeliveryDatabase.OtherProject);
        Assert.Empty(await LookAsync());
        await CountAsync(50, 20, hoursAgo: 23);
        await CountAsync(40, 0);
        Assert.Equal([_bounces], await LookAsync());
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([_bounces], await LookAsync());

        Alert stands = Assert.Single(await _store.ListAsync(DeliveryDatabase.Project, 10, default));
        await CountAsync(1000, 0);
        await LookAsync();

        Assert.Equal((20L, 110L, 1L), (stands.Facts.Used!.Value, stands.Facts.Limit!.Value, stands.Count)); // looked at twice, and happened once
        Assert.Equal("Much mail bounces: 18.2 %", AlertText.Of(stands, "en").Title);
        Assert.Contains("20 destinataires ont été refusés définitivement, sur 110", AlertText.Of(stands, "fr").Summary, StringComparison.Ordinal);
        Assert.False(Assert.Single(await _store.ListAsync(DeliveryDatabase.Project, 10, default)).IsOpen);
        Assert.Empty(await _store.ListAsync(DeliveryDatabase.OtherProject, 10, default));
    }

    [Fact]
    public async Task It_stands_from_one_look_to_the_next_and_ends_when_nobody_looks_any_more()
    {
        await CountAsync(0, 100);
        await LookAsync();
        _clock.Advance(TimeSpan.FromMinutes(29));
        await _store.ExpireAsync(default);
        bool stood = (await _store.ListAsync(DeliveryDatabase.Project, 10, default)).Single().IsOpen;
        _clock.Advance(TimeSpan.FromMinutes(2));
        await _store.ExpireAsync(default);

        Assert.Equal((true, false), (stood, (await _store.ListAsync(DeliveryDatabase.Project, 10, default)).Single().IsOpen));
    }

    /// <summary>The whole way: events, the trigger that counts them, the loop of every host, and the webhook of the project; another project hears nothing.</summary>
    [Fact]
    public async Task What_bounces_reaches_the_projects_webhook_and_no_other_project()
    {
        await using WebhookScene scene = await WebhookScene.CreateAsync(postgres);
        (scene.Settings["Alerts:TellAfter"], scene.Settings["Alerts:LookEvery"], scene.Settings["Alerts:RatesLookEvery"]) = ("00:00:00", "00:00:00.05", "00:00:00.1");
        scene.Settings["Alerts:BounceRateLeast"] = "4";
        await scene.AddWebhookAsync(events: [WebhookEvents.AlertRaised]);
        MessageId message = await scene.AddMessageAsync();
        await scene.AddEventsAsync(message, "email.sent", "email.sent", "email.sent", "email.bounced");
        await scene.RunAsync($"INSERT INTO message_counts (project_id, hour, sent, delivered, delayed, bounced, failed, suppressed, complained, opened, clicked) VALUES ('{DeliveryDatabase.OtherProject.Value}', '{scene.Clock.GetUtcNow():O}', 0, 0, 0, 500, 0, 0, 0, 0, 0)");

        await scene.StartWorkerAsync();
        await Eventually.TrueAsync(() => !scene.Receiver.All.IsEmpty);

        Assert.All(scene.Receiver.All, told => Assert.Equal(
            ("alert.raised", "bounce_rate", "project", "Much mail bounces: 25 %"),
            (told.Type, Text(told, "kind"), Text(told, "scope"), Text(told, "title"))));
        await Eventually.TrueAsync(async () => await scene.Database.CountAsync("alerts WHERE kind = 'bounce_rate'") == 2);
        Assert.Single(scene.Receiver.All.DistinctBy(one => one.Id));

        static string? Text(Received told, string name) => told.Json.GetProperty("data").GetProperty(name).GetString();
    }

    /// <returns>What is raised; all that was said is stored.</returns>
    private async Task<AlertKey[]> LookAsync()
    {
        await _watch.LookAsync(default);
        IReadOnlyList<AlertChange> changes = _outbox.Take();
        foreach (AlertChange change in changes) await _store.ApplyAsync(change, default);
        return [.. changes.Where(change => !change.IsOver).Select(change => change.Key)];
    }

    private async Task CountAsync(int sent, int bounced, int complained = 0, int hoursAgo = 0, ProjectId? project = null)
    {
        DateTime hour = _clock.GetUtcNow().UtcDateTime.AddMinutes(-30).AddHours(-hoursAgo);
        await using NpgsqlCommand add = _database.Source.CreateCommand(
            "INSERT INTO message_counts (project_id, hour, sent, delivered, delayed, bounced, failed, suppressed, complained, opened, clicked) VALUES ($1, $2, $3, 0, 0, $4, 0, 0, $5, 0, 0)");
        add.Parameters.AddTyped((project ?? DeliveryDatabase.Project).Value).AddTyped(hour).AddTyped(sent).AddTyped(bounced).AddTyped(complained);
        await add.ExecuteNonQueryAsync();
    }
}
