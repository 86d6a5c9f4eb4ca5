using Mail.Core.Webhooks;

namespace Mail.Api.Webhooks;

/// <summary>A webhook as the API shows it, without its secret.</summary>
/// <param name="Status">`enabled` or `disabled`.</param>
/// <param name="DisabledReason">Why it was switched off by itself; null when it was not.</param>
/// <param name="FailingSince">Since when every request has failed; null when the last one did not.</param>
/// <param name="ResumeAt">Nothing is sent to it before, because it fails or asked for it.</param>
/// <param name="OldSecretExpiresAt">Until then the secret before this one signs too.</param>
/// <param name="Waiting">Events that it has still to hear; 1000 stands for that many or more.</param>
/// <param name="Failed">Events that were given up and can be replayed; 1000 stands for that many or more.</param>
public sealed record WebhookResponse(
    string Object, string Id, string Endpoint, IReadOnlyList<string> Events, string Status, bool Enabled, string? DisabledReason, DateTimeOffset? FailingSince, DateTimeOffset? ResumeAt,
    DateTimeOffset? OldSecretExpiresAt, int Waiting, int Failed, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static WebhookResponse Of(Webhook webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return new WebhookResponse(
            "webhook", webhook.Id.ToString(), webhook.Endpoint, webhook.Events, webhook.IsEnabled ? "enabled" : "disabled", webhook.IsEnabled, webhook.DisabledReason, webhook.FailingSince, webhook.ResumeAt,
            webhook.OldSecretUntil, webhook.Waiting, webhook.GivenUp, webhook.CreatedAt, webhook.UpdatedAt);
    }
}
