using Mail.Core.Common;

namespace Mail.Core.Tracking;

/// <summary>Somebody, or something, asked for the picture of a mail or followed one of its links.</summary>
/// <param name="Link">Where the link leads; null for the picture.</param>
public sealed record TrackingHit(ProjectId ProjectId, MessageId MessageId, DeliveryId DeliveryId, string? Link, Visitor Visitor, DateTimeOffset At)
{
    /// <summary>What a click on the link counts as; null for nothing more than a click.</summary>
    public string? Conversion { get; init; }
}

/// <summary>What came of a hit; the lower-case name is the metric's.</summary>
public enum HitOutcome
{
    /// <summary>An event of a person.</summary>
    Recorded,

    /// <summary>An event that says it was a machine.</summary>
    Machine,

    /// <summary>The same opening again.</summary>
    Repeated,

    /// <summary>The recipient has as many events as one may have.</summary>
    Capped,

    /// <summary>The recipient wants no tracking: by the list, or by what their browser says.</summary>
    Objected,

    /// <summary>The message or its recipient is gone.</summary>
    Gone,

    /// <summary>The database was away.</summary>
    Lost,
}

/// <summary>The wire names of what tracked mails tell.</summary>
public static class TrackingEvents
{
    public const string Opened = "email.opened";
    public const string Clicked = "email.clicked";
}
