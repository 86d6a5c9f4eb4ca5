using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Domains.Dns;
using Mail.Core.Domains.Identities;
using Mail.Core.Domains.Senders;
using Mail.Core.Relays;
using Mail.Core.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Domains;

public static class DomainRegistration
{
    /// <summary>Who may send, for a host that accepts mail.</summary>
    public static IServiceCollection AddSenders(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(SenderDirectory))) return services;
        services.AddSingleton<IValidateOptions<DomainOptions>, DomainOptionsValidator>();
        services.AddSingleton<IValidateOptions<DomainOptions>, DomainListsValidator>();
        services.AddOptions<DomainOptions>().BindConfiguration("Domains", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RelaySecrets>();
        services.TryAddSingleton<DomainSecrets>();
        services.AddSingleton<SenderReader>();
        services.AddSingleton<SenderDirectory>();
        return services;
    }

    /// <summary>Setting domains and sender identities up and checking them.</summary>
    public static IServiceCollection AddDomains(this IServiceCollection services)
    {
        services.AddSenders();
        services.AddAlerts();
        services.AddSingleton<SetupThrottle>();
        services.TryAddSingleton(provider => new DomainDns(provider.GetRequiredService<IOptions<DomainOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DomainCheck>();
        services.TryAddSingleton<WebhookPublisher>();
        services.AddScoped<DomainEvents>();
        services.AddScoped<DomainSetup>();
        services.AddScoped<DomainVerification>();
        services.TryAddSingleton(provider => PublicUrl.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton<IdentityLinks>();
        services.AddSingleton<IdentityMail>();
        services.AddScoped<IdentitySetup>();
        return services;
    }

    /// <summary>Looking after domains, for a host that runs in the background.</summary>
    public static IServiceCollection AddDomainWatch(this IServiceCollection services)
    {
        services.AddDomains();
        services.AddSingleton<DomainWatch>();
        return services.AddHostedService(provider => provider.GetRequiredService<DomainWatch>());
    }
}
