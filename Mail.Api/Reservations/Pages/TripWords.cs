using System.Globalization;
using Mail.Core.Reservations;

namespace Mail.Api.Reservations.Pages;

/// <summary>What a page of trips says, in English and French, as plain text.</summary>
internal sealed class TripWords(string language)
{
    private readonly bool _fr = language == "fr";
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language == "fr" ? "fr-FR" : "en-GB");

    public string Title => _fr ? "Vos trajets" : "Your trips";
    public string Driving => _fr ? "Vous conduisez" : "You drive";
    public string Riding => _fr ? "Vous êtes passager" : "You ride along";
    public string Nothing => _fr ? "Aucun trajet à venir." : "No trips ahead.";
    public string More => _fr ? "Seuls les cent trajets les plus récents sont affichés." : "Only the last hundred trips are shown.";
    public string Pending => _fr ? "À décider" : "To decide";
    public string Confirmed => _fr ? "Passagers confirmés" : "Confirmed passengers";
    public string NoPassengers => _fr ? "Aucun passager pour le moment." : "No passengers yet.";
    public string Accept => _fr ? "Accepter" : "Accept";
    public string Refuse => _fr ? "Refuser" : "Refuse";
    public string Remove => _fr ? "Retirer" : "Withdraw the seat";
    public string CancelSeat => _fr ? "Annuler ma réservation" : "Cancel my reservation";
    public string CancelOffer => _fr ? "Annuler tout le trajet" : "Cancel the whole trip";
    public string Note => _fr ? "Quelques mots (facultatif)" : "Some words (optional)";
    public string Cancelled => _fr ? "Ce trajet est annulé." : "This trip is cancelled.";
    public string Details => _fr ? "Ce trajet seul" : "This trip alone";
    public string All => _fr ? "Tous vos trajets" : "All your trips";
    public string End => _fr ? "Désactiver mes liens" : "End my links";
    public string EndHint => _fr ? "Si quelqu’un d’autre a lu ce lien : tous les liens vers cette page cessent de fonctionner." : "If somebody else has read this link: all links to this page stop working.";
    public string Test => _fr ? "Ceci est une page de test." : "This is a page of a test.";

    public (string Title, string Text) Forged => _fr
        ? ("Ce lien ne fonctionne pas", "Il est incomplet, ou trop ancien. Demandez-en un nouveau là où vous avez proposé ou réservé votre trajet.")
        : ("This link does not work", "It is incomplete, or too old. Ask for a new one where you offered or booked your trip.");

    public (string Title, string Text) Expired(DateTimeOffset at) => _fr
        ? ("Ce lien a expiré", $"Il était valable jusqu’au {Moment(at)}. Demandez-en un nouveau là où vous avez proposé ou réservé votre trajet.")
        : ("This link has expired", $"It worked until {Moment(at)}. Ask for a new one where you offered or booked your trip.");

    public (string Title, string Text) Revoked => _fr
        ? ("Ce lien a été désactivé", "Demandez-en un nouveau là où vous avez proposé ou réservé votre trajet.")
        : ("This link was taken back", "Ask for a new one where you offered or booked your trip.");

    public (string Title, string Text) Unknown => _fr
        ? ("Cela n’a pas été possible", "Ce trajet ou cette réservation n’est pas le vôtre, ou n’existe plus. Rien n’a été changé.")
        : ("That could not be done", "This trip or reservation is not yours, or is no longer there. Nothing was changed.");

    public string Until(DateTimeOffset at) => _fr ? $"Ce lien est valable jusqu’au {Moment(at)}." : $"This link works until {Moment(at)}.";

    public string AnswerUntil(DateTimeOffset at, Offer offer) => _fr ? $"Répondez avant le {When(at, offer)}" : $"Answer before {When(at, offer)}";

    public string Seats(int seats) => _fr ? (seats < 2 ? $"{seats} place" : $"{seats} places") : seats == 1 ? "1 seat" : $"{seats} seats";

    public string Free(Offer offer) => _fr ? $"{Seats(offer.SeatsLeft)} libre{(offer.SeatsLeft < 2 ? "" : "s")} sur {offer.Seats}" : $"{offer.SeatsLeft} of {Seats(offer.Seats)} free";

    public string Driver(Traveller driver) => _fr ? $"Conduite\u00A0: {driver.Name}" : $"Driver: {driver.Name}";

    /// <summary>By the clock where the trip begins.</summary>
    public string When(DateTimeOffset at, Offer offer) => TimeZoneInfo.ConvertTime(at, offer.Departure.Zone).ToString(_fr ? "dddd d MMMM yyyy 'à' HH:mm" : "dddd, d MMMM yyyy, HH:mm", _culture);

    public string Time(DateTimeOffset at, Offer offer) => TimeZoneInfo.ConvertTime(at, offer.Departure.Zone).ToString("HH:mm", _culture);

    public string State(ReservationState state) => state switch
    {
        ReservationState.Pending => _fr ? "En attente d’une réponse" : "Waiting for an answer",
        ReservationState.Accepted => _fr ? "Confirmée" : "Confirmed",
        ReservationState.Refused => _fr ? "Refusée" : "Refused",
        ReservationState.Cancelled => _fr ? "Annulée par vous" : "Cancelled by you",
        ReservationState.Removed => _fr ? "Retirée par la personne qui conduit" : "Withdrawn by the driver",
        ReservationState.Expired => _fr ? "Expirée sans réponse" : "Expired without an answer",
        _ => _fr ? "Trajet annulé" : "Trip cancelled",
    };

    /// <returns>What was done, by the name in the page's address; null for a name that is none.</returns>
    public string? Done(string? act) => act switch
    {
        "accept" => _fr ? "C’est accepté. Nous avons prévenu la personne." : "Accepted. We have told them.",
        "refuse" => _fr ? "C’est refusé. Nous avons prévenu la personne." : "Refused. We have told them.",
        "remove" => _fr ? "La place est retirée. Nous avons prévenu la personne." : "The seat is withdrawn. We have told them.",
        "cancel" => _fr ? "Votre réservation est annulée. Nous avons prévenu la personne qui conduit." : "Your reservation is cancelled. We have told the driver.",
        "cancel_offer" => _fr ? "Le trajet est annulé. Nous avons prévenu tous les passagers." : "The trip is cancelled. We have told all passengers.",
        _ => null,
    };

    private string Moment(DateTimeOffset at) => at.UtcDateTime.ToString(_fr ? "d MMMM yyyy 'à' HH:mm 'UTC'" : "d MMMM yyyy 'at' HH:mm 'UTC'", _culture);
}
