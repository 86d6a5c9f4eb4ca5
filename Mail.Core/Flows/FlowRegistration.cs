using Mail.Core.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Flows;

public static class FlowRegistration
{
    /// <summary>What flows share. May be called by each of them. Needs messages.</summary>
    public static IServiceCollection AddFlows(this IServiceCollection services)
    {
        services.TryAddSingleton<FlowHistory>();
        services.TryAddSingleton<IdempotentAnswers>();
        return services;
    }
}
