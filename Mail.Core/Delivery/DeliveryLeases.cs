using System.Collections.Concurrent;
using Mail.Core.Messages;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>
/// What this worker holds, from the claim to the record, and until when it may rely on it. Counted from before the statement that leased it,
/// on the machine's steady clock, so that it never believes in a lease longer than the database does.
/// </summary>
internal sealed class DeliveryLeases(IOptions<DeliveryOptions> options)
{
    // By the claim, not by the id: a worker whose own lease ended may claim the same delivery again while the first claim is still with its sender.
    private readonly ConcurrentDictionary<Delivery, Held> _held = new(ReferenceEqualityComparer.Instance);
    private readonly int[] _perLane = new int[3];
    private readonly long _leaseMilliseconds = (long)options.Value.Lease.TotalMilliseconds;
    private readonly int _heldPerLane = options.Value.HeldPerLane;

    /// <summary>Rings when a lane has room again.</summary>
    public event Action<Lane>? RoomMade;

    /// <summary>The steady clock, in milliseconds. Take it before a statement that leases.</summary>
    public static long Now => Environment.TickCount64;

    public int Count => _held.Count;

    public int RoomIn(Lane lane) => Math.Max(0, _heldPerLane - Volatile.Read(ref _perLane[(int)lane]));

    public void Hold(IReadOnlyList<Delivery> claimed, long since)
    {
        foreach (Delivery delivery in claimed)
        {
            _held[delivery] = new Held(since + _leaseMilliseconds);
            Interlocked.Increment(ref _perLane[(int)delivery.Lane]);
        }
    }

    /// <summary>Whether a transfer may be begun: the lease is ours with a sixth of its time to spare, which heartbeats come to prolong well before.</summary>
    public bool IsSafe(Delivery delivery) => _held.TryGetValue(delivery, out Held? held) && held.Until - Now > _leaseMilliseconds / 6;

    /// <summary>Those whose lease is a third over. Also those with an outcome: it is late because the database is, and must not come too late.</summary>
    public List<Delivery> DueForHeartbeat()
    {
        long before = Now + _leaseMilliseconds * 2 / 3;
        return [.. _held.Where(held => held.Value.Until < before).Select(held => held.Key)];
    }

    public void Extend(Delivery delivery, long since)
    {
        if (_held.TryGetValue(delivery, out Held? held)) held.Until = since + _leaseMilliseconds;
    }

    /// <summary>Another worker has it: nothing may be begun any more. It counts as held until its sender has noticed.</summary>
    public void Lose(Delivery delivery)
    {
        if (_held.TryGetValue(delivery, out Held? held)) held.Until = 0;
    }

    public void Forget(IReadOnlyList<Delivery> done)
    {
        foreach (Delivery delivery in done)
        {
            if (!_held.TryRemove(delivery, out _)) continue;
            Interlocked.Decrement(ref _perLane[(int)delivery.Lane]);
            RoomMade?.Invoke(delivery.Lane);
        }
    }

    /// <summary>Everything held.</summary>
    public Guid[] Ids() => [.. _held.Keys.Select(delivery => delivery.Id.Value)];

    private sealed class Held(long until)
    {
        private long _until = until;

        public long Until
        {
            get => Volatile.Read(ref _until);
            set => Volatile.Write(ref _until, value);
        }
    }
}
