using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Logs;

/// <summary>Section `RequestLogs`, of the API. For how many days they are kept is `Retention:RequestLogDays`.</summary>
public sealed class RequestLogOptions
{
    /// <summary>Whether the calls of API keys are logged at all.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>How many calls may wait in memory to be written. More than that are lost, and counted: no call waits for its log.</summary>
    [Range(100, 1_000_000)] public int MostWaiting { get; set; } = 20_000;

    /// <summary>How long the first call of a group waits for company.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")] public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(500);
}

[OptionsValidator]
public sealed partial class RequestLogOptionsValidator : IValidateOptions<RequestLogOptions>;
