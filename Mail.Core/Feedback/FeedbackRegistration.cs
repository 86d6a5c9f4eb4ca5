using Mail.Core.Alerts;
using Mail.Core.Appointments;
using Mail.Core.Delivery;
using Mail.Core.Domains;
using Mail.Core.Feedback.Mailboxes;
using Mail.Core.Suppressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Feedback;

public static class FeedbackRegistration
{
    /// <summary>Return paths, for every host that sends or receives. May be called by each part that needs them.</summary>
    public static IServiceCollection AddReturnPaths(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(ReturnPaths))) return services;
        services.AddSingleton<IValidateOptions<FeedbackOptions>, FeedbackOptionsValidator>();
        services.AddOptions<FeedbackOptions>().BindConfiguration("Feedback", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<ReturnPathDomainOption>();
        services.AddSingleton<IPostConfigureOptions<FeedbackOptions>>(provider => provider.GetRequiredService<ReturnPathDomainOption>());
        services.AddSingleton<IValidateOptions<FeedbackOptions>>(provider => provider.GetRequiredService<ReturnPathDomainOption>());
        services.TryAddSingleton<ReturnPathHosts>();
        services.TryAddSingleton<ReturnPaths>();
        return services;
    }

    /// <summary>The reading and recording of reports, for a host that gets them.</summary>
    public static IServiceCollection AddReportIntake(this IServiceCollection services)
    {
        services.AddReturnPaths();
        services.AddSuppressions();
        services.TryAddSingleton<DeliveryReports>();
        services.TryAddSingleton<DeliveryFinder>();
        services.TryAddSingleton<DelayNotes>();
        services.TryAddSingleton<ReportIntake>();
        services.TryAddSingleton<MailboxStore>();
        return services;
    }

    /// <summary>Reports out of a mailbox, for a host that runs in the background.</summary>
    public static IServiceCollection AddBounceMailbox(this IServiceCollection services)
    {
        services.AddReportIntake();
        services.AddAppointmentReplies();
        services.AddAlerts();
        services.AddSingleton<MailboxSettings>();
        services.AddSingleton<IValidateOptions<BounceMailboxOptions>, BounceMailboxOptionsValidator>();
        services.AddSingleton<IValidateOptions<BounceMailboxOptions>>(provider => provider.GetRequiredService<MailboxSettings>());
        services.AddOptions<BounceMailboxOptions>().BindConfiguration("BounceMailbox", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<MailboxLook>();
        services.AddSingleton<BounceMailbox>();
        services.AddHostedService(provider => provider.GetRequiredService<BounceMailbox>());
        return services;
    }
}
