using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Webhooks;

/// <summary>Section `Webhooks`: how apps hear of events.</summary>
public sealed class WebhookOptions
{
    /// <summary>Whether endpoints may be on this machine or in a private network, and http. In Development they may anyway.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>The most endpoints of a project.</summary>
    [Range(1, 1000)] public int PerProject { get; set; } = 20;

    /// <summary>How long an endpoint has to answer, from the connection to the answer's end.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The most requests that one endpoint gets at a time, by all workers together.</summary>
    [Range(1, 1000)] public int PerEndpoint { get; set; } = 16;

    /// <summary>The most requests of this process at a time.</summary>
    [Range(1, 10000)] public int Concurrency { get; set; } = 256;

    /// <summary>After so many failures in a row an endpoint is asked by one request at a time, and less and less often.</summary>
    [Range(1, 1000)] public int PauseAfter { get; set; } = 5;

    /// <summary>The longest time between two looks whether a failing endpoint is back.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>An endpoint that has only failed for so long is told of as an alert.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan AlertAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>An endpoint that has only failed for so long is switched off.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan DisableAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>How long the old secret signs beside the new one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")] public TimeSpan OldSecretFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long attempts, and events that were not taken, are kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a claim lasts: longer than a request, because it is not renewed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often is looked for events.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")] public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
