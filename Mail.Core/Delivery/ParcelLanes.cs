using Mail.Core.Messages;

namespace Mail.Core.Delivery;

/// <summary>
/// Claimed parcels between the claim and the senders. Senders take by lane in the proportion 16 : 4 : 1, so that codes overtake and
/// newsletters never starve; some senders take critical ones only, so that one is always free for a code.
/// </summary>
internal sealed class ParcelLanes
{
    private static readonly int[] _weights = [16, 4, 1];

    private readonly Lock _lock = new();
    private readonly Queue<Parcel>[] _lanes = [new(), new(), new()];
    private readonly int[] _credits = new int[_weights.Length];
    private readonly Queue<TaskCompletionSource<Parcel?>> _waiting = new();
    private readonly Queue<TaskCompletionSource<Parcel?>> _waitingForCritical = new();
    private bool _closed;

    /// <exception cref="InvalidOperationException">Closed: the claims end first.</exception>
    public void Add(Parcel parcel)
    {
        TaskCompletionSource<Parcel?>? taker;
        lock (_lock)
        {
            if (_closed) throw new InvalidOperationException("Parcels are added until the lanes are closed.");
            bool critical = parcel.Message.Lane == Lane.Critical;
            if (!(critical && _waitingForCritical.TryDequeue(out taker)) && !_waiting.TryDequeue(out taker))
            {
                _lanes[(int)parcel.Message.Lane].Enqueue(parcel);
                return;
            }
        }

        taker.SetResult(parcel);
    }

    /// <summary>Waits for a parcel.</summary>
    /// <returns>Null when closed.</returns>
    public Task<Parcel?> TakeAsync(bool criticalOnly)
    {
        lock (_lock)
        {
            if (_closed) return Task.FromResult<Parcel?>(null);
            if (criticalOnly ? _lanes[(int)Lane.Critical].TryDequeue(out Parcel? next) : TryTakeByWeight(out next)) return Task.FromResult<Parcel?>(next);
            TaskCompletionSource<Parcel?> taker = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (criticalOnly ? _waitingForCritical : _waiting).Enqueue(taker);
            return taker.Task;
        }
    }

    /// <summary>Lets the senders end after what they are sending.</summary>
    /// <returns>What nobody has taken.</returns>
    public IReadOnlyList<Parcel> Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (TaskCompletionSource<Parcel?> taker in _waiting.Concat(_waitingForCritical)) taker.SetResult(null);
            _waiting.Clear();
            _waitingForCritical.Clear();
            List<Parcel> left = [.. _lanes.SelectMany(lane => lane)];
            foreach (Queue<Parcel> lane in _lanes) lane.Clear();
            return left;
        }
    }

    /// <summary>Smooth weighted round robin: each lane that has something earns its weight, the richest is taken from and pays for the round.</summary>
    private bool TryTakeByWeight(out Parcel? parcel)
    {
        int best = -1, round = 0;
        for (int lane = 0; lane < _lanes.Length; lane++)
        {
            if (_lanes[lane].Count == 0) continue;
            _credits[lane] += _weights[lane];
            round += _weights[lane];
            if (best < 0 || _credits[lane] > _credits[best]) best = lane;
        }

        parcel = null;
        if (best < 0) return false;
        _credits[best] -= round;
        parcel = _lanes[best].Dequeue();
        return true;
    }
}
