using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations.Routes;

/// <summary>Section `Osrm`: the server that knows the roads. Where pickups are goes to it, so it is the operator's own or one that they trust; it may be in the own network.</summary>
public sealed class OsrmOptions : IValidatableObject
{
    /// <summary>Such as http://osrm:5000; without it routes are reckoned along great circles.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>In the paths; what OSRM was set up with.</summary>
    [RegularExpression("^[A-Za-z0-9_-]{1,40}$")] public string Profile { get; set; } = "driving";

    /// <summary>From the connection to the answer's end.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most points that it is asked about at once; OSRM's own `--max-trip-size` is 100.</summary>
    [Range(2, 10000)] public int MaxPoints { get; set; } = 100;

    /// <summary>A point farther than this from any road has no route: OSRM would move it to the next one, wherever that is.</summary>
    [Range(10.0, 100000.0)] public double MaxMetresToRoad { get; set; } = 5000;

    /// <summary>How long an answer is used again for the same points.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan KeepAnswers { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many answers are kept.</summary>
    [Range(0, 1000000)] public int KeptAnswers { get; set; } = 10000;

    /// <summary>How long it is left alone after it could not be reached.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.Query.Length > 0 || url.Fragment.Length > 0))
            yield return new ValidationResult("Osrm:BaseUrl is the address of an OSRM server, without anything after ? or #, such as http://osrm:5000.", [nameof(BaseUrl)]);
    }
}

[OptionsValidator]
internal sealed partial class OsrmOptionsValidator : IValidateOptions<OsrmOptions>;
