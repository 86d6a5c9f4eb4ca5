using System.Diagnostics;
using Mail.Core.Relays;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Delivery;

/// <summary>What a recipient's walk along the relays came to: the last reply and who gave it.</summary>
internal readonly record struct WalkReply(string Relay, RelayReply Reply);

/// <summary>How a walk ended. Exactly one of the three holds for each delivery of the parcel.</summary>
/// <param name="Replies">By delivery; absent for those that no relay could be offered.</param>
/// <param name="Fault">Why none of the relays could be used, and since which relay is asked first; for those without a reply.</param>
/// <param name="Withdrawn">Ended before the end of the list, because the lease was nearly over or the worker stops; those without a reply are given back.</param>
internal sealed record WalkResult(Dictionary<Delivery, WalkReply> Replies, (RelayRoute Route, RelayFault Fault)? Fault, bool Withdrawn);

/// <summary>
/// Step 5 of a message's way: offers a parcel to the relays that may carry it, one after the other, until every recipient has an answer that another
/// relay would not change. A relay that cannot be used, or that refuses for a reason of its own, is passed by, and each delivery notes it. When
/// nobody knows whether a relay took the message, the walk ends there: another relay would make a second copy.
/// </summary>
internal sealed partial class RouteWalk(RelayMonitor monitor, ILogger<RouteWalk> logger)
{
    /// <param name="offer">Makes the offer to a relay for those recipients that are still open.</param>
    public async Task<WalkResult> RunAsync(
        Parcel parcel, IReadOnlyList<RelayRoute> routes, Func<IReadOnlyList<Delivery>, RelayMessage> offer, TransferStart start, CancellationToken abort)
    {
        Dictionary<Delivery, WalkReply> replies = [];
        List<Delivery> open = [.. parcel.Deliveries];
        (RelayRoute, RelayFault)? firstFault = null;
        foreach (RelayRoute route in routes)
        {
            if (!route.Breaker.TryEnter(out RelayFault? paused))
            {
                firstFault ??= (route, paused);
                Note(open, route, paused.Reason);
                continue;
            }

            long started = Stopwatch.GetTimestamp();
            RelayOutcome outcome;
            try
            {
                outcome = await OfferAsync(route.Relay, offer(open), start, abort);
            }
            finally
            {
                route.Breaker.Leave();
            }

            DeliveryMetrics.Sent(parcel.Message.Lane, route.Relay.Name, Stopwatch.GetElapsedTime(started));
            switch (outcome.Kind)
            {
                case RelayOutcomeKind.Unavailable:
                    monitor.Failed(route, outcome.Fault!);
                    firstFault ??= (route, outcome.Fault!);
                    Note(open, route, outcome.Fault!.Reason);
                    break;
                case RelayOutcomeKind.Withdrawn:
                    return new WalkResult(replies, null, Withdrawn: true);
                default:
                    monitor.Answered(route, outcome.Replies, Stopwatch.GetElapsedTime(started), hasOthers: routes.Count > 1);
                    open = Keep(route, open, outcome.Replies, replies);
                    break;
            }

            if (open.Count == 0) break;
        }

        // Refused for good by one relay for reasons of its own, while another could not be asked: it waits for that one.
        if (firstFault is not null)
            foreach (Delivery delivery in open.Where(one => replies.TryGetValue(one, out WalkReply last) && last.Reply.Verdict == RelayVerdict.Permanent)) replies.Remove(delivery);
        return new WalkResult(replies, firstFault, Withdrawn: false);
    }

    /// <returns>Those whom another relay may serve.</returns>
    private static List<Delivery> Keep(RelayRoute route, List<Delivery> offered, IReadOnlyList<RelayReply> answers, Dictionary<Delivery, WalkReply> replies)
    {
        List<Delivery> open = [];
        for (int i = 0; i < offered.Count; i++)
        {
            Delivery delivery = offered[i];
            RelayReply reply = answers[i];
            replies[delivery] = new WalkReply(route.Relay.Name, reply);
            if (!reply.IsRelaysOwn) continue;
            open.Add(delivery);
            delivery.NoteDetour(route.Relay.Name, reply.Text);
        }

        return open;
    }

    private static void Note(List<Delivery> open, RelayRoute route, string reason)
    {
        foreach (Delivery delivery in open) delivery.NoteDetour(route.Relay.Name, reason);
    }

    /// <summary>A relay that throws, in spite of its contract, leaves open what it did once it had begun.</summary>
    private async Task<RelayOutcome> OfferAsync(IRelay relay, RelayMessage offer, TransferStart start, CancellationToken abort)
    {
        start.NextRelay();
        try
        {
            return await relay.SendAsync(offer, abort);
        }
        catch (Exception e)
        {
            LogInterrupted(e, relay.Name, offer.Id.ToString());
            RelayVerdict verdict = start.HasBegun ? RelayVerdict.Unknown : RelayVerdict.Transient;
            return RelayOutcome.Answered(new RelayReply(verdict, null, null, $"A fault in the mail system interrupted this attempt ({e.GetType().Name})."), offer.Recipients.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The relay '{Relay}' threw while it was offered message {MessageId}")]
    private partial void LogInterrupted(Exception e, string relay, string messageId);
}
