using Mail.Core.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.ActionLinks;

public static class ActionLinkRegistration
{
    /// <summary>Needs an NpgsqlDataSource, Data Protection, PublicUrl, webhooks and a TimeProvider.</summary>
    public static IServiceCollection AddActionLinks(this IServiceCollection services)
    {
        services.TryAddSingleton<InstallationKeys>();
        services.TryAddSingleton<ActionLinkStore>();
        services.TryAddScoped<ActionLinkUse>();
        return services;
    }

    /// <summary>What a link of Mail's own does.</summary>
    public static IServiceCollection AddActionPurpose<TPurpose>(this IServiceCollection services) where TPurpose : class, IActionPurpose =>
        services.AddScoped<IActionPurpose, TPurpose>();
}
