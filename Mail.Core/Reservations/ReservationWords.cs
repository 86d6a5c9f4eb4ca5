using System.Globalization;
using Mail.Core.ActionLinks;
using Mail.Core.Common;

namespace Mail.Core.Reservations;

/// <summary>What the pages behind the links say, in English and French, as plain text.</summary>
public static class ReservationWords
{
    /// <summary>Before it is done.</summary>
    public static ActionWords Ask(ReservationAct act, Offer offer, Reservation one, string language)
    {
        bool fr = language == "fr";
        string trip = Trip(offer, fr), seats = Seats(one.Seats, fr), who = one.Passenger.Name;
        return act switch
        {
            ReservationAct.Accept => Words(act, fr ? $"Accepter {who}\u00A0?" : $"Accept {who}?", $"{trip}\n{seats}, {one.Pickup.Label}", fr ? "Accepter" : "Accept"),
            ReservationAct.Refuse => Words(act, fr ? $"Refuser {who}\u00A0?" : $"Refuse {who}?", $"{trip}\n{seats}, {one.Pickup.Label}", fr ? "Refuser" : "Refuse"),
            ReservationAct.Cancel => Words(act, fr ? "Annuler votre réservation\u00A0?" : "Cancel your reservation?", $"{trip}\n{seats}\n{(fr ? $"Nous préviendrons {offer.Driver.Name}." : $"{offer.Driver.Name} will be told.")}", fr ? "Annuler ma réservation" : "Cancel my reservation"),
            _ => Words(act, fr ? $"Retirer {who} du trajet\u00A0?" : $"Withdraw the seat of {who}?", $"{trip}\n{seats}", fr ? "Retirer" : "Withdraw"),
        };
    }

    /// <summary>Why there is nothing to decide: a page without buttons.</summary>
    public static ActionWords Over(Failure failure, string language)
    {
        (string title, string text) = Reason(failure, language == "fr");
        return new ActionWords(title, text, []);
    }

    public static ActionAnswer Failed(Failure failure, string language)
    {
        (string title, string text) = Reason(failure, language == "fr");
        return new ActionAnswer(false, title, text);
    }

    /// <summary>After it was done.</summary>
    public static ActionAnswer Done(ReservationAct act, Offer offer, Reservation one, string language)
    {
        bool fr = language == "fr";
        string who = one.Passenger.Name;
        (string title, string text) = act switch
        {
            ReservationAct.Accept => fr ? ("C’est accepté", $"{who} voyage avec vous. Nous lui avons écrit, et nous vous avons envoyé l’itinéraire.") : ("Accepted", $"{who} rides along. We have written to them, and sent you the itinerary."),
            ReservationAct.Refuse => fr ? ("C’est refusé", $"Nous avons prévenu {who}.") : ("Refused", $"We have told {who}."),
            ReservationAct.Cancel => fr ? ("Votre réservation est annulée", $"Nous avons prévenu {offer.Driver.Name}.") : ("Your reservation is cancelled", $"We have told {offer.Driver.Name}."),
            _ => fr ? ("La place est retirée", $"Nous avons prévenu {who}.") : ("The seat is withdrawn", $"We have told {who}."),
        };
        return new ActionAnswer(true, title, text);
    }

    /// <summary>Why it cannot be done.</summary>
    public static (string Title, string Text) Reason(Failure failure, string language)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Reason(failure, language == "fr");
    }

    private static (string Title, string Text) Reason(Failure failure, bool fr) => failure.Code switch
    {
        "expired" => fr ? ("Cette demande a expiré", "Il n’y a pas eu de réponse à temps. Rien n’a été changé.") : ("This request has expired", "There was no answer in time. Nothing was changed."),
        "already_accepted" => fr ? ("Cette demande est déjà acceptée", "Rien n’a été changé.") : ("This request is accepted already", "Nothing was changed."),
        "already_refused" => fr ? ("Cette demande est déjà refusée", "Rien n’a été changé.") : ("This request is refused already", "Nothing was changed."),
        "already_cancelled" => fr ? ("Cette réservation est annulée", "La personne ne vient plus. Rien n’a été changé.") : ("This reservation is cancelled", "The passenger does not come. Nothing was changed."),
        "already_removed" => fr ? ("Cette place a été retirée", "Rien n’a été changé.") : ("This seat was withdrawn", "Nothing was changed."),
        "offer_cancelled" => fr ? ("Ce trajet est annulé", "Il n’a pas lieu. Rien n’a été changé.") : ("This trip is cancelled", "It does not take place. Nothing was changed."),
        "departed" => fr ? ("Ce trajet a déjà commencé", "Rien n’a été changé.") : ("This trip has begun already", "Nothing was changed."),
        "no_seats" => fr ? ("Il n’y a plus assez de places", "D’autres ont été plus rapides. Rien n’a été changé.") : ("There are not enough seats left", "Others were faster. Nothing was changed."),
        _ => fr ? ("Il n’y a plus rien à décider", "Rien n’a été changé.") : ("There is nothing left to decide", "Nothing was changed."),
    };

    private static ActionWords Words(ReservationAct act, string title, string text, string button) => new(title, text, [new ActionChoice(StateNames.Of(act), button)]);

    private static string Seats(int seats, bool fr) => fr ? (seats < 2 ? $"{seats} place" : $"{seats} places") : seats == 1 ? "1 seat" : $"{seats} seats";

    private static string Trip(Offer offer, bool fr)
    {
        string when = offer.Departure.Local.ToString(fr ? "dddd d MMMM yyyy 'à' HH:mm" : "dddd, d MMMM yyyy, HH:mm", CultureInfo.GetCultureInfo(fr ? "fr" : "en"));
        return $"{offer.From.Label} → {offer.To.Label}\n{when}";
    }
}
