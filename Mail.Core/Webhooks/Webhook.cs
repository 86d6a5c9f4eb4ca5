using Mail.Core.Common;

namespace Mail.Core.Webhooks;

/// <summary>An endpoint of a project's app that hears of events.</summary>
/// <param name="Events">Wire names, of <see cref="WebhookEvents.All"/>.</param>
public sealed record Webhook(ProjectId ProjectId, Guid Id, string Endpoint, IReadOnlyList<string> Events, bool IsEnabled, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Why it was switched off by itself, in words; null when it was not.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Since when every attempt has failed; null when the last one did not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Nothing is sent to it before, because it fails or asked for it.</summary>
    public DateTimeOffset? ResumeAt { get; init; }

    /// <summary>Until when the secret before this one signs too.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>Events that it has still to hear; counted up to a limit.</summary>
    public int Waiting { get; init; }

    /// <summary>Events that were given up and can be replayed; counted up to a limit.</summary>
    public int GivenUp { get; init; }
}

/// <summary>A webhook and the secret that is shown this once.</summary>
public sealed record WebhookWithSecret(Webhook Webhook, string Secret);
