using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Relays.Doctor;
using Mail.Core.Relays.Limits;
using Mail.Core.Relays.Setup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Relays;

public static partial class RelayRegistration
{
    /// <summary>The default relay, the sandbox and the projects' own relays, for a host that delivers.</summary>
    public static IServiceCollection AddRelays(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<RelaySecrets>();
        services.TryAddSingleton<IRelayFactory, RelayFactory>();
        services.AddLimits();
        services.TryAddSingleton<ProjectRelays>();
        services.TryAddSingleton(provider =>
        {
            RelaySettings settings = provider.GetRequiredService<RelaySettings>();
            RelayOptions options = provider.GetRequiredService<IOptions<RelayOptions>>().Value;
            TimeProvider clock = provider.GetRequiredService<TimeProvider>();
            ILoggerFactory loggers = provider.GetRequiredService<ILoggerFactory>();
            ILogger<RelayDirectory> logger = loggers.CreateLogger<RelayDirectory>();
            LogDefault(logger, settings);
            RelayGates gates = provider.GetRequiredService<RelayGates>();
            RouteTable sandbox = RouteTable.Of(new CaptureRelay("capture", provider.GetRequiredService<NpgsqlDataSource>(), clock), options, clock);
            return new RelayDirectory(settings.Kind switch
            {
                RelayKind.Smtp => Only(new SmtpRelay(RelaySettings.Name, settings.Server!, options, options.OwnReturnPath ?? !SmtpPresets.IsProvider(settings.Server!.Host))),
                RelayKind.Log => Only(new LogRelay("log", loggers.CreateLogger<LogRelay>())),
                _ => sandbox,
            }, sandbox, provider.GetRequiredService<ProjectRelays>());

            RouteTable Only(IRelay relay) => RouteTable.Of(relay, options, clock, gates.ForDefault(relay.Name, options));
        });
        return services;
    }

    /// <summary>Redis, for those who can do without it: one for the process, so that it is found to be away once.</summary>
    internal static void AddRedisAccess(this IServiceCollection services) => services.TryAddSingleton(provider =>
        new RedisAccess(provider, provider.GetRequiredService<IOptions<RelayOptions>>().Value.RedisPatience, provider.GetRequiredService<ILogger<RedisAccess>>()));

    private static void AddLimits(this IServiceCollection services)
    {
        services.AddAlerts();
        services.AddRedisAccess();
        services.TryAddSingleton<LocalLimits>();
        services.TryAddSingleton<SharedLimits>();
        services.TryAddSingleton<Paces>();
        services.TryAddSingleton<RelayUsage>();
        services.TryAddSingleton(provider => new RelayGates(
            provider.GetRequiredService<SharedLimits>(), provider.GetRequiredService<Paces>(), provider.GetRequiredService<RelayUsage>(), provider.GetRequiredService<IAlerts>(), provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Setting relays up and testing them, for a host that does not deliver.</summary>
    public static IServiceCollection AddRelaySetup(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RelayOptions>, RelayOptionsValidator>();
        services.AddOptions<RelayOptions>().BindConfiguration("Relay", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<RelaySecrets>();
        services.TryAddSingleton<IRelayFactory, RelayFactory>();
        services.AddScoped<RelaySetup>();
        services.AddScoped<RelayOrder>();
        services.AddSingleton<RelayDoctor>();
        services.AddSingleton<RelayUsageReader>();
        services.AddSingleton<LimitWaiters>();
        return services;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Default relay: {Settings}")]
    private static partial void LogDefault(ILogger logger, RelaySettings settings);
}
