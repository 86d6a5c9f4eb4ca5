using Mail.Core.Delivery;
using Mail.Core.Relays;
using Mail.Tests.Support;
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
    public static TestWorker Create(string connectionString, IRelay? relay = null, Dictionary<string, string?>? settings = null, TimeProvider? clock = null, string environment = "Development")
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        LogLines log = new();
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.Services.AddMailDelivery(builder.Configuration);
        if (relay is not null)
        {
            builder.Services.RemoveAll<RelayDirectory>();
            builder.Services.AddSingleton(provider => new RelayDirectory(
                relay, new CaptureRelay("capture", provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>()),
                provider.GetRequiredService<IOptions<RelayOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        }

        return new TestWorker(builder.Build(), log);
    }

    public static async Task<TestWorker> StartAsync(string connectionString, IRelay? relay = null, Dictionary<string, string?>? settings = null, TimeProvider? clock = null)
    {
        TestWorker worker = Create(connectionString, relay, settings, clock);
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
