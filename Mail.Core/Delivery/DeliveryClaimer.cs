using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Messages;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Delivery;

/// <summary>
/// Step 3 of a message's way. Claims what is due as soon as there is room for it, loads the messages and hands them to the senders;
/// sleeps, when nothing is due, until it is woken or the poll comes round.
/// </summary>
internal sealed partial class DeliveryClaimer(
    DeliveryQueue queue, MessageStore messages, ParcelLanes lanes, DeliveryLeases leases, DeliveryRecorder recorder, DeliverySignal signal, TestAddresses tests, SuppressionLookup suppressions, ObjectionLookup objections,
    IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<DeliveryClaimer> logger)
{
    private static readonly Lane[] _allLanes = [Lane.Critical, Lane.Normal, Lane.Bulk];

    // A search for projects costs little, but more with many of them, and much while a pinned snapshot keeps dead index entries alive: it never takes more than a twentieth of the time.
    private const int FewestMillisecondsBetweenSearches = 50;
    private const int SearchShare = 20;
    private const int MostFound = 2000;

    private readonly DueProjects _due = new();
    private readonly bool[] _mayHaveMore = [true, true, true];
    private WaitingProject? _searchedTo;
    private bool _searchIsWanted = true;
    private long _searchAt, _searchTook;

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
                    if (await ClaimAsync(stoppingToken) || await SearchAsync(stoppingToken)) continue;
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogClaimFailed(e); // what was claimed all the same comes due again when its lease ends
                }

                TimeSpan untilSearch = TimeSpan.FromMilliseconds(Math.Max(1, _searchAt - DeliveryLeases.Now));
                await wakeup.WaitAsync(_searchIsWanted && untilSearch < options.Value.PollInterval ? untilSearch : options.Value.PollInterval, stoppingToken);
                _searchIsWanted = true;
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
        int[] room = [.. _allLanes.Select(Room)];
        List<ClaimShare> shares = _due.Divide(room);
        List<Delivery> claimed = [];
        if (shares.Count > 0)
        {
            long since = DeliveryLeases.Now;
            claimed = await queue.ClaimDueAsync(shares, ct);
            _due.Claimed(shares, claimed);
            leases.Hold(claimed, since);
        }

        foreach (Lane lane in _allLanes) Volatile.Write(ref _mayHaveMore[(int)lane], room[(int)lane] == 0 || _due.HasMore(lane)); // one that was not asked is asked when there is room
        if (claimed.Count > 0)
        {
            DeliveryMetrics.Claimed(claimed, clock.GetUtcNow());
            await HandOverAsync(claimed, ct);
        }

        if (claimed.Count == 0) return false;
        _searchIsWanted = true; // however busy the known ones keep us
        await SearchAsync(ct);
        return Array.Exists(_allLanes, lane => _due.HasMore(lane) && Room(lane) > 0);
    }

    /// <summary>Finds projects that have something due and are not known, or were asked for it at the wrong place.</summary>
    /// <returns>Whether there is anything to claim.</returns>
    private async Task<bool> SearchAsync(CancellationToken ct)
    {
        if (!_searchIsWanted || DeliveryLeases.Now < _searchAt) return false;
        long began = DeliveryLeases.Now;
        try
        {
            List<WaitingProject> waiting = await queue.WaitingProjectsAsync(_searchedTo, MostFound, ct);
            _due.Found(waiting, clock.GetUtcNow());
            _searchedTo = waiting.Count == MostFound ? waiting[^1] : null; // with very many, the next search goes on from there
            _searchIsWanted = _searchedTo is not null;
        }
        finally
        {
            // By the quicker of the last two: one slow look, as the first one on a cold connection, must not keep the next project's first message waiting for seconds.
            long took = DeliveryLeases.Now - began;
            _searchAt = DeliveryLeases.Now + Math.Max(FewestMillisecondsBetweenSearches, Math.Min(took, _searchTook) * SearchShare);
            _searchTook = took;
        }

        return Array.Exists(_allLanes, lane => _due.HasMore(lane) && Room(lane) > 0);
    }

    /// <summary>How many a claim of this lane would ask for. Small claims wait until they are worth their round trip; a critical message does not wait.</summary>
    private int Room(Lane lane)
    {
        int room = Math.Min(leases.RoomIn(lane), options.Value.BatchSize);
        return lane == Lane.Critical || room >= Math.Min(options.Value.BatchSize, options.Value.HeldPerLane) / 2 ? room : 0;
    }

    private async Task HandOverAsync(List<Delivery> claimed, CancellationToken ct)
    {
        Dictionary<MessageId, StoredMessage?> loaded;
        SuppressionMatches suppressed;
        HashSet<SuppressionKey> objecting;
        try
        {
            // The last word: who came onto the list while the message waited gets nothing. Asked at the same time as the messages, so that nobody waits for it.
            Task<SuppressionMatches> asked = suppressions.FindAsync([.. claimed.Select(KeyOf)]);
            loaded = await messages.LoadAsync([.. claimed.Select(delivery => (delivery.ProjectId, delivery.MessageId)).Distinct()], ct);
            objecting = await ObjectingAsync(claimed, loaded, ct);
            suppressed = await asked;
        }
        catch
        {
            await recorder.ReleaseAsync(claimed);
            throw;
        }

        if (!suppressed.IsEmpty) claimed = [.. claimed.Where(delivery => !IsSuppressed(delivery, loaded.GetValueOrDefault(delivery.MessageId), suppressed))];
        foreach (IGrouping<(MessageId, bool, DeliveryId), Delivery> recipients in claimed.GroupBy(delivery => (delivery.MessageId, tests.Contains(delivery.Recipient), AloneAs(delivery, loaded, objecting))))
        {
            (MessageId id, bool areTests, _) = recipients.Key;
            if (!loaded.TryGetValue(id, out StoredMessage? message)) Settle(recipients, delivery => delivery.Fail("The stored message is gone.", CauseCodes.MessageGone));
            else if (message is null) Settle(recipients, DelayUnreadable);
            else lanes.Add(new Parcel(message, [.. recipients], areTests) { IsTracked = IsTracked(recipients.First(), message, objecting) });
        }
    }

    /// <summary>A mail with a link of its recipient's own is one mail for each: whoever had another's could unsubscribe them, or be taken for them.</summary>
    private static DeliveryId AloneAs(Delivery delivery, Dictionary<MessageId, StoredMessage?> loaded, HashSet<SuppressionKey> objecting) =>
        loaded.GetValueOrDefault(delivery.MessageId) is { } message && (message.Content.LinksTo is not null || IsTracked(delivery, message, objecting)) ? delivery.Id : default;

    private static bool IsTracked(Delivery delivery, StoredMessage message, HashSet<SuppressionKey> objecting) =>
        message.Content.Tracking is not null && !(objecting.Count > 0 && objecting.Contains(KeyOf(delivery)));

    /// <summary>Of tracked mail, whose recipients do not want it. Nobody is asked about other mail.</summary>
    private async Task<HashSet<SuppressionKey>> ObjectingAsync(List<Delivery> claimed, Dictionary<MessageId, StoredMessage?> loaded, CancellationToken ct)
    {
        List<SuppressionKey> tracked = [.. claimed.Where(delivery => loaded.GetValueOrDefault(delivery.MessageId)?.Content.Tracking is not null).Select(KeyOf)];
        return tracked.Count == 0 ? [] : await objections.FindAsync(tracked, ct);
    }

    private static SuppressionKey KeyOf(Delivery delivery) => new(delivery.ProjectId, NormalAddress.Of(delivery.Recipient));

    private bool IsSuppressed(Delivery delivery, StoredMessage? message, SuppressionMatches matches)
    {
        if (message is null || matches.Find(KeyOf(delivery), message.Kind) is not { } match) return false;
        delivery.Suppress(match.Words());
        recorder.Add(delivery);
        return true;
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
