using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Reservations;

/// <summary>A link in a mail that does one thing with one reservation. Its subject is the reservation's id.</summary>
public sealed class ReservationPurpose(ReservationAct act, ReservationFlow flow, OfferStore offers, TimeProvider clock) : IActionPurpose
{
    public string Name => NameOf(act);

    public static string NameOf(ReservationAct act) => $"reservation.{StateNames.Of(act)}";

    public async ValueTask<ActionWords?> WordsAsync(ActionLink link, string language, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (await OfferAsync(link, null, ct) is not ({ } offer, { } reservation)) return null; // forgotten
        if (act is ReservationAct.Accept) await flow.LookAheadAsync(offer, reservation.Id, ct); // the page comes before the button; what was answered once is known when it is pressed
        Result<OfferChange> possible = flow.Step(offer, reservation.Id, act, clock.GetUtcNow());
        return possible.IsSuccess || IsPassing(possible.Failure)
            ? ReservationWords.Ask(act, offer, reservation, language)
            : ReservationWords.Over(possible.Failure, language);
    }

    public async Task<ActionAnswer> ActAsync(ActionUse use, NpgsqlTransaction transaction, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(transaction);
        NpgsqlConnection connection = transaction.Connection!;
        if (await OfferAsync(use.Link, connection, ct) is not ({ } offer, { } reservation)) return new ActionAnswer(false);
        Via via = new(Means.Link, act is ReservationAct.Cancel ? "passenger" : "driver", use.Visitor.Ip);
        Result<OfferChange> done = await flow.RunAsync(use.Link.ProjectId, offer.Id, (found, now) => flow.Step(found, reservation.Id, act, now), null, via, connection, ct);
        return done.IsSuccess ? ReservationWords.Done(act, done.Value.After, reservation, use.Language) : ReservationWords.Failed(done.Failure, use.Language);
    }

    /// <summary>Seats are given back now and then: the link goes on working.</summary>
    private static bool IsPassing(Failure failure) => failure.Code is "no_seats";

    private async Task<(Offer?, Reservation?)> OfferAsync(ActionLink link, NpgsqlConnection? within, CancellationToken ct)
    {
        if (!Guid.TryParse(link.Subject, out Guid id) || await offers.OfferOfAsync(link.ProjectId, id, within, ct) is not { } offer) return (null, null);
        Offer? found = await offers.FindAsync(link.ProjectId, offer, within, ct);
        return (found, found?.Find(id));
    }
}
