using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Mailboxes.Names;
using Mail.Core.Mailboxes.Providers;
using Mail.Core.Mailboxes.Providers.Local;
using Mail.Core.Mailboxes.Usage;
using Mail.Core.Messaging;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.Core.Mailboxes;

public static class MailboxRegistration
{
    /// <summary>For every host: those that take wishes, and the one whose bus leads to them. Each provider is a registered `MailboxProviderKind`. Needs the bus and data protection.</summary>
    public static IServiceCollection AddMailboxes(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMemoryCache();
        services.TryAddSingleton<ApiKeyLookup>(); // passwords for our submission are keys
        services.TryAddSingleton(provider => PublicUrl.Read(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()));
        services.AddLocalMailboxes();
        services.AddCloudMailboxProviders();
        services.TryAddSingleton<IValidateOptions<MailboxOptions>, MailboxOptionsValidator>();
        services.AddOptions<MailboxOptions>().BindConfiguration("Mailboxes", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddFlows();
        services.AddAlerts();
        services.TryAddSingleton<WebhookPublisher>();
        services.TryAddSingleton<MailboxSettings>();
        services.TryAddSingleton<MailboxProviders>();
        services.TryAddSingleton<MailboxVault>();
        services.TryAddSingleton<MailboxStore>();
        services.TryAddSingleton<MailboxConnections>();
        services.TryAddSingleton<MailboxDomains>();
        services.TryAddSingleton<MailboxUsers>();
        services.TryAddSingleton<MailboxSetup>();
        services.TryAddSingleton<MailboxCalls>();
        services.TryAddSingleton<MailboxSaga>();
        services.TryAddSingleton<MailboxCounts>();
        services.TryAddSingleton<MailboxQuotas>();
        services.TryAddSingleton<NameSuggestions>();
        services.TryAddSingleton<MailboxSends>();
        services.TryAddSingleton<MailboxMeter>();
        services.TryAddSingleton<MailboxStatistics>();
        services.TryAddSingleton<MailboxLog>();
        return services.AddBusHandlers(typeof(MailboxStepHandler)).AddBusHandlers(typeof(MailboxLookAgainHandler)).AddBusHandlers(typeof(MailboxQuotaHandler));
    }
}
