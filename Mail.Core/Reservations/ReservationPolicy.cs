using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations;

/// <summary>Section `Reservations`: the times of the flow.</summary>
public sealed class ReservationPolicy
{
    /// <summary>How long a driver can answer a request; never beyond the departure.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "14.00:00:00")] public TimeSpan AnswerTime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the links in mails work; never beyond the departure.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "366.00:00:00")] public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>When people are reminded, by the clock where the trip begins, on the day before it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "23:59:00")] public TimeSpan ReminderTime { get; set; } = TimeSpan.FromHours(10);

    /// <summary>A pickup time that moves by no more than this is told to nobody.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "02:00:00")] public TimeSpan SilentMove { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its departure a trip and all who asked for it are forgotten.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")] public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How far ahead a trip may lie.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")] public TimeSpan FarthestDeparture { get; set; } = TimeSpan.FromDays(365);
}

[OptionsValidator]
public sealed partial class ReservationPolicyValidator : IValidateOptions<ReservationPolicy>;
