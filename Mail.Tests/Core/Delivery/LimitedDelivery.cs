using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Mail.Core.Relays;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Core.Delivery;

/// <summary>A project whose relays have limits, and the workers that share them.</summary>
internal sealed class LimitedDelivery(DeliveryDatabase database, string? redis, bool isPatient, TimeProvider? clock) : IAsyncDisposable
{
    private readonly List<TestWorker> _workers = [];

    public DeliveryDatabase Database => database;

    public IReadOnlyList<TestWorker> Workers => _workers;

    /// <param name="isPatient">Waits for Redis however slow the machine is, so that the limits of all workers hold from the first message on.</param>
    public static async Task<LimitedDelivery> CreateAsync(PostgresFixture postgres, string? redis = null, bool isPatient = true, TimeProvider? clock = null)
    {
        LimitedDelivery limited = new(await DeliveryDatabase.CreateAsync(postgres), redis, isPatient, clock);
        await using AsyncServiceScope scope = limited.AddWorker().Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        db.Projects.Add(new Project(DeliveryDatabase.Project, "Test", DateTimeOffset.UtcNow));
        await db.SaveChangesAsync();
        return limited;
    }

    public static RelayValues Values(string name, int priority = 100) => new(name, IsEnabled: true, priority, 1, [], null, [], null, null, null, null);

    public async Task AddRelayAsync(SmtpSink sink, RelayValues values)
    {
        await using AsyncServiceScope scope = _workers[0].Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        ConfiguredRelay relay = new(DeliveryDatabase.Project, RelayId.New(DateTimeOffset.UtcNow), values.Name, "smtp", DateTimeOffset.UtcNow);
        Dictionary<string, string> settings = new() { ["host"] = "127.0.0.1", ["port"] = $"{sink.Port}", ["tls"] = "none" };
        relay.Change(values, scope.ServiceProvider.GetRequiredService<RelaySecrets>().Protect(settings), DateTimeOffset.UtcNow);
        db.Relays.Add(relay);
        await db.SaveChangesAsync();
    }

    public async Task ChangeRelayAsync(RelayValues values)
    {
        await using AsyncServiceScope scope = _workers[0].Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        ConfiguredRelay relay = await db.Relays.SingleAsync(one => one.Name == values.Name);
        relay.Change(values, relay.Settings, DateTimeOffset.UtcNow);
        await db.SaveChangesAsync();
    }

    public async Task StartAsync(int workers = 1)
    {
        while (_workers.Count < workers) AddWorker();
        foreach (TestWorker worker in _workers) await worker.StartAsync();
    }

    public async Task AddMessagesAsync(int count, string domain, string name = "r")
    {
        for (int i = 0; i < count; i++) await database.AddMessageAsync([$"{name}{i}@{domain}"]);
    }

    public Task SentAsync(int count) => Eventually.TrueAsync(async () => await database.CountAsync("finished_deliveries WHERE state = 'sent'") >= count);

    public async ValueTask DisposeAsync()
    {
        foreach (TestWorker worker in _workers) await worker.DisposeAsync();
        await database.DisposeAsync();
    }

    private TestWorker AddWorker()
    {
        Dictionary<string, string?> settings = new() { ["Relay:FirstPause"] = "00:00:00.2", ["Relay:MaxPause"] = "00:00:00.5" };
        if (redis is not null) settings["ConnectionStrings:cache"] = redis;
        if (isPatient) settings["Relay:RedisPatience"] = "00:00:10";
        TestWorker worker = TestWorker.Create(database.ConnectionString, settings: settings, clock: clock);
        _workers.Add(worker);
        return worker;
    }
}
