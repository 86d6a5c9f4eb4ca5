using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Messaging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Reservations;

/// <summary>What somebody does with one reservation.</summary>
public enum ReservationAct
{
    Accept,
    Refuse,
    Cancel,
    Remove,
}

/// <summary>
/// Runs the transitions: each in one transaction with its history, mails, links, timers and webhooks. The offer's row is locked first, always, and no timer is replaced or cancelled: those of
/// another generation or state do nothing. So nobody who holds an offer waits for somebody who waits for it.
/// </summary>
public sealed class ReservationFlow(
    NpgsqlDataSource dataSource, OfferStore offers, IRoutePlanner planner, TripMailWriter writer, FlowMail mail, TripHistory history, TripEvents events, TripTimers timers, BusOutbox outbox,
    IOptions<ReservationPolicy> options, TimeProvider clock)
{
    public ReservationPolicy Policy => options.Value;

    /// <summary>A new offer.</summary>
    public async Task<Result<Offer>> CreateAsync(Offer offer, Via via, IdempotencyRecord? key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(offer);
        DateTimeOffset now = clock.GetUtcNow();
        if (offer.DepartureAt <= now) return Failure.Field("departure_at", "must be ahead.");
        if (offer.DepartureAt > now + Policy.FarthestDeparture) return Failure.Field("departure_at", $"must be at most {Policy.FarthestDeparture.TotalDays:0} days ahead.");
        offer = offer.WithReminderAhead(Policy, now);
        Result<(DoneAnswer Done, OfferChange? Change)> result = await InTransactionAsync(offer.ProjectId, offer.IsTest, key, async connection =>
        {
            await offers.AddAsync(offer, connection, ct);
            return await TellAsync(new OfferChange(OfferEvent.OfferCreated, offer, offer), null, via, now, connection, ct);
        }, ct);
        return result.IsSuccess ? await FoundAsync(offer.ProjectId, result.Value.Done.Offer, ct) : result.Failure;
    }

    /// <summary>Somebody asks for seats.</summary>
    /// <returns>The offer with the request in it.</returns>
    public Task<Result<(Offer Offer, Reservation Reservation)>> RequestAsync(ProjectId project, bool isTest, Guid offer, Reservation wish, Via via, IdempotencyRecord? key, CancellationToken ct) =>
        OneAsync(project, isTest, offer, (found, now) => found.Request(wish, Policy, now), null, via, key, ct);

    /// <param name="note">Words for the other side.</param>
    /// <param name="offer">Where the reservation stands, when the caller knows it.</param>
    public async Task<Result<(Offer Offer, Reservation Reservation)>> ActAsync(ProjectId project, bool isTest, Guid reservation, ReservationAct act, string? note, Via via, IdempotencyRecord? key, CancellationToken ct, Guid? offer = null)
    {
        if ((offer ?? await offers.OfferOfAsync(project, reservation, null, ct)) is not { } id) return Failure.NotFound("Reservation");
        if (act is ReservationAct.Accept && await offers.FindAsync(project, id, null, ct) is { } before && before.IsTest == isTest) await LookAheadAsync(before, reservation, ct);
        return await OneAsync(project, isTest, id, (found, now) => Step(found, reservation, act, now), note, via, key, ct);
    }

    public async Task<Result<Offer>> ChangeAsync(ProjectId project, bool isTest, Guid offer, OfferWish wish, Via via, IdempotencyRecord? key, CancellationToken ct) =>
        await WholeAsync(project, isTest, offer, (found, now) => found.Change(wish, Policy, now, Plan), null, via, key, ct);

    public async Task<Result<Offer>> CancelOfferAsync(ProjectId project, bool isTest, Guid offer, string? note, Via via, IdempotencyRecord? key, CancellationToken ct) =>
        await WholeAsync(project, isTest, offer, (found, now) => found.CancelOffer(now), note, via, key, ct);

    /// <summary>A transition in a transaction of the caller's, who commits it and calls <see cref="Wake"/> then.</summary>
    /// <param name="step">What is to happen to the offer as it is now.</param>
    public async Task<Result<OfferChange>> RunAsync(ProjectId project, Guid offer, Func<Offer, DateTimeOffset, Result<OfferChange>> step, string? note, Via via, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (await offers.LockAsync(project, offer, within, ct) is not { } found) return Failure.NotFound("Offer");
        DateTimeOffset now = clock.GetUtcNow(); // after the lock: what waited for it may have come too late
        Result<OfferChange> change = step(found, now);
        if (!change.IsSuccess) return change;
        OfferChange told = change.Value.Told(Policy);
        return await TellAsync(told with { After = await offers.SaveAsync(told, now, within, ct) }, note, via, now, within, ct);
    }

    /// <summary>A transition in a transaction of its own, that is no request of an app.</summary>
    public async Task<Result<OfferChange>> RunAsync(ProjectId project, Guid offer, Func<Offer, DateTimeOffset, Result<OfferChange>> step, Via via, CancellationToken ct)
    {
        Result<(DoneAnswer Done, OfferChange? Change)> result = await InTransactionAsync(project, isTest: false, null, connection => RunAsync(project, offer, step, null, via, connection, ct), ct);
        return result.IsSuccess ? result.Value.Change! : result.Failure;
    }

    /// <summary>After a commit: workers look at once.</summary>
    public void Wake()
    {
        mail.Wake();
        outbox.Wake();
    }

    /// <summary>What an act does to an offer.</summary>
    public Result<OfferChange> Step(Offer offer, Guid reservation, ReservationAct act, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return act switch
        {
            ReservationAct.Accept => offer.Accept(reservation, now, Plan),
            ReservationAct.Refuse => offer.Refuse(reservation, now),
            ReservationAct.Cancel => offer.Cancel(reservation, now, Plan),
            ReservationAct.Remove => offer.Remove(reservation, now, Plan),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };
    }

    /// <summary>
    /// Asks the route service for the way that takes this passenger along, so that the transaction which accepts them knows the answer and the confirmation says the true time. To be called before
    /// it: no transaction may be open. Where the service is away, the first time told is a guess.
    /// </summary>
    public async Task LookAheadAsync(Offer offer, Guid reservation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (offer.Find(reservation) is { State: ReservationState.Pending } pending) await planner.PlanAsync(offer, [.. offer.Accepted, pending], ct);
    }

    private RoutePlan Plan(Offer offer) => planner.Estimate(offer, offer.Accepted);

    /// <summary>All that a transition says: mails with links, timers, history, webhooks.</summary>
    private async Task<Result<OfferChange>> TellAsync(OfferChange change, string? note, Via via, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        IReadOnlyList<TripMail> mails = TripMails.Of(change, Policy);
        Result<IReadOnlyList<FlowMessage>> written = await writer.WriteAsync(change, mails, note, now, within, ct);
        if (!written.IsSuccess) return written.Failure;
        IReadOnlyList<Result<MessageId>> stored = await mail.StoreAsync(within, written.Value, ct);
        HistoryMail[] told = [.. mails.Zip(stored, (one, result) => new HistoryMail(one.Template, one.ToDriver ? "driver" : "passenger", one.Reservation?.Id, result.IsSuccess ? result.Value.ToString() : null, result.Failure?.Code))];
        await history.AddAsync(change, via, told, now, within, ct);
        await timers.SetAsync(change, within, ct);
        await events.PublishAsync(change, via, now, within, ct);
        return change;
    }

    private async Task<Result<(Offer, Reservation)>> OneAsync(
        ProjectId project, bool isTest, Guid offer, Func<Offer, DateTimeOffset, Result<OfferChange>> step, string? note, Via via, IdempotencyRecord? key, CancellationToken ct)
    {
        Result<(DoneAnswer Done, OfferChange? Change)> result = await RunAloneAsync(project, isTest, offer, step, note, via, key, ct);
        if (!result.IsSuccess) return result.Failure;
        if (result.Value.Change is { } change) return (change.After, change.After.Find(change.One.Id)!);
        Result<Offer> found = await FoundAsync(project, result.Value.Done.Offer, ct);
        return found.IsSuccess && found.Value.Find(result.Value.Done.Reservation ?? default) is { } reservation ? (found.Value, reservation) : Failure.NotFound("Reservation");
    }

    private async Task<Result<Offer>> WholeAsync(ProjectId project, bool isTest, Guid offer, Func<Offer, DateTimeOffset, Result<OfferChange>> step, string? note, Via via, IdempotencyRecord? key, CancellationToken ct)
    {
        Result<(DoneAnswer Done, OfferChange? Change)> result = await RunAloneAsync(project, isTest, offer, step, note, via, key, ct);
        if (!result.IsSuccess) return result.Failure;
        return result.Value.Change is { } change ? change.After : await FoundAsync(project, result.Value.Done.Offer, ct);
    }

    private Task<Result<(DoneAnswer, OfferChange?)>> RunAloneAsync(
        ProjectId project, bool isTest, Guid offer, Func<Offer, DateTimeOffset, Result<OfferChange>> step, string? note, Via via, IdempotencyRecord? key, CancellationToken ct) =>
        InTransactionAsync(project, isTest, key, connection => RunAsync(project, offer, (found, now) => found.IsTest == isTest ? step(found, now) : Failure.NotFound("Offer"), note, via, connection, ct), ct);

    private async Task<Result<(DoneAnswer, OfferChange?)>> InTransactionAsync(ProjectId project, bool isTest, IdempotencyRecord? key, Func<NpgsqlConnection, Task<Result<OfferChange>>> work, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (key is not null && await DoneBefore.TakeAsync(connection, project, isTest, key, clock.GetUtcNow(), ct) is { } before)
            return before.IsSuccess ? (before.Value, null) : before.Failure;
        Result<OfferChange> change = await work(connection);
        if (!change.IsSuccess) return change.Failure; // rolled back, with the key
        DoneAnswer done = new(change.Value.After.Id, change.Value.About is [{ } one] ? one.Id : null);
        if (key is not null) await DoneBefore.WriteAsync(connection, project, isTest, key, done, ct);
        await transaction.CommitAsync(CancellationToken.None); // cancelled half-way nobody would know what came of it
        Wake();
        return (done, change.Value);
    }

    private async Task<Result<Offer>> FoundAsync(ProjectId project, Guid offer, CancellationToken ct) => await offers.FindAsync(project, offer, null, ct) is { } found ? found : Failure.NotFound("Offer");
}
