using System.Collections.Frozen;

namespace Mail.Core.Webhooks;

/// <summary>The events that a webhook may ask for, by their wire names. Another part of Mail that tells of something adds its name here and calls <see cref="WebhookPublisher"/>.</summary>
public static class WebhookEvents
{
    public const string Scheduled = "email.scheduled";

    /// <summary>An alert stands.</summary>
    public const string AlertRaised = "alert.raised";

    /// <summary>An alert is over.</summary>
    public const string AlertResolved = "alert.resolved";

    /// <summary>In the order in which a message meets them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Scheduled, "email.sent", "email.delivered", "email.delivery_delayed", "email.bounced", "email.complained", "email.failed", "email.suppressed", "email.canceled",
        "email.opened", "email.clicked", "suppression.added", "suppression.removed", "domain.created", "domain.updated", "domain.deleted", AlertRaised, AlertResolved,
    ];

    private static readonly FrozenSet<string> _known = All.ToFrozenSet();

    public static bool IsKnown(string name) => _known.Contains(name);
}
