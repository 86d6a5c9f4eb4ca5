using System.Text;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Relays;
using Mail.Protocol.Mime.Parsing;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Alerts;

/// <summary>The whole way: real workers over real relays that die, and what people read of it.</summary>
public sealed class RelayAlertTests(PostgresFixture postgres)
{
    private const string Operator = "ops@example.org";

    [Fact]
    public async Task A_dead_relay_makes_one_mail_over_the_other_one_and_its_return_one_more()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), first = SmtpSink.Start(), second = SmtpSink.Start();
        await using TestWorker worker = await StartAsync(database, common);
        await AddProjectAsync(worker);
        await AddRelayAsync(worker, first, "first", priority: 1);
        await AddRelayAsync(worker, second, "second", priority: 2);
        await first.PauseAsync();

        await database.AddMessagesAsync(200);
        await Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent' AND recipient LIKE 'r%'") == 200);
        await Eventually.TrueAsync(() => AlertMails(second).Count == 1);
        Assert.Equal(1, await database.CountAsync("alerts WHERE kind = 'relay_paused' AND subject = 'first' AND resolved_at IS NULL AND told_at IS NOT NULL"));
        await Eventually.TrueAsync(async () => await database.CountAsync("alerts WHERE kind = 'relay_failover' AND subject = 'first' AND count = 200 AND told_at IS NULL") == 1);
        string told = AlertMails(second)[0];

        first.Resume();
        for (int i = 0; AlertMails(first).Count + AlertMails(second).Count < 2 && i < 100; i++)
        {
            await database.AddMessagesAsync(1); // a probe alone does not prove it
            await Task.Delay(200);
        }

        await Task.Delay(500);

        Assert.Contains("first", told, StringComparison.Ordinal);
        Assert.Contains("is paused", told, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", told, StringComparison.Ordinal);
        string over = AlertMails(first).Concat(AlertMails(second)).Single(mail => mail != told);
        Assert.Contains("works again", over, StringComparison.Ordinal);
        Assert.Empty(common.Messages);
    }

    [Fact]
    public async Task With_no_other_relay_the_alert_waits_where_it_can_be_seen_and_is_told_once_the_relay_is_back()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink only = SmtpSink.Start();
        await only.PauseAsync();
        await using TestWorker worker = await StartAsync(database, only);
        await AddProjectAsync(worker);
        await database.AddMessagesAsync(20);

        await Eventually.TrueAsync(async () => await database.CountAsync("alerts WHERE kind = 'relay_paused' AND resolved_at IS NULL AND told_at IS NULL") == 1);
        await Eventually.TrueAsync(() => worker.Log.All.Any(line => line.Contains("Nobody can be told", StringComparison.Ordinal)));
        Assert.Equal(0, await database.CountAsync($"deliveries WHERE recipient = '{Operator}'"));

        only.Resume();
        await Eventually.TrueAsync(() => AlertMails(only).Count == 1);
        await Task.Delay(500);

        Assert.Contains("works again", Assert.Single(AlertMails(only)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_workers_tell_once()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), first = SmtpSink.Start();
        await first.PauseAsync();
        await using TestWorker one = await StartAsync(database, common);
        await using TestWorker two = await StartAsync(database, common);
        await AddProjectAsync(one);
        await AddRelayAsync(one, first, "first", priority: 1);

        for (int i = 0; i < 10; i++) await database.AddMessagesAsync(40);
        await Eventually.TrueAsync(() => AlertMails(common).Count == 1);
        await Task.Delay(1500);

        Assert.Single(AlertMails(common)); // over the default relay: the project has no other
        Assert.Equal(1, await database.CountAsync("alerts WHERE kind = 'relay_paused'"));
    }

    [Fact]
    public async Task A_refused_password_is_told_as_something_to_change_with_its_remedy()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), first = SmtpSink.Start();
        first.Script = step => step is { Stage: SmtpSinkStage.Mail } ? SmtpSinkAction.Reply(530, "5.7.0 Authentication Required") : null;
        await using TestWorker worker = await StartAsync(database, common);
        await AddProjectAsync(worker, locale: "fr");
        await AddRelayAsync(worker, first, "first", priority: 1);

        await database.AddMessagesAsync(3);
        await Eventually.TrueAsync(() => AlertMails(common).Count == 1);

        Assert.Equal(1, await database.CountAsync("alerts WHERE kind = 'relay_misconfigured' AND facts ->> 'cause' = 'relay_login_missing'"));
        Assert.Contains("demande une correction", Decoded(AlertMails(common)[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_that_is_nearly_used_is_told_once_over_another_relay()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), first = SmtpSink.Start();
        await using TestWorker worker = await StartAsync(database, common);
        await AddProjectAsync(worker);
        await AddRelayAsync(worker, first, "first", priority: 1);
        IAlerts alerts = worker.Services.GetRequiredService<IAlerts>();

        for (int used = 800; used < 1000; used++)
            alerts.Raise(new AlertKey(DeliveryDatabase.Project, AlertKind.RelayQuota80, "first"), new AlertFacts { Used = used, Limit = 1000, Period = "day" }, endsAt: DateTimeOffset.UtcNow.AddHours(1));
        await Eventually.TrueAsync(() => AlertMails(common).Count == 1);
        alerts.Raise(new AlertKey(DeliveryDatabase.Project, AlertKind.RelayQuota80, "first"), new AlertFacts { Used = 1000, Limit = 1000, Period = "day" });
        await Task.Delay(500);

        Assert.Contains("999 / 1,000", Decoded(Assert.Single(AlertMails(common))), StringComparison.Ordinal);
        Assert.Empty(first.Messages);
    }

    private static List<string> AlertMails(SmtpSink sink) =>
        [.. sink.Messages.Where(message => message.Recipients.Any(recipient => recipient.Contains(Operator, StringComparison.Ordinal))).Select(message => Encoding.UTF8.GetString(message.Raw))];

    private static string Decoded(string mail) => ParsedMessage.Parse(Encoding.UTF8.GetBytes(mail)).TextBody ?? "";

    private static Task<TestWorker> StartAsync(DeliveryDatabase database, SmtpSink common) => TestWorker.StartAsync(database.ConnectionString, settings: new()
    {
        ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{common.Port}", ["SMTP_TLS"] = "none", ["EMAIL_FROM"] = "Mail <mail@example.org>",
        ["Delivery:RetryDelays:0"] = "00:00:00.2", ["Delivery:RetryDelays:1"] = "00:10:00", ["Relay:FirstPause"] = "00:00:00.1", ["Relay:MaxPause"] = "00:00:00.5",
        ["Alerts:LookEvery"] = "00:00:00.1", ["Alerts:TellAfter"] = "00:00:00",
    });

    private static async Task AddProjectAsync(TestWorker worker, string locale = "en")
    {
        Npgsql.NpgsqlDataSource source = worker.Services.GetRequiredService<Npgsql.NpgsqlDataSource>();
        await using Npgsql.NpgsqlCommand insert = source.CreateCommand("INSERT INTO projects (id, name, default_locale, alert_emails, created_at) VALUES ($1, 'Shop', $2, $3, now())");
        insert.Parameters.AddTyped(DeliveryDatabase.Project.Value).AddTyped(locale).AddTyped(new[] { Operator });
        await insert.ExecuteNonQueryAsync();
    }

    private static async Task AddRelayAsync(TestWorker worker, SmtpSink sink, string name, int priority)
    {
        await using AsyncServiceScope scope = worker.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        ConfiguredRelay relay = new(DeliveryDatabase.Project, RelayId.New(now), name, "smtp", now);
        Dictionary<string, string> settings = new() { ["host"] = "127.0.0.1", ["port"] = $"{sink.Port}", ["tls"] = "none" };
        relay.Change(
            new RelayValues(name, true, priority, 1, [], null, [], null, null, null, null), worker.Services.GetRequiredService<RelaySecrets>().Protect(settings), now);
        db.Relays.Add(relay);
        await db.SaveChangesAsync();
    }
}
