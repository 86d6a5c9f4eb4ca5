using Microsoft.Extensions.DependencyInjection;

namespace Mail.Core.GoLive;

public static class GoLiveRegistration
{
    /// <summary>For the host that has everything to look at: the API.</summary>
    public static IServiceCollection AddGoLive(this IServiceCollection services) =>
        services.AddScoped<GoLiveWays>().AddScoped(provider => new GoLiveChecks(provider));
}
