using System.ComponentModel.DataAnnotations;
using Mail.Core.Messages;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>When a host that is not the worker delivers by itself.</summary>
public enum InProcessDelivery
{
    /// <summary>While no worker is seen.</summary>
    Fallback,
    Always,
    Never,
}

/// <summary>Section `Delivery`, of every host that delivers.</summary>
public sealed class DeliveryOptions
{
    /// <summary>When Mail.Api delivers.</summary>
    public InProcessDelivery InProcess { get; set; }

    /// <summary>How long no worker is seen before Mail.Api delivers in its place. Workers say four times within it that they are there: the same for all hosts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.4", "01:00:00")] public TimeSpan FallbackAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a claim lasts without a heartbeat; a dead worker's messages are taken over after it.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")] public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a worker looks at the queue although nobody woke it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")] public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a worker looks for leases that ended.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")] public TimeSpan TakeOverInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Deliveries claimed, or recorded, at one time at most.</summary>
    [Range(1, 1000)] public int BatchSize { get; set; } = 200;

    /// <summary>Deliveries that a worker holds of each lane at most, from the claim to the record.</summary>
    [Range(1, 10_000)] public int HeldPerLane { get; set; } = 400;

    /// <summary>Messages that are composed and sent at the same time.</summary>
    [Range(1, 1000)] public int Concurrency { get; set; } = 32;

    /// <summary>How many of them may only be critical ones.</summary>
    [Range(0, 999)] public int ConcurrencyForCritical { get; set; } = 4;

    /// <summary>How long a stopping worker waits for what it is sending. Keep it below the host's own limit (30 s).</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The waits between attempts of every lane; empty means those of <see cref="RetrySchedule"/>.</summary>
    public IList<TimeSpan> RetryDelays { get; } = [];

    /// <summary>
    /// How long after it was to leave a message may still wait for its turn or for a quota. A critical one may only wait for as long as its schedule lasts:
    /// a code of last week helps nobody.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")] public TimeSpan LongestHold { get; set; } = TimeSpan.FromDays(5);

    /// <summary>The same for the lane `bulk`: the whole warm-up of a relay, or the rest of a month whose quota is used up.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")] public TimeSpan LongestHoldOfBulk { get; set; } = TimeSpan.FromDays(31);

    internal TimeSpan LongestHoldFor(Lane lane) => lane switch
    {
        Lane.Critical => RetrySchedule.Critical.Total,
        Lane.Bulk => LongestHoldOfBulk,
        _ => LongestHold,
    };

    internal RetrySchedule ScheduleFor(Lane lane) => RetryDelays.Count > 0 ? RetrySchedule.Of([.. RetryDelays]) : RetrySchedule.For(lane);
}

[OptionsValidator]
public sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;
