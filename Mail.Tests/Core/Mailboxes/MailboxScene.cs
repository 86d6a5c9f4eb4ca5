using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Mailboxes;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Messaging;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Core.Messaging;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Tests.Core.Mailboxes;

/// <summary>
/// A project with a connection to a provider and a domain there, and hosts that lead its mailboxes. Of the provider it knows its kind, settings that open it, and the domain: any will do
/// (<see cref="StartAsync(PostgresFixture, MailboxProviderKind, IReadOnlyDictionary{string, string}, string, TimeProvider?)"/>).
/// </summary>
internal sealed class MailboxScene : IAsyncDisposable
{
    public const string Domain = "boxes.example.org";

    private readonly BusScene _bus;
    private readonly TimeProvider? _clock;

    private MailboxScene(BusScene bus, WatchedKind kind, TimeProvider? clock)
    {
        (_bus, Kind, _clock) = (bus, kind, clock);
        App = NewHost(kind);
    }

    public static ProjectId Project => DeliveryDatabase.Project;

    /// <summary>As an app's key sees all of it.</summary>
    public static MailboxAccess Access { get; } = new(Project, false, null);

    public static FlowActor By { get; } = new("api", "key");

    public BusScene Bus => _bus;

    public WatchedKind Kind { get; }

    /// <summary>The host that takes wishes. Its worker runs when it is started.</summary>
    public BusHost App { get; }

    public MailboxSetup Setup => App.Services.GetRequiredService<MailboxSetup>();

    public MailboxStore Store => App.Services.GetRequiredService<MailboxStore>();

    public MailboxConnections Connections => App.Services.GetRequiredService<MailboxConnections>();

    public MailboxDomains Domains => App.Services.GetRequiredService<MailboxDomains>();

    public Guid Connection { get; private set; }

    public static Task<(MailboxScene Scene, MemoryProvider Cloud)> StartAsync(PostgresFixture postgres, TimeProvider? clock = null) => StartAsync(postgres, new MemoryProvider(), clock);

    public static async Task<(MailboxScene Scene, MemoryProvider Cloud)> StartAsync(PostgresFixture postgres, MemoryProvider cloud, TimeProvider? clock = null) =>
        (await StartAsync(postgres, cloud, new Dictionary<string, string> { ["base_url"] = "https://api.example", ["api_key"] = "k" }, Domain, clock), cloud);

    public static Task<MailboxScene> StartAsync(PostgresFixture postgres, TestedCloud cloud) => StartAsync(postgres, cloud.Kind, cloud.Settings, cloud.Domain);

    /// <param name="settings">Such as the address of a fake.</param>
    /// <param name="domain">One that the provider lets be used.</param>
    public static async Task<MailboxScene> StartAsync(PostgresFixture postgres, MailboxProviderKind kind, IReadOnlyDictionary<string, string> settings, string domain, TimeProvider? clock = null)
    {
        MailboxScene scene = new(await BusScene.CreateAsync(postgres), new WatchedKind(kind), clock);
        await scene._bus.ExecuteAsync($"INSERT INTO projects (id, name, created_at) SELECT '{Project}', 'boxes', now() WHERE NOT EXISTS (SELECT FROM projects WHERE id = '{Project}')");
        ConnectionWish wish = new()
        {
            Given = new HashSet<string> { "kind", "name", "settings" }, Kind = kind.Name, Name = "first", Settings = settings.ToDictionary(one => one.Key, one => JsonSerializer.SerializeToElement(one.Value)),
        };
        Result<MailboxConnection> connection = await scene.Connections.AddAsync(Project, wish, default);
        Assert.True(connection.IsSuccess, connection.Failure?.Detail);
        scene.Connection = connection.Value.Id;
        Result<MailboxDomain> added = await scene.Domains.AddAsync(Project, domain, scene.Connection, true, default);
        Assert.True(added.IsSuccess, added.Failure?.Detail);
        return scene;
    }

    /// <summary>Another process, with its own look at the provider's calls.</summary>
    public BusHost NewHost(MailboxProviderKind kind, BusSteps? steps = null, Dictionary<string, string?>? settings = null)
    {
        Dictionary<string, string?> all = new() { ["Mailboxes:FirstRetry"] = "00:00:00.05", ["Mailboxes:LongestRetry"] = "00:00:00.5", ["Mailboxes:LookAgainAfter"] = "00:10:00", ["MailboxSubmission:Server"] = "smtp.boxes.example" };
        foreach ((string name, string? value) in settings ?? []) all[name] = value;
        return _bus.Host(_clock, steps, all, services =>
        {
            services.AddMailboxes();
            services.RemoveAll<MailboxProviderKind>(); // only the one that the test is about
            services.AddSingleton(kind);
        });
    }

    public async Task<Mailbox> CreateAsync(string userName = "office", string owner = "alice", string displayName = "The Office")
    {
        Result<Mailbox> made = await Setup.CreateAsync(new MailboxWish(Project, false, owner, userName, null, displayName), By, null, default);
        return made.IsSuccess ? made.Value : throw new InvalidOperationException(made.Failure.Detail);
    }

    /// <summary>Made and ready. The app's host works.</summary>
    public async Task<Mailbox> ActiveAsync(string userName = "office")
    {
        Mailbox mailbox = await RestAsync((await CreateAsync(userName)).Id);
        Assert.Equal(MailboxState.Active, mailbox.State);
        return mailbox;
    }

    /// <summary>When nothing leads it any more.</summary>
    public async Task<Mailbox> RestAsync(Guid id)
    {
        Mailbox? mailbox = null;
        await Eventually.TrueAsync(async () => (mailbox = await Store.FindAsync(Access, id, default)) is { Goal: null });
        return mailbox!;
    }

    public async Task<Mailbox> NowAsync(Guid id) => await Store.FindAsync(Access, id, default) ?? throw new InvalidOperationException("It is gone.");

    public async Task<List<string>> HistoryAsync(Guid id) =>
        [.. (await App.Services.GetRequiredService<FlowHistory>().ListAsync(Project, id, default)).Select(entry => entry.Detail is { } detail && detail.TryGetProperty("milliseconds", out JsonElement took) && took.ValueKind is JsonValueKind.Number ? $"{entry.What} {detail.GetProperty("status")}" : entry.What)];

    public ValueTask DisposeAsync() => _bus.DisposeAsync();
}
