using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Codes;

/// <summary>Section `Codes`: what guessing costs. Each subject (project, purpose and whose it is) is counted by itself.</summary>
public sealed class CodeOptions
{
    /// <summary>Wrong tries after which a code is over.</summary>
    [Range(1, 20)] public int TriesPerCode { get; set; } = 5;

    /// <summary>Wrong tries in <see cref="WrongWindow"/>, whatever number of codes there was; then none is looked at, and none is issued, until it ends.</summary>
    [Range(1, 1000)] public int WrongTries { get; set; } = 10;

    /// <summary>Begins with its first wrong try.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan WrongWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Codes that are issued in <see cref="IssueWindow"/>.</summary>
    [Range(1, 1000)] public int Issues { get; set; } = 5;

    /// <summary>Begins with its first code.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")] public TimeSpan IssueWindow { get; set; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
public sealed partial class CodeOptionsValidator : IValidateOptions<CodeOptions>;
