using Mail.Core.Common;

namespace Mail.Core.Messaging;

/// <summary>Hears of dead letters: called on the worker's way, so it returns at once and never fails.</summary>
public interface IDeadLetterObserver
{
    /// <param name="project">Null for what is no project's.</param>
    /// <param name="handler">The handler's wire name.</param>
    void Buried(ProjectId? project, string handler);

    /// <summary>There are none of that handler any more: all were replayed or discarded.</summary>
    void Cleared(ProjectId? project, string handler);
}
