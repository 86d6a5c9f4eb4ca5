using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Workers;
using Mail.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Mail.Api.Workers;

/// <summary>Mail.Worker within the API's process: the API's settings, clock and log, services and database connections of its own.</summary>
public static class WorkerInApi
{
    public static IHost Build(IServiceProvider api)
    {
        IHostEnvironment environment = api.GetRequiredService<IHostEnvironment>();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = environment.ApplicationName, EnvironmentName = environment.EnvironmentName, ContentRootPath = environment.ContentRootPath,
        });
        builder.Configuration.AddConfiguration(api.GetRequiredService<IConfiguration>());
        builder.Services.AddSingleton(api.GetRequiredService<ILoggerFactory>());
        builder.Services.AddSingleton(api.GetRequiredService<TimeProvider>());
        builder.Services.AddSingleton<IHostLifetime, ApisLifetime>();
        builder.AddMailPostgres<MailDbContext>("maildb");
        builder.AddRedisClient("cache");
        builder.Services.AddMailDatabase();
        builder.Services.AddMailWorker(builder.Configuration);
        if (api.GetRequiredService<IOptions<DeliveryOptions>>().Value.InProcess == InProcessDelivery.Always) builder.Services.AddWorkerHeartbeat();
        return builder.Build();
    }

    /// <summary>Signals of the system are the API's, which stops this host.</summary>
    private sealed class ApisLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
