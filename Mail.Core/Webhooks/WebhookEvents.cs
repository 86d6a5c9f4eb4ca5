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

    /// <summary>Somebody decided by a link.</summary>
    public const string ActionLinkUsed = "action_link.used";

    /// <summary>What became of a request for a decision.</summary>
    public const string RequestDecided = "request.decided", RequestExpired = "request.expired", RequestCanceled = "request.canceled";

    /// <summary>An attendee answered by mail.</summary>
    public const string AppointmentReplied = "appointment.replied";

    /// <summary>A user of an app has a new password, by a code.</summary>
    public const string PasswordReset = "account.password_reset";

    /// <summary>What happens to trips and the seats in them (`Mail.Core/Reservations`).</summary>
    private static readonly string[] _reservations =
    [
        "offer.created", "offer.changed", "offer.cancelled", "reservation.requested", "reservation.accepted", "reservation.refused", "reservation.cancelled", "reservation.removed", "reservation.expired",
    ];

    /// <summary>What becomes of mailboxes (`Mail.Core/Mailboxes`).</summary>
    private static readonly string[] _mailboxes = ["mailbox.active", "mailbox.failed", "mailbox.suspended", "mailbox.resumed", "mailbox.deleted"];

    /// <summary>What happens to invitations to interviews (`Mail.Core/Invitations`).</summary>
    private static readonly string[] _invitations = [.. new[] { "created", "sent", "delivered", "opened", "used", "reminded", "extended", "expired", "bounced", "refused", "complained", "revoked" }.Select(what => $"invitation.{what}")];

    /// <summary>In the order in which a message meets them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Scheduled, "email.sent", "email.delivered", "email.delivery_delayed", "email.bounced", "email.complained", "email.failed", "email.suppressed", "email.canceled",
        "email.opened", "email.clicked", "suppression.added", "suppression.removed", "domain.created", "domain.updated", "domain.deleted", AlertRaised, AlertResolved, ActionLinkUsed, PasswordReset,
        RequestDecided, RequestExpired, RequestCanceled, AppointmentReplied,
        .. _reservations, .. _invitations, .. _mailboxes,
    ];

    private static readonly FrozenSet<string> _known = All.ToFrozenSet();

    public static bool IsKnown(string name) => _known.Contains(name);
}
