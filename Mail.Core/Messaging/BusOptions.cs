using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Messaging;

/// <summary>Section `Bus`.</summary>
public sealed class BusOptions
{
    /// <summary>The most handlers of this process at a time; each holds a database connection while it works.</summary>
    [Range(1, 200)] public int Concurrency { get; set; } = 16;

    /// <summary>After so many attempts a message is a dead letter.</summary>
    [Range(1, 100)] public int MaxAttempts { get; set; } = 10;

    /// <summary>Until the second attempt; every further wait is four times as long, up to <see cref="LongestRetry"/>. Each is a fifth longer or shorter by chance.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")] public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most that a wait between two attempts grows to.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "2.00:00:00")] public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long a message may wait for a host that knows its handler, as while a new version is rolled out; then it is a dead letter.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] public TimeSpan UnknownFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a claim lasts without a heartbeat; a dead worker's messages are taken over after it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")] public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A handler that has not ended by then is told to; its attempt has failed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")] public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long handlers have to end when the host stops; after it they are told to, and their messages are given back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often is looked for messages that nobody told us of, and for those that dead workers held.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")] public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long is known what was handled.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")] public TimeSpan KeepInbox { get; set; } = TimeSpan.FromDays(7);

    /// <summary>For how long what was given up can be replayed.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")] public TimeSpan KeepDeadLetters { get; set; } = TimeSpan.FromDays(30);

    /// <param name="attempts">How many there were, the last one included.</param>
    /// <returns>Null when that was the last one.</returns>
    internal TimeSpan? DelayAfter(int attempts)
    {
        if (attempts >= MaxAttempts) return null;
        double seconds = Math.Min(LongestRetry.TotalSeconds, FirstRetry.TotalSeconds * Math.Pow(4, attempts - 1));
#pragma warning disable CA5394 // spreads retries, protects nothing
        return TimeSpan.FromSeconds(seconds * (0.8 + (0.4 * Random.Shared.NextDouble())));
#pragma warning restore CA5394
    }
}

[OptionsValidator]
internal sealed partial class BusOptionsValidator : IValidateOptions<BusOptions>;
