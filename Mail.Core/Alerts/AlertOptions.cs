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
