using Mail.Core.ActionLinks;
using Mail.Core.Flows;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Requests;

public static class RequestRegistration
{
    /// <summary>For every host: those that take requests and decisions, and the one whose timers end them. Needs the bus and webhooks.</summary>
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddMessages();
        services.AddFlows();
        services.AddActionLinks();
        services.TryAddSingleton<RequestStore>();
        services.TryAddSingleton<RequestMails>();
        services.TryAddSingleton<RequestFlow>();
        services.AddActionPurpose<RequestPurpose>();
        return services.AddBusHandlers(typeof(RequestExpiryHandler)).AddBusHandlers(typeof(RequestReminderHandler));
    }
}
