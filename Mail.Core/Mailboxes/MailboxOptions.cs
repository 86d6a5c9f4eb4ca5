using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Mailboxes;

/// <summary>Section `Mailboxes`.</summary>
public sealed class MailboxOptions
{
    /// <summary>The most that one call to a provider may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:04:00")] public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Until a call is made again that failed for a reason which passes; every further wait is twice as long, up to <see cref="LongestRetry"/>. A provider that asks for more gets it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")] public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most that a wait between two calls grows to.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "06:00:00")] public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>What could not be made or changed by then is undone or given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")] public TimeSpan Patience { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How often providers are asked for their quotas.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan QuotaInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>After a half-made mailbox was undone, the provider is asked once more for what a late request may have made of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")] public TimeSpan LookAgainAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the AppHost starts imitations of the four clouds. Read there; here so that the section is known.</summary>
    public bool Fakes { get; set; }
}

[OptionsValidator]
internal sealed partial class MailboxOptionsValidator : IValidateOptions<MailboxOptions>;
