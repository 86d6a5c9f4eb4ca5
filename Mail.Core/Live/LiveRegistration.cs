using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Live;

public static class LiveRegistration
{
    /// <summary>For hosts that serve the console. Needs an NpgsqlDataSource.</summary>
    public static IServiceCollection AddLiveFeed(this IServiceCollection services)
    {
        services.AddSingleton<LastChanges>();
        services.AddSingleton(provider => new LiveFeed(provider.GetRequiredService<LastChanges>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiveFeed>>()));
        return services;
    }
}
