using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>
/// Step 3 of a message's way. Claims what is due as soon as there is room for it, loads the messages and hands them to the senders;
/// sleeps, when nothing is due, until it is woken or the poll comes round.
/// </summary>
internal sealed partial class DeliveryClaimer(
    DeliveryQueue queue, MessageStore messages, ParcelLanes lanes, DeliveryLeases leases, DeliveryRecorder recorder, DeliverySignal signal, TestAddresses tests,
    IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<DeliveryClaimer> logger)
{
    private static readonly Lane[] _allLanes = [Lane.Critical, Lane.Normal, Lane.Bulk];

    // A claim begins where the last one of its lane ended, less this slack for rows whose commit was overtaken; now and then at the very start.
    private static readonly TimeSpan _slack = TimeSpan.FromMilliseconds(500);
    private const int FullLookMilliseconds = 2000;

    private readonly DateTimeOffset[] _from = new DateTimeOffset[_allLanes.Length];
    private readonly bool[] _mayHaveMore = [true, true, true];
    private long _fullLookAt;

    /// <summary>Runs until stopped; no failure ends it.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        using DeliveryWakeup wakeup = signal.Subscribe();
        void Wake(Lane lane)
        {
            if (Volatile.Read(ref _mayHaveMore[(int)lane]) && Room(lane) > 0) wakeup.Set();
        }

        leases.RoomMade += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    if (await ClaimAsync(stoppingToken)) continue;
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogClaimFailed(e); // what was claimed all the same comes due again when its lease ends
                }

                await wakeup.WaitAsync(options.Value.PollInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
        finally
        {
            leases.RoomMade -= Wake;
        }
    }

    /// <returns>Whether to look again at once: a lane gave all that was asked for, and has room for more.</returns>
    private async Task<bool> ClaimAsync(CancellationToken ct)
    {
        LaneLimit[] limits = Limits();
        for (int lane = 0; lane < limits.Length; lane++)
            if (limits[lane].Limit == 0) Volatile.Write(ref _mayHaveMore[lane], true); // not looked at, so look when there is room
        if (Array.TrueForAll(limits, lane => lane.Limit == 0)) return false;
        long since = DeliveryLeases.Now;
        List<Delivery> claimed = await queue.ClaimDueAsync(limits, ct);
        Remember(limits, claimed);
        if (claimed.Count > 0)
        {
            leases.Hold(claimed, since);
            DeliveryMetrics.Claimed(claimed, clock.GetUtcNow());
            await HandOverAsync(claimed, ct);
        }

        return Array.Exists(_allLanes, lane => _mayHaveMore[(int)lane] && Room(lane) > 0);
    }

    /// <summary>How many a claim of this lane would ask for. Small claims wait until they are worth their round trip; a critical message does not wait.</summary>
    private int Room(Lane lane)
    {
        int room = Math.Min(leases.RoomIn(lane), options.Value.BatchSize);
        return lane == Lane.Critical || room >= Math.Min(options.Value.BatchSize, options.Value.HeldPerLane) / 2 ? room : 0;
    }

    private LaneLimit[] Limits()
    {
        if (DeliveryLeases.Now >= _fullLookAt)
        {
            _fullLookAt = DeliveryLeases.Now + FullLookMilliseconds;
            Array.Clear(_from);
        }

        return [.. _allLanes.Select(lane => new LaneLimit(Room(lane), _from[(int)lane]))];
    }

    private void Remember(LaneLimit[] limits, List<Delivery> claimed)
    {
        Span<int> counts = stackalloc int[_allLanes.Length];
        foreach (Delivery delivery in claimed)
        {
            counts[(int)delivery.Lane]++;
            DateTimeOffset from = delivery.DueAt - _slack;
            if (from > _from[(int)delivery.Lane]) _from[(int)delivery.Lane] = from;
        }

        for (int lane = 0; lane < counts.Length; lane++)
            if (limits[lane].Limit > 0) Volatile.Write(ref _mayHaveMore[lane], counts[lane] == limits[lane].Limit);
    }

    private async Task HandOverAsync(List<Delivery> claimed, CancellationToken ct)
    {
        Dictionary<MessageId, StoredMessage?> loaded;
        try
        {
            loaded = await messages.LoadAsync([.. claimed.Select(delivery => (delivery.ProjectId, delivery.MessageId)).Distinct()], ct);
        }
        catch
        {
            await recorder.ReleaseAsync(claimed);
            throw;
        }

        foreach (IGrouping<(MessageId, bool), Delivery> recipients in claimed.GroupBy(delivery => (delivery.MessageId, tests.Contains(delivery.Recipient))))
        {
            (MessageId id, bool areTests) = recipients.Key;
            if (!loaded.TryGetValue(id, out StoredMessage? message)) Settle(recipients, delivery => delivery.Fail("The stored message is gone.", CauseCodes.MessageGone));
            else if (message is null) Settle(recipients, DelayUnreadable);
            else lanes.Add(new Parcel(message, [.. recipients], areTests));
        }
    }

    /// <summary>During an upgrade old and new workers share the queue: what one of them cannot read, the other one may have written.</summary>
    private void DelayUnreadable(Delivery delivery) => delivery.Delay(
        "The stored message cannot be read by this version of the mail system. It waits for a worker of another version.", options.Value.ScheduleFor(delivery.Lane), clock.GetUtcNow(), CauseCodes.OtherVersion);

    private void Settle(IEnumerable<Delivery> deliveries, Action<Delivery> outcome)
    {
        foreach (Delivery delivery in deliveries)
        {
            outcome(delivery);
            recorder.Add(delivery);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Due deliveries could not be claimed; trying again")]
    private partial void LogClaimFailed(Exception e);
}
