using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Tracking;

public static partial class TrackingRegistration
{
    /// <summary>What makes tracked mail, for every host that accepts or delivers. May be called by each part that needs it.</summary>
    public static IServiceCollection AddTracking(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<TrackingLinks>();
        services.TryAddSingleton<TrackingDirectory>();
        services.TryAddSingleton<ObjectionLookup>();
        return services;
    }

    /// <summary>What answers pictures and links, for the host that people's browsers reach.</summary>
    public static IServiceCollection AddTrackingHits(this IServiceCollection services)
    {
        services.AddTracking();
        services.AddSingleton<TrackingRecorder>();
        services.AddSingleton<TrackingObjections>();
        services.AddSingleton<ConversionStore>();
        services.AddHostedService<KeyAtStart>();
        return services;
    }

    /// <summary>Links are led on while the database is away, so the key must be known before.</summary>
    private sealed partial class KeyAtStart(TrackingLinks links, ILogger<KeyAtStart> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            try
            {
                await links.KeyAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNoKey(e); // the first link asks again
            }
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "The key of tracked links could not be read at start; the first link asks for it again")]
        private partial void LogNoKey(Exception e);
    }
}
