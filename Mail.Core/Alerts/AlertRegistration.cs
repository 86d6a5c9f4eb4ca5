using Mail.Core.Messages;
using Mail.Core.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Alerts;

public static class AlertRegistration
{
    /// <summary><see cref="IAlerts"/> and what stores them, for every host. Needs an NpgsqlDataSource.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(AlertOutbox))) return services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertAddressesValidator>();
        services.AddOptions<AlertOptions>().BindConfiguration("Alerts", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<AlertOutbox>();
        services.AddSingleton<IAlerts>(provider => provider.GetRequiredService<AlertOutbox>());
        services.AddSingleton<AlertStore>();
        services.AddSingleton<QueueWatch>();
        services.AddSingleton<RateWatch>();
        services.AddSingleton<IDeadLetterObserver, DeadLetterAlerts>();
        services.AddHostedService<AlertKeeper>();
        return services;
    }

    /// <summary>Tells people by mail, for a host that delivers: it knows which relays can be used.</summary>
    public static IServiceCollection AddAlertMails(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ServiceType == typeof(MessageIntake))) services.AddMessages();
        services.AddSingleton<IAlertChannel, MailAlertChannel>();
        return services.AddAlerts();
    }
}
