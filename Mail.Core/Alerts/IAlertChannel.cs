namespace Mail.Core.Alerts;

/// <summary>A way to tell people of an alert: mail now, webhooks beside it later. Registered as many times as there are ways.</summary>
public interface IAlertChannel
{
    /// <summary>Tells that the alert stands or, when it is resolved, that it is over. Called by every worker: a second call for the same makes nothing new.</summary>
    /// <returns>Why it cannot be told just now, in words for a log; null when it was.</returns>
    Task<string?> TellAsync(Alert alert, CancellationToken ct);
}
