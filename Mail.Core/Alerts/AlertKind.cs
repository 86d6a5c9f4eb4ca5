using System.Collections.Frozen;

namespace Mail.Core.Alerts;

public enum AlertKind
{
    /// <summary>A relay cannot be used for now.</summary>
    RelayPaused,

    /// <summary>A relay cannot be used until somebody changes something: a refused password, a certificate that ended.</summary>
    RelayMisconfigured,

    /// <summary>Messages went over another relay than the first one.</summary>
    RelayFailover,

    /// <summary>Four fifths of a relay's quota are used.</summary>
    RelayQuota80,

    /// <summary>All of a relay's quota is used: it takes no more until the next day or month.</summary>
    RelayQuotaUsed,

    /// <summary>A message has been due for long.</summary>
    QueueOld,

    /// <summary>Messages are due and nobody sends any; or no worker is seen (<see cref="AlertKey.NoWorkerSeen"/>).</summary>
    NoWorker,

    /// <summary>The key record of a verified domain is gone: its mail will be refused, or is.</summary>
    DomainFailing,

    /// <summary>The bounce mailbox cannot be read for some time.</summary>
    BounceMailboxFailing,

    /// <summary>A webhook's endpoint has taken nothing for long.</summary>
    WebhookFailing,

    /// <summary>A webhook was switched off, because its endpoint took nothing for days or said that it is gone.</summary>
    WebhookDisabled,

    /// <summary>Messages of the bus could not be handled.</summary>
    DeadLetters,

    /// <summary>Four fifths of what a provider of mailboxes allows are used.</summary>
    MailboxQuota80,

    /// <summary>Somebody has left the project who knows API keys that go on working.</summary>
    LeaverKeys,

    /// <summary>More of a project's mail bounces than receivers put up with.</summary>
    BounceRate,

    /// <summary>More of a project's recipients call its mail spam than receivers put up with.</summary>
    ComplaintRate,

    /// <summary>The certificate of the SMTP endpoints ends soon, or has ended.</summary>
    CertificateEnds,
}

/// <summary>The kinds' names, stored and on the wire.</summary>
public static class AlertKinds
{
    private static readonly FrozenDictionary<string, AlertKind> _byName = Enum.GetValues<AlertKind>().ToFrozenDictionary(Name);

    public static string Name(this AlertKind kind) => kind switch
    {
        AlertKind.RelayPaused => "relay_paused",
        AlertKind.RelayMisconfigured => "relay_misconfigured",
        AlertKind.RelayFailover => "relay_failover",
        AlertKind.RelayQuota80 => "relay_quota_80",
        AlertKind.RelayQuotaUsed => "relay_quota_used",
        AlertKind.QueueOld => "queue_old",
        AlertKind.NoWorker => "no_worker",
        AlertKind.DomainFailing => "domain_failing",
        AlertKind.BounceMailboxFailing => "bounce_mailbox_failing",
        AlertKind.WebhookFailing => "webhook_failing",
        AlertKind.WebhookDisabled => "webhook_disabled",
        AlertKind.DeadLetters => "dead_letters",
        AlertKind.MailboxQuota80 => "mailbox_quota_80",
        AlertKind.LeaverKeys => "leaver_keys",
        AlertKind.BounceRate => "bounce_rate",
        AlertKind.ComplaintRate => "complaint_rate",
        AlertKind.CertificateEnds => "certificate_ends",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of alert."),
    };

    /// <summary>Whether its subject is a relay.</summary>
    public static bool IsAboutRelay(this AlertKind kind) =>
        kind is AlertKind.RelayPaused or AlertKind.RelayMisconfigured or AlertKind.RelayFailover or AlertKind.RelayQuota80 or AlertKind.RelayQuotaUsed;

    public static bool TryParse(string name, out AlertKind kind) => _byName.TryGetValue(name, out kind);

    /// <exception cref="FormatException">No kind has that name.</exception>
    public static AlertKind Parse(string name) => TryParse(name, out AlertKind kind) ? kind : throw new FormatException($"'{name}' is not a kind of alert.");
}
