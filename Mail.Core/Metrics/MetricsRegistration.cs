using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Metrics;

public static class MetricsRegistration
{
    /// <summary>What happened to recipients in numbers, for hosts that show it and for those that fold it.</summary>
    public static IServiceCollection AddMessageCounts(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MessageCounter>();
        services.TryAddSingleton<WaitingMailReader>();
        return services;
    }
}
