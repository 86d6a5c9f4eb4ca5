using Mail.Core.Database;
using Mail.Core.Feedback;
using Mail.Core.Flows;
using Mail.Core.Messages;
using Mail.Core.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Appointments;

public static class AppointmentRegistration
{
    /// <summary>For a host that makes appointments, and reads the answers. Needs webhooks.</summary>
    public static IServiceCollection AddAppointments(this IServiceCollection services)
    {
        services.AddMessages();
        services.AddFlows();
        services.TryAddSingleton<AppointmentStore>();
        services.TryAddSingleton<AppointmentMails>();
        services.TryAddSingleton<AppointmentFlow>();
        return services.AddAppointmentReplies();
    }

    /// <summary>For a host that only reads the answers. May be called by each part that does.</summary>
    public static IServiceCollection AddAppointmentReplies(this IServiceCollection services)
    {
        services.AddReturnPaths();
        services.TryAddSingleton<InstallationKeys>();
        services.TryAddSingleton<ReplyAddresses>();
        services.TryAddSingleton<WebhookPublisher>();
        services.TryAddSingleton<AppointmentReplies>();
        return services;
    }
}
