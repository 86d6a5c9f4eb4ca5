using Mail.Core.Common;
using Mail.Core.Messaging;

namespace Mail.Core.Alerts;

/// <summary>Dead letters, as alerts: one for each handler.</summary>
internal sealed class DeadLetterAlerts(IAlerts alerts, TimeProvider clock) : IDeadLetterObserver
{
    /// <summary>As long as a dead letter is kept, unless its project replays or discards it.</summary>
    private static readonly TimeSpan _lasts = TimeSpan.FromDays(30);

    public void Buried(ProjectId? project, string handler) => alerts.Raise(KeyOf(project, handler), new AlertFacts(), endsAt: clock.GetUtcNow() + _lasts);

    public void Cleared(ProjectId? project, string handler) => alerts.Resolve(KeyOf(project, handler));

    private static AlertKey KeyOf(ProjectId? project, string handler) => new(project, AlertKind.DeadLetters, handler);
}
