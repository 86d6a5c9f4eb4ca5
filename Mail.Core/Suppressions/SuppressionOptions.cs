using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Suppressions;

/// <summary>Section `Suppressions`, of every host that delivers or takes reports: when repeated soft bounces give an address a rest.</summary>
public sealed class SuppressionOptions
{
    /// <summary>How many messages to an address must have been given up for a reason that may pass. 0 for never.</summary>
    [Range(0, 1000)] public int SoftBounces { get; set; } = 3;

    /// <summary>Within this time, counted from the first of them.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan SoftBounceWindow { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long the address rests then.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")] public TimeSpan SoftBounceRest { get; set; } = TimeSpan.FromDays(14);
}

[OptionsValidator]
public sealed partial class SuppressionOptionsValidator : IValidateOptions<SuppressionOptions>;
