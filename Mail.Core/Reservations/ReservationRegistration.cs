using Mail.Core.ActionLinks;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Mail.Core.Reservations.Pages;
using Mail.Core.Reservations.Routes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations;

public static class ReservationRegistration
{
    /// <summary>For every host that answers for trips or runs their timers. Needs webhooks' publisher, Data Protection and PublicUrl.</summary>
    public static IServiceCollection AddReservations(this IServiceCollection services)
    {
        services.TryAddSingleton<IValidateOptions<ReservationPolicy>, ReservationPolicyValidator>();
        services.AddOptions<ReservationPolicy>().BindConfiguration("Reservations", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<OfferStore>();
        services.AddRoutePlanning();
        services.AddTripPages();
        services.TryAddSingleton<TripMailWriter>();
        services.TryAddSingleton<TripHistory>();
        services.TryAddSingleton<TripEvents>();
        services.TryAddSingleton<TripTimers>();
        services.TryAddSingleton<ReservationFlow>();
        services.TryAddSingleton<ReservationStatistics>();
        services.TryAddSingleton<ReservationSweep>();
        services.AddMessages();
        services.AddActionLinks();
        foreach (ReservationAct act in Enum.GetValues<ReservationAct>())
        {
            services.AddScoped<IActionPurpose>(provider => new ReservationPurpose(
                act, provider.GetRequiredService<ReservationFlow>(), provider.GetRequiredService<OfferStore>(), provider.GetRequiredService<TimeProvider>()));
        }

        return services.AddBusHandlers(typeof(TripTimerHandlers));
    }
}
