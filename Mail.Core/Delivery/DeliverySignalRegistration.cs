using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Delivery;

public static class DeliverySignalRegistration
{
    /// <summary>For a host that accepts messages: <see cref="DeliverySignal"/> and what passes it on to workers elsewhere. Needs an NpgsqlDataSource.</summary>
    public static IServiceCollection AddDeliverySignal(this IServiceCollection services)
    {
        services.TryAddSingleton<DeliverySignal>();
        services.TryAddSingleton<WaitingDeliveries>();
        services.AddHostedService<DeliverySignalSender>();
        return services;
    }
}
