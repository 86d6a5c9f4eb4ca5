using Mail.Core.ActionLinks;
using Mail.Core.Codes;
using Mail.Core.Messaging;
using Mail.Core.Reservations.Widget;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mail.Core.Reservations.Pages;

public static class TripPageRegistration
{
    /// <summary>Links to people's pages of their trips, for every host that mails them.</summary>
    public static IServiceCollection AddTripPages(this IServiceCollection services)
    {
        services.TryAddSingleton<TripLinks>();
        services.TryAddSingleton<TripLinkRequests>();
        services.AddActionPurpose<TripLinkPurpose>();
        services.AddBusHandlers(typeof(TripLinkWantedHandler));
        return services;
    }

    /// <summary>The widget that other sites show, for the host that answers it.</summary>
    public static IServiceCollection AddTripWidget(this IServiceCollection services)
    {
        services.AddCodes();
        services.TryAddSingleton<WidgetSettingsStore>();
        services.TryAddSingleton<WidgetCodes>();
        return services;
    }
}
