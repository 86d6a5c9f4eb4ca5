using Mail.Core.Common;
using Mail.Core.Messages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Suppressions;

public static class SuppressionRegistration
{
    /// <summary>The suppression list, for every host that accepts, delivers or takes reports. May be called by each part that needs it.</summary>
    public static IServiceCollection AddSuppressions(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(SuppressionLookup))) return services;
        services.AddSingleton<IValidateOptions<SuppressionOptions>, SuppressionOptionsValidator>();
        services.AddOptions<SuppressionOptions>().BindConfiguration("Suppressions", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SuppressionOptions>>(provider => new SettingReadAtStart<SuppressionOptions, InvalidPublicUrlException>(() => ReadPublicUrl(provider)));
        services.AddTestAddresses();
        services.TryAddSingleton(ReadPublicUrl);
        services.AddSingleton<SuppressionHashes>();
        services.AddSingleton<SuppressionLookup>();
        services.AddSingleton<SuppressionFeed>();
        services.AddSingleton<SuppressionList>();
        services.AddSingleton<SuppressionImport>();
        services.AddSingleton<UnsubscribeLinks>();
        return services;
    }

    /// <summary>Removes what is over, for a host that runs in the background.</summary>
    public static IServiceCollection AddSuppressionMaintenance(this IServiceCollection services) => services.AddHostedService<SuppressionMaintenance>();

    private static PublicUrl ReadPublicUrl(IServiceProvider services) => PublicUrl.Read(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>());
}
