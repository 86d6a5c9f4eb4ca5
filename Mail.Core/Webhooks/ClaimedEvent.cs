using Mail.Core.Common;

namespace Mail.Core.Webhooks;

/// <summary>An event that this worker is to tell an endpoint.</summary>
/// <param name="SubjectId">The message that it is about; the event's own id where there is none.</param>
/// <param name="Payload">`data` as stored, of an event that is no message's.</param>
/// <param name="Attempts">Before this one.</param>
internal sealed record ClaimedEvent(
    ProjectId ProjectId, Guid WebhookId, Guid EventId, Guid SubjectId, string Type, DateTimeOffset HappenedAt, string? Payload, int Attempts, Guid LeaseToken)
{
    public string Endpoint { get; init; } = "";

    public string Secret { get; init; } = "";

    /// <summary>Null when no other secret signs.</summary>
    public string? OldSecret { get; init; }
}

/// <summary>What came of one request to an endpoint.</summary>
/// <param name="NextAttemptAt">Null when it was taken, or given up.</param>
/// <param name="Status">Null without an answer.</param>
/// <param name="Problem">In words; null when it was taken.</param>
/// <param name="Answer">The beginning of the answer.</param>
internal sealed record WebhookOutcome(ClaimedEvent Event, DateTimeOffset At, TimeSpan Took, bool IsTaken, DateTimeOffset? NextAttemptAt, int? Status, string? Problem, string? Answer)
{
    /// <summary>The endpoint said that it is no more (410).</summary>
    public bool IsGone { get; init; }

    /// <summary>When the endpoint wants to hear more (Retry-After).</summary>
    public DateTimeOffset? AskedToWaitUntil { get; init; }

    /// <summary>The event is no longer stored: there is nothing to tell, and nothing was sent.</summary>
    public bool IsForgotten { get; init; }
}
