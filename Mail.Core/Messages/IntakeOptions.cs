using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messages;

/// <summary>Section `Intake`.</summary>
public sealed class IntakeOptions
{
    /// <summary>How many commits may be under way at once. A request waits for company only while all of them are.</summary>
    [Range(1, 16)] public int Committers { get; set; } = 2;

    /// <summary>The most requests in one commit.</summary>
    [Range(1, 2000)] public int GroupSize { get; set; } = 256;

    /// <summary>The most bytes of messages in one commit.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)] public int GroupBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How many requests may wait for a commit; one more is answered 503 with Retry-After.</summary>
    [Range(1, 100_000)] public int WaitingRoom { get; set; } = 4096;

    /// <summary>How long a commit is tried again while the database is away, before the caller is told 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an answer is kept under its Idempotency-Key.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")] public TimeSpan IdempotencyLifetime { get; set; } = TimeSpan.FromHours(24);
}

[OptionsValidator]
public sealed partial class IntakeOptionsValidator : IValidateOptions<IntakeOptions>;
