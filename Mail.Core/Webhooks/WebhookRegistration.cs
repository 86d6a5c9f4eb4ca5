using Mail.Core.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Webhooks;

public static class WebhookRegistration
{
    /// <summary>Setting webhooks up, for a host that shows them.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddWebhookOptions();
        services.AddAlerts();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton(provider => new WebhookSetup(
            provider.GetRequiredService<WebhookStore>(), provider.GetRequiredService<WebhookSecrets>(), provider.GetRequiredService<IAlerts>(), provider.GetRequiredService<IOptions<WebhookOptions>>(),
            provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WebhookSetup>>()));
        services.AddSingleton<WebhookLog>();
        return services;
    }

    /// <summary>Telling endpoints, for a host that runs in the background.</summary>
    public static IServiceCollection AddWebhookDelivery(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddWebhookOptions();
        services.AddAlerts();
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<WebhookPayloads>();
        services.TryAddSingleton<WebhookSender>();
        services.AddSingleton<WebhookHousekeeping>();
        services.AddHostedService<WebhookWorker>();
        services.AddSingleton<IAlertChannel, WebhookAlertChannel>();
        return services;
    }

    private static void AddWebhookOptions(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<WebhookSecrets>();
        services.TryAddSingleton<WebhookPublisher>();
    }
}
