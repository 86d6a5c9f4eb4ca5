using Mail.Core.Contacts;
using Mail.Core.Domains;
using Mail.Core.Suppressions;
using Mail.Core.Templates;
using Mail.Core.Tracking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messages;

public static class MessageRegistration
{
    /// <summary>Intake and reading of messages, for a host that takes them over from apps, and for one whose timers send mails. May be called by each feature that needs it.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(MessageIntake))) return services;
        services.AddSingleton<IValidateOptions<MessageOptions>, MessageOptionsValidator>();
        services.AddOptions<MessageOptions>().BindConfiguration("Messages", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<EmailFromOption>();
        services.AddSingleton<IPostConfigureOptions<MessageOptions>>(provider => provider.GetRequiredService<EmailFromOption>());
        services.AddSingleton<IValidateOptions<MessageOptions>>(provider => provider.GetRequiredService<EmailFromOption>());
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>();
        services.AddOptions<IntakeOptions>().BindConfiguration("Intake", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();

        services.AddTemplates();
        services.AddContacts();
        services.AddTestAddresses();
        services.AddSenders();
        services.AddSuppressions();
        services.AddTracking();
        services.AddSingleton<IntakeLook>();
        services.TryAddSingleton<MessageSecrets>();
        services.AddSingleton<MessageFactory>();
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<AttachmentFetcher>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<MessageSearch>();
        services.AddSingleton<ScheduledMessages>();
        services.AddSingleton<MessageSchedule>();
        services.AddSingleton<PlatformMail>();
        services.AddSingleton<IntakeCommits>();
        services.AddSingleton<IntakeCommitter>();
        services.AddHostedService(provider => provider.GetRequiredService<IntakeCommitter>());
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<MessageResend>();
        services.AddSingleton<FlowMail>();
        return services;
    }

    /// <summary>The hourly housekeeping, for a host that runs in the background.</summary>
    public static IServiceCollection AddMessageMaintenance(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AttachmentStore>();
        services.AddHostedService<MessageMaintenance>();
        return services;
    }
}
