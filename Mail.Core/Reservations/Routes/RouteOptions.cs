using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations.Routes;

/// <summary>Section `Routes`: how long a way takes where OSRM does not say.</summary>
public sealed class RouteOptions
{
    /// <summary>Kilometres an hour, of the reckoning along great circles.</summary>
    [Range(5.0, 200.0)] public double Speed { get; set; } = 60;

    /// <summary>How much longer the road is than the great circle.</summary>
    [Range(1.0, 5.0)] public double RoadFactor { get; set; } = 1.3;

    /// <summary>What calling at a stop takes, also on a way of OSRM's.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan PerStop { get; set; } = TimeSpan.FromMinutes(2);
}

[OptionsValidator]
internal sealed partial class RouteOptionsValidator : IValidateOptions<RouteOptions>;
