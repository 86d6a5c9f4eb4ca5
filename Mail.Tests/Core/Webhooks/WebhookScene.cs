using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Webhooks;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Tests.Core.Webhooks;

/// <summary>A database with a project, a receiver, and workers that tell it of events; time moves when a test says so.</summary>
internal sealed class WebhookScene : IAsyncDisposable
{
    private readonly List<IHost> _hosts = [];

    private WebhookScene(DeliveryDatabase database, WebhookReceiver receiver) => (Database, Receiver) = (database, receiver);

    public static DateTimeOffset Start { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static ProjectId Project => DeliveryDatabase.Project;

    public DeliveryDatabase Database { get; }

    public WebhookReceiver Receiver { get; }

    public ManualClock Clock { get; } = new(Start);

    public WebhookSetup Setup => _hosts[0].Services.GetRequiredService<WebhookSetup>();

    public WebhookLog Log => _hosts[0].Services.GetRequiredService<WebhookLog>();

    public LogLines Lines { get; } = new();

    public Dictionary<string, string?> Settings { get; } = new() { ["Webhooks:PollInterval"] = "00:00:00.02" };

    /// <summary>With one host that only sets up; workers are started by the test.</summary>
    public static async Task<WebhookScene> CreateAsync(PostgresFixture postgres)
    {
        WebhookScene scene = new(await DeliveryDatabase.CreateAsync(postgres), await WebhookReceiver.StartAsync());
        await using NpgsqlCommand add = scene.Database.Source.CreateCommand("INSERT INTO projects (id, name, created_at) VALUES ($1, 'Mine', now()), ($2, 'Other', now() + interval '1 second') ON CONFLICT DO NOTHING");
        add.Parameters.AddTyped(Project.Value).AddTyped(DeliveryDatabase.OtherProject.Value);
        await add.ExecuteNonQueryAsync();
        scene._hosts.Add(scene.Build(services => services.AddWebhooks(), "Development"));
        return scene;
    }

    public IHost Build(Action<IServiceCollection> add, string environment)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Lines);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(Database.ConnectionString));
        builder.Services.AddDbContext<MailDbContext>((provider, context) => context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddMailDatabase();
        add(builder.Services);
        return builder.Build();
    }

    public async Task<IHost> StartWorkerAsync(string environment = "Development")
    {
        IHost worker = Build(services => services.AddWebhookDelivery(), environment);
        _hosts.Add(worker);
        await worker.StartAsync();
        return worker;
    }

    /// <summary>Another endpoint of the receiver.</summary>
    public async Task<WebhookWithSecret> AddWebhookAsync(string path = "/", string[]? events = null, string? endpoint = null)
    {
        Result<WebhookWithSecret> added = await Setup.AddAsync(Project, new WebhookWish(endpoint ?? Receiver.Url + path, events ?? ["email.sent", "email.delivered", "email.bounced", "email.delivery_delayed"], null), CancellationToken.None);
        Assert.True(added.IsSuccess, added.Failure?.Detail);
        return added.Value;
    }

    public async Task<Webhook> WebhookAsync(Guid id) => (await Setup.FindAsync(Project, id, CancellationToken.None)).Value;

    public Task<MessageId> AddMessageAsync(string subject = "Hello") => Database.AddMessageAsync(["to@example.com"], subject: subject);

    /// <summary>As the engine would tell them: in one statement.</summary>
    public async Task AddEventsAsync(MessageId message, params string[] types)
    {
        await using NpgsqlCommand insert = Database.Source.CreateCommand("""
            INSERT INTO events (project_id, message_id, id, type, created_at, recipient, relay, code, enhanced_code, reply, attempt)
            SELECT $1, $2, id, type, $3, 'to@example.com', 'main', 250, '2.0.0', 'taken', 1 FROM unnest($4::uuid[], $5::text[]) AS e(id, type)
            """);
        insert.Parameters.AddTyped(Project.Value).AddTyped(message.Value).AddTyped(Clock.GetUtcNow().UtcDateTime)
            .AddTyped(types.Select(_ => UuidV7.New(Clock.GetUtcNow())).ToArray()).AddTyped(types, NpgsqlDbType.Array | NpgsqlDbType.Text);
        await insert.ExecuteNonQueryAsync();
    }

    public async Task RunAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own text
        await using NpgsqlCommand command = Database.Source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Time goes on in steps, and at each what is due is done.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        for (DateTimeOffset end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            Clock.Advance(step);
            await SettleAsync();
        }
    }

    /// <summary>Until nothing is due or under way.</summary>
    public Task SettleAsync() => Eventually.TrueAsync(async () =>
    {
        await using NpgsqlCommand command = Database.Source.CreateCommand("""
            SELECT NOT EXISTS (SELECT FROM webhook_queue q JOIN webhooks w ON w.project_id = q.project_id AND w.id = q.webhook_id
                               WHERE q.lease_token IS NOT NULL OR (q.given_up_at IS NULL AND w.is_enabled AND q.next_attempt_at <= $1 AND (w.resume_at IS NULL OR w.resume_at <= $1)))
            """);
        command.Parameters.AddTyped(Clock.GetUtcNow().UtcDateTime);
        return (bool)(await command.ExecuteScalarAsync())!;
    });

    public async Task<WebhookAttempt[]> AttemptsAsync(Guid webhook) => [.. (await Log.ListAsync(Project, webhook, null, null, 100, CancellationToken.None)).Page];

    public async ValueTask DisposeAsync()
    {
        foreach (IHost host in _hosts)
        {
            await host.StopAsync();
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        }

        await Receiver.DisposeAsync();
        await Database.DisposeAsync();
    }
}
