using Mail.Core.Alerts;
using Mail.Core.Common;

namespace Mail.Core.Webhooks;

/// <summary>The alerts about an endpoint. Their subject is its address without the query, which is what its owner knows it by.</summary>
internal static class WebhookAlerts
{
    /// <summary>Of an endpoint that was switched off: nothing is heard of it any more, so it stands for so long unless somebody switches it on or removes it.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    public static AlertKey Failing(ProjectId project, string endpoint) => new(project, AlertKind.WebhookFailing, WebhookEndpoint.Shown(endpoint));

    public static AlertKey Disabled(ProjectId project, string endpoint) => new(project, AlertKind.WebhookDisabled, WebhookEndpoint.Shown(endpoint));
}
