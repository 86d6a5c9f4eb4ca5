using System.Diagnostics.CodeAnalysis;

namespace Mail.Core.Reservations.Routes;

/// <summary>The answers of OSRM that were asked for last: a change of an offer asks about the same legs again, and a refused request about none. Safe for many threads.</summary>
internal sealed class RouteCache(int most, TimeSpan keepFor, TimeProvider clock)
{
    /// <summary>An operator who mends the map need not wait long.</summary>
    private static readonly TimeSpan _keepRefusal = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new(); // the one that was used last is the first

    public bool TryGet(string key, [NotNullWhen(true)] out Answer? answer)
    {
        lock (_lock)
        {
            answer = null;
            if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node)) return false;
            _byUse.Remove(node);
            if (node.Value.Until <= clock.GetUtcNow())
            {
                _entries.Remove(key);
                return false;
            }

            _byUse.AddFirst(node);
            answer = node.Value.Answer;
            return true;
        }
    }

    public void Set(string key, Answer answer)
    {
        if (most == 0 || keepFor == TimeSpan.Zero) return;
        lock (_lock)
        {
            if (_entries.Remove(key, out LinkedListNode<Entry>? old)) _byUse.Remove(old);
            while (_byUse.Count >= most)
            {
                _entries.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }

            _entries[key] = _byUse.AddFirst(new Entry(key, answer, clock.GetUtcNow() + (answer.Way is null ? _keepRefusal : keepFor)));
        }
    }

    /// <summary>A way, or why there is none for these points.</summary>
    public sealed record Answer(Way? Way, OsrmProblem? Problem);

    private sealed record Entry(string Key, Answer Answer, DateTimeOffset Until);
}
