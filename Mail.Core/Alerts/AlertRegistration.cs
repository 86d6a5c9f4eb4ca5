using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Alerts;

public static class AlertRegistration
{
    /// <summary><see cref="IAlerts"/>, for every host that may have something to tell.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<AlertOutbox>();
        services.TryAddSingleton<IAlerts>(provider => provider.GetRequiredService<AlertOutbox>());
        return services;
    }
}
