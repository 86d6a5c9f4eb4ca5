using Mail.Core.Database;
using Mail.Core.Messaging;
using Mail.Tests.Core.Delivery;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Tests.Core.Messaging;

/// <summary>A database with a table of effects, and hosts that publish and handle.</summary>
internal sealed class BusScene : IAsyncDisposable
{
    private readonly DeliveryDatabase _database;
    private readonly List<BusHost> _hosts = [];

    private BusScene(DeliveryDatabase database) => _database = database;

    public NpgsqlDataSource Source => _database.Source;

    public static async Task<BusScene> CreateAsync(PostgresFixture postgres)
    {
        BusScene scene = new(await DeliveryDatabase.CreateAsync(postgres));
        await scene.ExecuteAsync("CREATE TABLE effects (words text NOT NULL)");
        return scene;
    }

    /// <summary>A host; its worker runs when it is started.</summary>
    public BusHost Host(TimeProvider? clock = null, BusSteps? steps = null, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? more = null)
    {
        BusHost host = new(_database.ConnectionString, clock, steps, settings ?? [], more);
        _hosts.Add(host);
        return host;
    }

    /// <summary>A host whose worker runs.</summary>
    public async Task<BusHost> WorkerAsync(TimeProvider? clock = null, BusSteps? steps = null, Dictionary<string, string?>? settings = null)
    {
        BusHost host = Host(clock, steps, settings);
        await host.StartAsync();
        return host;
    }

    /// <summary>Sorted.</summary>
    public async Task<List<string>> EffectsAsync()
    {
        List<string> effects = [];
        await using NpgsqlCommand command = Source.CreateCommand("SELECT words FROM effects ORDER BY words COLLATE \"C\"");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) effects.Add(reader.GetString(0));
        return effects;
    }

    public async Task<T> AskAsync<T>(string sql)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = Source.CreateCommand(sql);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = Source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Until nothing waits any more, dead letters aside.</summary>
    public Task EmptyAsync() => Eventually.TrueAsync(async () => await AskAsync<long>("SELECT count(*) FROM bus_messages") == 0);

    public Task DeadAsync(int count) => Eventually.TrueAsync(async () => await AskAsync<long>("SELECT count(*) FROM bus_dead_letters") == count);

    public async ValueTask DisposeAsync()
    {
        foreach (BusHost host in _hosts) await host.DisposeAsync();
        await _database.DisposeAsync();
    }
}

/// <summary>One process, so far as the bus can tell: a pool of its own, by a name of its own.</summary>
internal sealed class BusHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CancellationTokenSource _kill = new();
    private bool _started;

    public BusHost(string connectionString, TimeProvider? clock, BusSteps? steps, Dictionary<string, string?> settings, Action<IServiceCollection>? more)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:PollInterval"] = "00:00:00.05", ["Bus:Lease"] = "00:00:00.5", ["Bus:FirstRetry"] = "00:00:00.01", ["Bus:LongestRetry"] = "00:00:00.02", ["Bus:DrainTimeout"] = "00:00:00.2",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Log);
        string named = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = Name }.ConnectionString;
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(named));
        // As Mail.ServiceDefaults does it: a pooled context that retries.
        builder.Services.AddDbContextPool<MailDbContext>((provider, context) => context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.EnableRetryOnFailure()));
        builder.Services.AddMailDatabase();
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(Probe);
        builder.Services.AddBusHandlers(typeof(Handlers));
        builder.Services.AddBusHandlers(typeof(MoreHandlers));
        builder.Services.AddBusWorker();
        if (steps is not null) builder.Services.AddSingleton(steps);
        more?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public string Name { get; } = $"bus-{Guid.NewGuid():N}";

    public Probe Probe { get; } = new();

    public LogLines Log { get; } = new();

    public IServiceProvider Services => _host.Services;

    /// <summary>Ends what hangs in a killed host when the test ends.</summary>
    public CancellationToken Killed => _kill.Token;

    public async Task StartAsync()
    {
        await _host.StartAsync();
        _started = true;
    }

    public async Task StopAsync()
    {
        await _host.StopAsync();
        _started = false;
    }

    /// <summary>In a scope, without a transaction of the caller's.</summary>
    public async Task<T> BusAsync<T>(Func<IMessageBus, Task<T>> use)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IMessageBus>());
    }

    /// <summary>In a scope and in a transaction, which commits unless the work throws.</summary>
    public async Task InTransactionAsync(Func<MailDbContext, IMessageBus, Task> use)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        await db.InTransactionAsync(_ => use(db, scope.ServiceProvider.GetRequiredService<IMessageBus>()), CancellationToken.None);
    }

    /// <summary>As a kill looks to the database: every connection is cut and none can be opened.</summary>
    public async Task KillAsync(NpgsqlDataSource administrator)
    {
        await Services.GetRequiredService<NpgsqlDataSource>().DisposeAsync();
        await CutAsync(administrator);
    }

    /// <summary>Every connection is cut; new ones can be opened.</summary>
    public async Task CutAsync(NpgsqlDataSource administrator)
    {
        await using NpgsqlCommand cut = administrator.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1");
        cut.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        await cut.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _kill.CancelAsync();
        if (_started) await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        _kill.Dispose();
    }
}
