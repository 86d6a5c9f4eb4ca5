using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Relays;

/// <summary>Messages that wait for a relay move on within seconds when it is switched off, removed or joined by another, though no other message comes; or they say why they wait.</summary>
public sealed class RelayChangeTests(PostgresFixture postgres)
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(20); // a message that nobody calls waits 30 s and more
    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Theory, InlineData(true), InlineData(false)]
    public async Task Without_a_relay_of_its_own_the_projects_mail_goes_over_the_default(bool isRemoved)
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), own = SmtpSink.Start();
        await own.PauseAsync();
        await using TestWorker worker = await StartAsync(database, common);
        ConfiguredRelay relay = await AddAsync(worker, own, "own");
        await database.AddMessageAsync(["a@example.com"]);
        await WaitingAsync(database, "a@example.com");

        if (isRemoved) await ChangeAsync(worker, db => db.Relays.Where(one => one.Id == relay.Id).ExecuteDeleteAsync());
        else await ChangeAsync(worker, db => db.Relays.Where(one => one.Id == relay.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.IsEnabled, false).SetProperty(one => one.Revision, 2)));
        await common.WaitForAsync(1, _soon);

        await Eventually.TrueAsync(async () => await database.RelayOfAsync("a@example.com") == "default");
    }

    [Fact]
    public async Task Another_relay_takes_what_waits()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), own = SmtpSink.Start(), second = SmtpSink.Start();
        await own.PauseAsync();
        await using TestWorker worker = await StartAsync(database, common);
        await AddAsync(worker, own, "own");
        await database.AddMessageAsync(["a@example.com"]);
        await WaitingAsync(database, "a@example.com");

        await AddAsync(worker, second, "second");
        await second.WaitForAsync(1, _soon);

        Assert.Equal(0, common.MessageCount);
    }

    [Fact]
    public async Task What_no_relay_that_is_left_may_carry_says_so()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), own = SmtpSink.Start(), other = SmtpSink.Start();
        await own.PauseAsync();
        await using TestWorker worker = await StartAsync(database, common);
        ConfiguredRelay relay = await AddAsync(worker, own, "own");
        await AddAsync(worker, other, "other", senders: ["elsewhere.example"]);
        await database.AddMessageAsync(["a@example.com"]);
        await WaitingAsync(database, "a@example.com");

        await ChangeAsync(worker, db => db.Relays.Where(one => one.Id == relay.Id).ExecuteDeleteAsync());
        await Eventually.TrueAsync(async () => (await database.RecipientAsync("a@example.com")).Reason?.Contains("'other' does not accept the sender", StringComparison.Ordinal) is true, _soon);

        Assert.NotNull((await database.RecipientAsync("a@example.com")).NextAttemptAt);
        Assert.Equal(0, common.MessageCount + other.MessageCount);
    }

    [Fact]
    public async Task A_relay_that_was_switched_off_in_a_quiet_time_carries_nothing_more()
    {
        await using DeliveryDatabase database = await DeliveryDatabase.CreateAsync(postgres);
        await using SmtpSink common = SmtpSink.Start(), own = SmtpSink.Start();
        await using TestWorker worker = await StartAsync(database, common);
        ConfiguredRelay relay = await AddAsync(worker, own, "own");
        await database.AddMessageAsync(["a@example.com"]);
        await own.WaitForAsync(1);

        await ChangeAsync(worker, db => db.Relays.Where(one => one.Id == relay.Id).ExecuteDeleteAsync());
        await Task.Delay(TimeSpan.FromSeconds(16));
        await database.AddMessageAsync(["b@example.com"]);

        await common.WaitForAsync(1, _soon);
        Assert.Equal(1, own.MessageCount);
    }

    private static async Task WaitingAsync(DeliveryDatabase database, string recipient)
    {
        await Eventually.TrueAsync(async () => await database.CountAsync("deliveries WHERE parked_by LIKE 'project/%'") == 1);
        Assert.Contains("cannot be used", (await database.RecipientAsync(recipient)).Reason, StringComparison.Ordinal);
    }

    private static Task<TestWorker> StartAsync(DeliveryDatabase database, SmtpSink sink) => TestWorker.StartAsync(database.ConnectionString, settings: new()
    {
        ["SMTP_HOST"] = "127.0.0.1", ["SMTP_PORT"] = $"{sink.Port}", ["SMTP_TLS"] = "none",
    });

    private static async Task<ConfiguredRelay> AddAsync(TestWorker worker, SmtpSink sink, string name, string[]? senders = null)
    {
        await using AsyncServiceScope scope = worker.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        if (!await db.Projects.AnyAsync()) db.Projects.Add(new Project(DeliveryDatabase.Project, "Test", _now));
        ConfiguredRelay relay = new(DeliveryDatabase.Project, RelayId.New(_now), name, "smtp", _now);
        Dictionary<string, string> settings = new() { ["host"] = "127.0.0.1", ["port"] = $"{sink.Port}", ["tls"] = "none" };
        relay.Change(new RelayValues(name, IsEnabled: true, 100, 1, [], null, senders ?? [], null, null, null, null), scope.ServiceProvider.GetRequiredService<RelaySecrets>().Protect(settings), _now);
        db.Relays.Add(relay);
        await db.SaveChangesAsync();
        return relay;
    }

    private static async Task ChangeAsync(TestWorker worker, Func<MailDbContext, Task<int>> change)
    {
        await using AsyncServiceScope scope = worker.Services.CreateAsyncScope();
        Assert.Equal(1, await change(scope.ServiceProvider.GetRequiredService<MailDbContext>()));
    }
}
