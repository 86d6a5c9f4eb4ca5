using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Invitations;

public static class InvitationRegistration
{
    /// <summary>For every host: those that publish and those that handle. Needs messages, webhooks, Data Protection and PublicUrl.</summary>
    public static IServiceCollection AddInvitations(this IServiceCollection services)
    {
        services.TryAddSingleton<InstallationKeys>();
        services.TryAddSingleton<TicketKeys>();
        services.TryAddSingleton<InvitationLinks>();
        services.TryAddSingleton<InterviewTickets>();
        services.TryAddSingleton<InvitationStore>();
        services.TryAddSingleton<InvitationMail>();
        services.TryAddSingleton<InvitationWriter>();
        services.TryAddSingleton<CampaignStore>();
        services.TryAddSingleton<CampaignReader>();
        services.TryAddSingleton<IdempotentAnswers>();
        services.TryAddSingleton<InvitationFlow>();
        services.TryAddSingleton<InterviewStart>();
        services.TryAddSingleton<BulkInvite>();
        services.TryAddSingleton<CandidateImport>();
        return services.AddBusHandlers(typeof(DueInvitations)).AddBusHandlers(typeof(InvitePortionHandler));
    }

    /// <summary>And for the worker.</summary>
    public static IServiceCollection AddInvitationReports(this IServiceCollection services)
    {
        services.AddInvitations();
        services.TryAddSingleton<InvitationReports>();
        return services.AddHostedService(provider => provider.GetRequiredService<InvitationReports>());
    }
}
