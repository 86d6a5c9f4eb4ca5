namespace Mail.Core.Alerts;

/// <summary>What was said about one key since the last look: raised that often, or over.</summary>
internal sealed record AlertChange(AlertKey Key, bool IsOver, AlertFacts Facts, long Times, DateTimeOffset? EndsAt);

/// <summary>Gathers what this process has to say, so that a hundred thousand failovers make one row's change.</summary>
internal sealed class AlertOutbox : IAlerts
{
    private static readonly AlertFacts _nothing = new();

    private readonly Lock _lock = new();
    private readonly Dictionary<AlertKey, int> _last = [];
    private List<AlertChange> _changes = [];

    public void Raise(AlertKey key, AlertFacts facts, long times = 1, DateTimeOffset? endsAt = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(facts);
        Add(new AlertChange(key, IsOver: false, facts, times, endsAt));
    }

    public void Resolve(AlertKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Add(new AlertChange(key, IsOver: true, _nothing, 0, null));
    }

    /// <returns>What was said since the last call: at most one change after another of each sort for a key, in their order.</returns>
    public IReadOnlyList<AlertChange> Take()
    {
        lock (_lock)
        {
            if (_changes.Count == 0) return [];
            List<AlertChange> taken = _changes;
            _changes = [];
            _last.Clear();
            return taken;
        }
    }

    /// <summary>They could not be stored: they come before what was said since.</summary>
    public void GiveBack(IReadOnlyList<AlertChange> unstored)
    {
        lock (_lock)
        {
            List<AlertChange> since = _changes;
            _changes = [];
            _last.Clear();
            foreach (AlertChange change in unstored.Concat(since)) AddLocked(change);
        }
    }

    private void Add(AlertChange change)
    {
        lock (_lock) AddLocked(change);
    }

    private void AddLocked(AlertChange change)
    {
        if (_last.TryGetValue(change.Key, out int at) && _changes[at].IsOver == change.IsOver)
        {
            _changes[at] = change with { Times = _changes[at].Times + change.Times };
            return;
        }

        _last[change.Key] = _changes.Count;
        _changes.Add(change);
    }
}
