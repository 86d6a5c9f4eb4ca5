using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Reservations;

/// <summary>The time for an answer is up, unless it came.</summary>
[BusMessage("reservations.answer-due")]
internal sealed record AnswerDue(ProjectId ProjectId, Guid Offer, Guid Reservation) : IProjectMessage;

/// <summary>It is the day before the trip.</summary>
/// <param name="Generation">Of the offer: of another one it is void.</param>
[BusMessage("reservations.reminder-due")]
internal sealed record ReminderDue(ProjectId ProjectId, Guid Offer, int Generation) : IProjectMessage;

/// <summary>The route service is to be asked.</summary>
[BusMessage("reservations.route-due")]
internal sealed record RouteDue(ProjectId ProjectId, Guid Offer) : IProjectMessage;

/// <summary>The trip is long over.</summary>
[BusMessage("reservations.trip-over")]
internal sealed record TripOver(ProjectId ProjectId, Guid Offer) : IProjectMessage;

/// <summary>
/// Sets the timers of a transition, in its transaction. Each has a key that no other has, and none is taken back: whoever waits for a timer's handler that waits for the offer would wait for ever.
/// A handler looks at the offer and does nothing when it is not as the timer thought.
/// </summary>
public sealed class TripTimers(BusOutbox outbox, IRoutePlanner planner, IOptions<ReservationPolicy> options)
{
    public async Task SetAsync(OfferChange change, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        Offer offer = change.After;
        if (change.Event is OfferEvent.OfferCreated || (change.Event is OfferEvent.OfferChanged && offer.Generation != change.Before.Generation))
        {
            if (offer.Reminded != offer.Generation)
                await outbox.ScheduleAsync(new ReminderDue(offer.ProjectId, offer.Id, offer.Generation), offer.ReminderAt(options.Value), $"offer/{offer.Id}/reminder/{offer.Generation}", SameKey.Leave, within, ct);
            await outbox.ScheduleAsync(new TripOver(offer.ProjectId, offer.Id), offer.DepartureAt + options.Value.KeepFor, $"offer/{offer.Id}/over/{offer.Generation}", SameKey.Leave, within, ct);
        }

        foreach (Reservation pending in offer.Reservations.Where(one => one.State is ReservationState.Pending && change.Before.Find(one.Id)?.ExpiresAt != one.ExpiresAt))
            await outbox.ScheduleAsync(new AnswerDue(offer.ProjectId, offer.Id, pending.Id), pending.ExpiresAt, $"reservation/{pending.Id}/answer/{offer.Generation}", SameKey.Leave, within, ct);

        bool isGuess = change.ChangesRoute && offer.Accepted.Count > 0 && !planner.Estimate(offer, offer.Accepted).IsFinal;
        bool isNews = change.Event is OfferEvent.Requested && !planner.Estimate(offer, [.. offer.Accepted, change.One]).IsFinal;
        if (isGuess || isNews) await outbox.PublishAsync(new RouteDue(offer.ProjectId, offer.Id), within, ct);
    }
}

/// <summary>What the timers do, in the worker.</summary>
internal static class TripTimerHandlers
{
    /// <summary>With the bus's pauses that is three quarters of a minute; then what can be said without the route service is said.</summary>
    private const int PatientAttempts = 3;

    public static async Task Handle(AnswerDue due, ReservationFlow flow, MailDbContext db, CancellationToken ct) =>
        Check(await flow.RunAsync(due.ProjectId, due.Offer, (offer, now) => offer.Expire(due.Reservation, now), null, Via.Timer, Connection(db), ct));

    public static async Task Handle(ReminderDue due, ReservationFlow flow, MailDbContext db, CancellationToken ct) =>
        Check(await flow.RunAsync(due.ProjectId, due.Offer, (offer, now) => offer.Remind(due.Generation, flow.Policy, now), null, Via.Timer, Connection(db), ct));

    public static async Task Handle(TripOver over, OfferStore offers, IOptions<ReservationPolicy> options, TimeProvider clock, MailDbContext db, CancellationToken ct) =>
        await offers.ForgetAsync(over.ProjectId, over.Offer, clock.GetUtcNow() - options.Value.KeepFor, Connection(db), ct);

    [BusHandler(HoldsTransaction = false)]
    public static async Task Handle(RouteDue due, OfferStore offers, IRoutePlanner planner, ReservationFlow flow, MailDbContext db, BusContext context, CancellationToken ct)
    {
        if (await offers.FindAsync(due.ProjectId, due.Offer, null, ct) is not { State: OfferState.Open } offer) return;
        if (offer.Accepted.Count > 0)
        {
            RoutePlan plan = await planner.PlanAsync(offer, offer.Accepted, ct);
            if (!plan.IsFinal && context.Attempt <= PatientAttempts) throw new RouteServiceAwayException(); // nobody is told of times that may be others in a minute
            await context.CompleteAsync(async ct => Check(await flow.RunAsync(due.ProjectId, due.Offer, (found, now) => found.Route(plan, offer.Generation, now), null, Via.Timer, Connection(db), ct)), ct);
        }

        // For those who ask: the answer is known by the time the driver says yes.
        foreach (Reservation pending in offer.Reservations.Where(one => one.State is ReservationState.Pending)) await planner.PlanAsync(offer, [.. offer.Accepted, pending], ct);
    }

    /// <summary>A refusal is no failure of the timer: it was answered, moved, cancelled. That no link can be made is one: it is tried again, and is a dead letter at last.</summary>
    private static void Check(Result<OfferChange> result)
    {
        if (result.Failure is { Kind: FailureKind.Unavailable } failure) throw new InvalidOperationException(failure.Detail);
    }

    private static NpgsqlConnection Connection(MailDbContext db) => (NpgsqlConnection)db.Database.GetDbConnection();
}

/// <summary>The route service does not answer just now: the bus asks again in a while.</summary>
internal sealed class RouteServiceAwayException() : Exception("The route service did not answer; it is asked again.");
