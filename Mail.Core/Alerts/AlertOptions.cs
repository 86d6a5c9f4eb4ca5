using System.ComponentModel.DataAnnotations;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Options;

namespace Mail.Core.Alerts;

/// <summary>Section `Alerts`: when a person is told, and who.</summary>
public sealed class AlertOptions
{
    /// <summary>Who is told what concerns the whole installation: addresses with commas between. Without it those who are told of the first project.</summary>
    public string? To { get; set; }

    /// <summary>What is over sooner than this is told to nobody; it stands in the list.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan TellAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What lasts, or comes again, is told again after this time and not before.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")] public TimeSpan RepeatAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>What comes again within this time after its end is the same alert.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")] public TimeSpan ReopenWithin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>What nobody has raised for this long is over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a message may be due before somebody is told. Bulk may take longer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan QueueOlderThan { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often alerts are stored and told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")] public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often the queue is looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")] public TimeSpan QueueLookEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The part of a project's mail of the last 24 hours that may bounce before somebody is told: bounced to sent and bounced.</summary>
    [Range(0.001, 1)] public double BounceRate { get; set; } = 0.05;

    /// <summary>How many recipients a project's mail of 24 hours must have had for its bounces to be told: of three, one says nothing.</summary>
    [Range(1, 1_000_000_000)] public long BounceRateLeast { get; set; } = 100;

    /// <summary>The part of a project's recipients of the last 24 hours that may call its mail spam before somebody is told: complaints to sent.</summary>
    [Range(0.0001, 1)] public double ComplaintRate { get; set; } = 0.001;

    /// <summary>How many complaints there must be in 24 hours to be told.</summary>
    [Range(1, 1_000_000_000)] public long ComplaintRateLeast { get; set; } = 3;

    /// <summary>How often bounces and complaints are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")] public TimeSpan RatesLookEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long before the end of the SMTP endpoints' certificate somebody is told.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")] public TimeSpan CertificateEndsWithin { get; set; } = TimeSpan.FromDays(14);

    internal string[] Addresses => To?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

[OptionsValidator]
internal sealed partial class AlertOptionsValidator : IValidateOptions<AlertOptions>;

internal sealed class AlertAddressesValidator : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        foreach (string address in options.Addresses)
            if (!EmailAddress.TryParse(address, out _, out string? error)) return ValidateOptionsResult.Fail($"Alerts:To has '{address}', which is not an address: {error}");
        return ValidateOptionsResult.Success;
    }
}
