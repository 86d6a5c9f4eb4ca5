using Mail.Core.ActionLinks;
using Mail.Core.Codes;
using Mail.Core.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Accounts.Apps;

public static class AppAccountRegistration
{
    /// <summary>Calls apps, for every host: those that publish and the one that handles. Needs messages, webhooks and Data Protection.</summary>
    public static IServiceCollection AddAppAccountCallbacks(this IServiceCollection services)
    {
        services.TryAddSingleton<AppAccountSettingsStore>();
        services.TryAddSingleton<AppCallbacks>();
        services.TryAddSingleton<SignInThrottle>();
        if (!services.Any(service => service.ServiceType == typeof(CodeStore))) services.AddCodes();
        services.TryAddSingleton<AppCodeMail>();
        services.TryAddSingleton<AppAccountLookup>();
        return services.AddBusHandlers(typeof(AppNotMeHandler)).AddBusHandlers(typeof(AppResetAskedHandler));
    }

    /// <summary>Accounts of apps' own users, for the host that they call. Needs console accounts, messages, codes and action links.</summary>
    public static IServiceCollection AddAppAccounts(this IServiceCollection services)
    {
        services.AddAppAccountCallbacks();
        services.AddSingleton<AppAccountMail>();
        services.AddSingleton<AppPasswordResets>();
        services.AddActionPurpose<AppNotMe>();
        return services;
    }
}
