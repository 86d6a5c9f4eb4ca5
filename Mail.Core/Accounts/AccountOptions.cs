using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Accounts;

/// <summary>Section `Accounts`: the console's accounts.</summary>
public sealed class AccountOptions
{
    /// <summary>Wrong passwords within an hour before an account is locked.</summary>
    [Range(5, 1000)] public int FailuresBeforeLock { get; set; } = 10;

    /// <summary>For how long; after wrong second factors it doubles with each lock that follows another, up to a day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")] public TimeSpan Lock { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Codes to one address within an hour; further requests are answered alike and send nothing.</summary>
    [Range(1, 1000)] public int ResetsPerAddress { get; set; } = 5;

    /// <summary>Requests for a code, and tries of one, from one IP address within an hour.</summary>
    [Range(1, 10_000_000)] public int ResetsPerClient { get; set; } = 100;

    /// <summary>So many requests for a code within an hour are told to the account's owner.</summary>
    [Range(2, 1000)] public int ManyResets { get; set; } = 3;

    /// <summary>What authenticator apps call us.</summary>
    [Required, StringLength(40)] public string Issuer { get; set; } = "Mail";
}

[OptionsValidator]
public sealed partial class AccountOptionsValidator : IValidateOptions<AccountOptions>;
