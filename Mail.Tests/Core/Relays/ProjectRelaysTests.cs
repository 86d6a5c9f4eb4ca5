using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.Core.Relays.Limits;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Relays;

/// <summary>Relays in the table `relays` carry their project's mail; changes are followed without a restart.</summary>
public sealed class ProjectRelaysTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_project_with_a_relay_of_its_own_does_not_use_the_default_and_a_change_is_followed()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), own = SmtpSink.Start(), next = SmtpSink.Start();
        await using TestWorker worker = await StartAsync(database, common);
        ConfiguredRelay relay = await AddRelayAsync(worker, own, "own");

        await database.AddMessageAsync(["first@example.com"]);
        await own.WaitForAsync(1);
        await ChangeAsync(worker, relay, next);
        for (int i = 0; next.MessageCount == 0; i++)
        {
            Assert.True(i < 60, "The change was not noticed.");
            await database.AddMessageAsync([$"later{i}@example.com"]);
            await Task.Delay(500);
        }

        Assert.Equal("own", await database.RelayOfAsync("first@example.com"));
        Assert.Equal(0, common.MessageCount);
    }

    [Fact]
    public async Task Settings_in_the_database_show_no_secret()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await StartAsync(database, sink);
        await AddRelayAsync(worker, sink, "own", password: "hunter2-hunter2");

        string stored = await database.ScalarAsync<string>("SELECT settings FROM relays");

        Assert.DoesNotContain("hunter2", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relay_whose_settings_cannot_be_read_delays_its_mail_and_says_what_to_do()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await StartAsync(database, sink);
        await AddRelayAsync(worker, sink, "own");
        await using (Npgsql.NpgsqlCommand spoil = database.Source.CreateCommand("UPDATE relays SET settings = 'CfDJ8' || settings")) await spoil.ExecuteNonQueryAsync();

        await database.AddMessageAsync(["a@example.com"]);
        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).State == "delivery_delayed");

        Assert.Equal("The settings of the relay 'own' were encrypted with a key that is lost; enter them again.", (await database.RecipientAsync("a@example.com")).Reason);
        Assert.Equal(0, sink.MessageCount);
    }

    [Fact]
    public async Task Limits_are_stored_and_read_as_they_were_set()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink sink = SmtpSink.Start();
        await using TestWorker worker = await StartAsync(database, sink);
        ConfiguredRelay relay = await AddRelayAsync(worker, sink, "own");
        await using AsyncServiceScope scope = worker.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        ConfiguredRelay tracked = (await db.Relays.FindAsync(relay.ProjectId, relay.Id))!;
        WarmUp plan = new(new DateOnly(2026, 3, 1), 50, 1.5, 1000);

        tracked.Change(Values("own") with { DomainLimits = [new("GMAIL.com", 2.5), new("*", null, 4)], WarmUp = plan }, tracked.Settings, _now);
        await db.SaveChangesAsync();
        ConfiguredRelay stored = await db.Relays.AsNoTracking().SingleAsync();
        tracked.Change(Values("own") with { DomainLimits = [new("*", null, 5)] }, tracked.Settings, _now);
        await db.SaveChangesAsync();
        ConfiguredRelay changed = await db.Relays.AsNoTracking().SingleAsync();

        Assert.Equal([new DomainLimit("gmail.com", 2.5), new DomainLimit("*", null, 4)], stored.DomainLimits);
        Assert.Equal((plan, (WarmUp?)null, 5), (stored.WarmUp, changed.WarmUp, changed.DomainLimits.Single().MaxConcurrent));
    }

    private static Task<TestWorker> StartAsync(DeliveryDatabase database, SmtpSink sink) => TestWorker.StartAsync(database.ConnectionString, settings: new()
    {
        ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none",
    });

    private static async Task<ConfiguredRelay> AddRelayAsync(TestWorker worker, SmtpSink sink, string name, string? password = null)
    {
        await using AsyncServiceScope scope = worker.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        db.Projects.Add(new Project(DeliveryDatabase.Project, "Test", _now));
        ConfiguredRelay relay = new(DeliveryDatabase.Project, RelayId.New(_now), name, "smtp", _now);
        relay.Change(Values(name), Settings(scope, sink, password), _now);
        db.Relays.Add(relay);
        await db.SaveChangesAsync();
        return relay;
    }

    private static async Task ChangeAsync(TestWorker worker, ConfiguredRelay known, SmtpSink sink)
    {
        await using AsyncServiceScope scope = worker.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        ConfiguredRelay relay = (await db.Relays.FindAsync(known.ProjectId, known.Id))!;
        relay.Change(Values(relay.Name), Settings(scope, sink, password: null), _now);
        await db.SaveChangesAsync();
    }

    private static RelayValues Values(string name) => new(name, IsEnabled: true, 100, 1, [], null, [], null, null, null, null);

    private static string Settings(AsyncServiceScope scope, SmtpSink sink, string? password)
    {
        Dictionary<string, string> settings = new() { ["host"] = "127.0.0.1", ["port"] = $"{sink.Port}", ["tls"] = "none" };
        if (password is not null) (settings["username"], settings["password"]) = ("alice", password);
        return scope.ServiceProvider.GetRequiredService<RelaySecrets>().Protect(settings);
    }
}
