using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Retention;

/// <summary>Section `Retention`. How long messages are kept is a setting of each project.</summary>
public sealed class RetentionOptions
{
    /// <summary>Whether the body of a critical message is removed, and digits in its subject are hidden, once its recipients' fate is known. Without a value: everywhere but in Development.</summary>
    public bool? RemoveCriticalContent { get; set; }

    /// <summary>For how many days the audit log is kept.</summary>
    [Range(30, 36500)] public int AuditDays { get; set; } = 730;

    /// <summary>For how many days the calls of API keys are kept. They name IP addresses, which are personal data.</summary>
    [Range(1, 90)] public int RequestLogDays { get; set; } = 7;

    /// <summary>How often critical messages that have arrived are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")] public TimeSpan CriticalInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often old content and old messages are looked for.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")] public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);
}

[OptionsValidator]
public sealed partial class RetentionOptionsValidator : IValidateOptions<RetentionOptions>;
