namespace Mail.Core.Messaging;

/// <summary>The points between two steps at which a worker may die. Tests stop it there; in production nothing listens.</summary>
internal enum BusStep
{
    Claimed,
    Begun,
    Settled,
    Handled,
    Committed,
    Failed,
}

/// <summary>Told of every step, before the next one.</summary>
internal class BusSteps
{
    public virtual ValueTask AfterAsync(BusStep step, ClaimedMessage message) => ValueTask.CompletedTask;
}
