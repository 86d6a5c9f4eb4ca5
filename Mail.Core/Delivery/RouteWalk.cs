using System.Diagnostics;
using Mail.Core.Common;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.Relays;
using Mail.Core.Relays.Limits;
using Microsoft.Extensions.Logging;

namespace Mail.Core.Delivery;

/// <summary>What a recipient's walk along the relays came to: the last reply and who gave it.</summary>
internal readonly record struct WalkReply(string Relay, RelayReply Reply);

/// <summary>How a walk ended. Exactly one of the four holds for each delivery of the parcel.</summary>
/// <param name="Replies">By delivery; absent for those that no relay could be offered.</param>
/// <param name="Holds">Those without a reply for which a relay that can be used is full, and who wait for it; null for none.</param>
/// <param name="Fault">Why none of the relays could be used, and since which relay is asked first; for those without a reply and a hold.</param>
/// <param name="Withdrawn">Ended before the end of the list, because the lease was nearly over or the worker stops; those without a reply are given back.</param>
internal sealed record WalkResult(
    Dictionary<Delivery, WalkReply> Replies, Dictionary<Delivery, RelayHold>? Holds, (RelayRoute Route, RelayFault Fault)? Fault, bool Withdrawn);

/// <summary>
/// Step 5 of a message's way: offers a parcel to the relays that may carry it, one after the other, until every recipient has an answer that another
/// relay would not change. A relay that cannot be used, that is full, or that refuses for a reason of its own, is passed by, and each delivery notes it.
/// When nobody knows whether a relay took the message, the walk ends there: another relay would make a second copy.
/// </summary>
internal sealed partial class RouteWalk(RelayMonitor monitor, ILogger<RouteWalk> logger)
{
    /// <param name="offer">Makes the offer to a relay for those recipients that are still open. It may throw at the first call, before any relay had the message.</param>
    public async Task<WalkResult> RunAsync(
        Parcel parcel, IReadOnlyList<RelayRoute> routes, Func<List<Delivery>, ValueTask<RelayMessage>> offer, TransferStart start, CancellationToken abort)
    {
        Dictionary<Delivery, WalkReply> replies = [];
        Dictionary<Delivery, RelayHold>? holds = null;
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

            List<Delivery> offered = open;
            List<Delivery>? held = null;
            Admission? admission = null;
            RelayOutcome? outcome = null;
            long started = 0;
            try
            {
                if (route.Gate is { } gate && GateRequest.For(gate, parcel.Message, open) is { } request)
                {
                    admission = await gate.AdmitAsync(parcel.Message.Lane, request);
                    (offered, held) = Split(open, admission);
                    foreach (Delivery delivery in held ?? []) holds = Hold(delivery, admission.Holds[open.IndexOf(delivery)]!, holds);
                    if (offered.Count == 0) continue;
                }

                RelayMessage message = await offer(offered);
                started = Stopwatch.GetTimestamp();
                using Activity? span = MailTelemetry.Source.StartActivity("mail.relay", ActivityKind.Client);
                span?.SetTag("mail.relay", route.Relay.Name);
                outcome = await OfferAsync(route.Relay, message, start, abort);
                if (outcome.Kind is RelayOutcomeKind.Unavailable) span?.SetStatus(ActivityStatusCode.Error, "unavailable");
            }
            finally
            {
                route.Breaker.Leave();
                admission?.Settle(Used(outcome));
            }

            TimeSpan took = Stopwatch.GetElapsedTime(started);
            DeliveryMetrics.Sent(parcel.Message.Lane, route.Relay.Name, took);
            switch (outcome.Kind)
            {
                case RelayOutcomeKind.Unavailable:
                    monitor.Failed(route, outcome.Fault! with { Transcript = null }); // what others will wait for; what was said is this message's
                    firstFault ??= (route, outcome.Fault!);
                    Note(offered, route, outcome.Fault!.Reason, outcome.Fault.Transcript);
                    break;
                case RelayOutcomeKind.Withdrawn:
                    foreach (Delivery delivery in open) // refused by one before, and this one was not asked: that is not the last word
                        if (replies.GetValueOrDefault(delivery).Reply is { Verdict: RelayVerdict.Permanent }) replies.Remove(delivery);
                    return new WalkResult(replies, null, null, Withdrawn: true);
                default:
                    monitor.Answered(route, offered, outcome.Replies, took, hasOthers: routes.Count > 1);
                    open = Keep(route, offered, outcome.Replies, replies);
                    if (held is not null) open.AddRange(held);
                    break;
            }

            if (open.Count == 0) break;
        }

        // Refused for good by one relay for reasons of its own, while another could not be asked: it waits for that one.
        foreach (Delivery delivery in open)
        {
            if (!replies.TryGetValue(delivery, out WalkReply last)) continue;
            if (last.Reply.Verdict == RelayVerdict.Permanent && (firstFault is not null || holds?.ContainsKey(delivery) == true)) replies.Remove(delivery);
        }

        if (holds is not null)
            foreach (Delivery answered in replies.Keys) holds.Remove(answered); // one relay was full, and another one served it

        // A relay that is down may be back sooner than a quota.
        if (firstFault is not null && holds is not null)
            foreach (Delivery delivery in holds.Where(one => one.Value.Kind == HoldKind.Quota).Select(one => one.Key).ToList()) holds.Remove(delivery);

        return new WalkResult(replies, holds, firstFault, Withdrawn: false);
    }

    /// <summary>What counts against a quota: what the relay took, or may have taken.</summary>
    private static int Used(RelayOutcome? outcome) => outcome is null ? 0 : outcome.Replies.Count(reply => reply.Verdict is RelayVerdict.Accepted or RelayVerdict.Unknown);

    private static (List<Delivery> Offered, List<Delivery>? Held) Split(List<Delivery> open, Admission admission)
    {
        if (admission.Admitted == open.Count) return (open, null);
        List<Delivery> offered = new(admission.Admitted), held = new(open.Count - admission.Admitted);
        for (int i = 0; i < open.Count; i++) (admission.Holds[i] is null ? offered : held).Add(open[i]);
        return (offered, held);
    }

    /// <summary>
    /// Of several full relays it waits for the one that has room first. That a quota is used up is worth telling where another relay takes the message; that
    /// it was not its turn, or that a warm-up has its share, is not: so it was meant.
    /// </summary>
    private static Dictionary<Delivery, RelayHold> Hold(Delivery delivery, RelayHold hold, Dictionary<Delivery, RelayHold>? holds)
    {
        holds ??= [];
        if (hold.Cause == CauseCodes.QuotaUsed) delivery.NoteDetour(hold.Relay, hold.Reason);
        if (!holds.TryGetValue(delivery, out RelayHold? other) || hold.Wait < other.Wait) holds[delivery] = hold;
        return holds;
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
            delivery.NoteDetour(route.Relay.Name, reply.Text, reply.Transcript);
        }

        return open;
    }

    private static void Note(List<Delivery> open, RelayRoute route, string reason, string? transcript = null)
    {
        foreach (Delivery delivery in open) delivery.NoteDetour(route.Relay.Name, reason, transcript);
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
