using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations.Routes;

public static class RouteRegistration
{
    /// <summary>Pickup times by <see cref="RoutePlanner"/>, and trips in calendars. Reads the sections `Osrm` and `Routes`.</summary>
    public static IServiceCollection AddRoutePlanning(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IValidateOptions<OsrmOptions>, OsrmOptionsValidator>();
        services.AddOptions<OsrmOptions>().BindConfiguration("Osrm", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<RouteOptions>, RouteOptionsValidator>();
        services.AddOptions<RouteOptions>().BindConfiguration("Routes", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<OsrmClient>();
        services.TryAddSingleton<RoutePlanner>();
        services.TryAddSingleton<IRoutePlanner, OfferRoutes>();
        services.TryAddSingleton<TripCalendar>();
        return services;
    }
}
