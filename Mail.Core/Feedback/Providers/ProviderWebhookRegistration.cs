using Mail.Core.Relays;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback.Providers;

public static class ProviderWebhookRegistration
{
    /// <summary>The taking of providers' webhooks, for a host that gets them.</summary>
    public static IServiceCollection AddProviderWebhooks(this IServiceCollection services)
    {
        services.AddReportIntake();
        services.AddSingleton<IValidateOptions<ProviderWebhookOptions>, ProviderWebhookOptionsValidator>();
        services.AddOptions<ProviderWebhookOptions>().BindConfiguration("ProviderWebhooks", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<RelaySecrets>();
        services.TryAddSingleton(_ => new SnsTransport());
        services.AddSingleton<SnsVerifier>();
        services.AddSingleton<IProviderWebhook, SendGridWebhook>();
        services.AddSingleton<IProviderWebhook, SesWebhook>();
        services.AddSingleton<IProviderWebhook, MailgunWebhook>();
        services.AddSingleton<IProviderWebhook, PostmarkWebhook>();
        services.AddSingleton<IProviderWebhook, ResendWebhook>();
        services.AddSingleton<ProviderEventRecorder>();
        services.AddSingleton<ProviderWebhooks>();
        return services;
    }

    /// <summary>Forgets what was taken long ago, for a host that runs in the background.</summary>
    public static IServiceCollection AddProviderEventMaintenance(this IServiceCollection services) => services.AddHostedService<ProviderEventMaintenance>();
}
