using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Relays;
using Mail.ServiceDefaults;
using Mail.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Core.Delivery;

/// <summary>A delivery worker in this process, registered as a host registers it, with a connection pool of its own.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _started;

    private TestWorker(IHost host, LogLines log)
    {
        _host = host;
        Log = log;
    }

    public LogLines Log { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Not started.</summary>
    /// <param name="relay">In place of the configured one.</param>
    public static TestWorker Create(string connectionString, IRelay? relay = null, Dictionary<string, string?>? settings = null, TimeProvider? clock = null, string environment = "Development") =>
        Create(connectionString, settings, clock, environment, relay is null ? null : options => RouteTable.Of(relay, options, clock ?? TimeProvider.System));

    /// <summary>Not started; over the configured relay.</summary>
    /// <param name="more">What the worker does beside delivering.</param>
    public static TestWorker Create(string connectionString, Dictionary<string, string?> settings, Action<IServiceCollection> more) => Create(connectionString, settings, null, "Development", null, more);

    private static TestWorker Create(string connectionString, Dictionary<string, string?>? settings, TimeProvider? clock, string environment, Func<RelayOptions, RouteTable>? routes, Action<IServiceCollection>? more = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        LogLines log = new();
        WorkerLogs.Add(connectionString, log);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        builder.Services.AddDbContext<MailDbContext>((provider, context) => context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddMailDatabase();
        if (builder.Configuration.GetConnectionString("cache") is not null) builder.AddRedisClient("cache");
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.Services.AddMailDelivery(builder.Configuration);
        more?.Invoke(builder.Services);
        if (routes is not null)
        {
            builder.Services.RemoveAll<RelayDirectory>();
            builder.Services.AddSingleton(provider =>
            {
                RelayOptions options = provider.GetRequiredService<IOptions<RelayOptions>>().Value;
                TimeProvider time = provider.GetRequiredService<TimeProvider>();
                return new RelayDirectory(
                    routes(options), RouteTable.Of(new CaptureRelay("capture", provider.GetRequiredService<NpgsqlDataSource>(), time), options, time));
            });
        }

        return new TestWorker(builder.Build(), log);
    }

    public static async Task<TestWorker> StartAsync(string connectionString, IRelay? relay = null, Dictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        TestWorker worker = Create(connectionString, relay, settings, clock);
        await worker.StartAsync();
        return worker;
    }

    public static async Task<TestWorker> StartAsync(string connectionString, Func<RelayOptions, RouteTable> routes, Dictionary<string, string?>? settings = null)
    {
        TestWorker worker = Create(connectionString, settings, null, "Development", routes);
        await worker.StartAsync();
        return worker;
    }

    public async Task StartAsync()
    {
        await _host.StartAsync();
        _started = true;
    }

    public Task StopAsync() => _host.StopAsync();

    /// <summary>As a kill looks to the database: every connection is cut and none can be opened; what is being sent goes on, but cannot be told.</summary>
    public async Task CutOffAsync(NpgsqlDataSource administrator, string applicationName)
    {
        await Services.GetRequiredService<NpgsqlDataSource>().DisposeAsync();
        await using NpgsqlCommand cut = administrator.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1");
        cut.Parameters.Add(new NpgsqlParameter<string> { TypedValue = applicationName });
        await cut.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_started) await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }
}
