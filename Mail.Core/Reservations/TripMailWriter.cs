using System.Globalization;
using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Reservations.Pages;
using Mail.Core.Reservations.Routes;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Reservations;

/// <summary>Writes the mails of a transition, with their links, in its transaction.</summary>
public sealed class TripMailWriter(ActionLinkStore links, TripLinks pages, TripCalendar calendar, IOptions<ReservationPolicy> policy)
{
    /// <summary>What of a mail lets its reader act: stored encrypted.</summary>
    private static readonly string[] _secrets = ["accept_url", "refuse_url", "cancel_url", "dashboard_url"];

    private static readonly HashSet<string> _withDashboard = ["itinerary-updated", "reservation-cancelled", "request-expired-driver", "reminder-driver"];
    private static readonly HashSet<string> _withCancel = ["reservation-request-sent", "reservation-confirmed", "reminder-passenger", "route-updated"];

    /// <param name="note">Words of the one who acted.</param>
    /// <returns>In the order of the mails; a failure when no link can be made.</returns>
    public async Task<Result<IReadOnlyList<FlowMessage>>> WriteAsync(OfferChange change, IReadOnlyList<TripMail> mails, string? note, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(mails);
        List<FlowMessage> written = new(mails.Count);
        foreach (TripMail mail in mails)
        {
            Dictionary<string, JsonElement> variables = Variables(change.After, mail, change.Event is OfferEvent.Requested ? mail.Reservation?.Message : note);
            if (await AddLinksAsync(variables, change.After, mail, now, within, ct) is { } failure) return failure;
            Traveller to = mail.RecipientIn(change.After);
            written.Add(new FlowMessage(change.After.ProjectId, change.After.IsTest, to.Email, mail.Template, variables, to.Locale)
            {
                ToName = to.Name, SecretVariables = _secrets, Calendar = mail.ToDriver ? null : calendar.ForPassenger(change, mail.Reservation!),
                Tags = [new TagRequest("flow", "reservations"), new TagRequest("offer", change.After.Id.ToString())],
            });
        }

        return written;
    }

    private async Task<Failure?> AddLinksAsync(Dictionary<string, JsonElement> variables, Offer offer, TripMail mail, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        if (mail.Template is "reservation-requested")
        {
            // One decision: using one of the two settles the other.
            string group = $"reservation/{mail.Reservation!.Id}";
            Result<string> accept = await LinkAsync(ReservationAct.Accept, offer, mail.Reservation, offer.Driver, group, now, within, ct), refuse = await LinkAsync(ReservationAct.Refuse, offer, mail.Reservation, offer.Driver, group, now, within, ct);
            if ((accept.Failure ?? refuse.Failure) is { } failure) return failure;
            (variables["accept_url"], variables["refuse_url"]) = (PlatformMail.Text(accept.Value), PlatformMail.Text(refuse.Value));
        }

        if (_withCancel.Contains(mail.Template))
        {
            // Each mail has one of its own; the passenger cancels once.
            Result<string> cancel = await LinkAsync(ReservationAct.Cancel, offer, mail.Reservation!, mail.Reservation!.Passenger, $"reservation/{mail.Reservation.Id}/cancel", now, within, ct);
            if (!cancel.IsSuccess) return cancel.Failure;
            variables["cancel_url"] = PlatformMail.Text(cancel.Value);
        }

        if (_withDashboard.Contains(mail.Template))
        {
            Result<string> dashboard = await pages.DashboardUrlAsync(offer, now, within, ct);
            if (!dashboard.IsSuccess) return dashboard.Failure;
            variables["dashboard_url"] = PlatformMail.Text(dashboard.Value);
        }

        return null;
    }

    private async Task<Result<string>> LinkAsync(ReservationAct act, Offer offer, Reservation reservation, Traveller reader, string group, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        TimeSpan left = offer.DepartureAt - now, lifetime = left < policy.Value.LinkLifetime ? left : policy.Value.LinkLifetime;
        Result<CreatedActionLink> link = await links.CreateAsync(
            new NewActionLink(offer.ProjectId, ReservationPurpose.NameOf(act), reservation.Id.ToString())
            {
                IsOwn = true, IsTest = offer.IsTest, Group = group, Locale = reader.Locale, Lifetime = lifetime < NewActionLink.ShortestLifetime ? NewActionLink.ShortestLifetime : lifetime,
            }, within, ct);
        return link.IsSuccess ? link.Value.Url : link.Failure;
    }

    private static Dictionary<string, JsonElement> Variables(Offer offer, TripMail mail, string? note)
    {
        Traveller to = mail.RecipientIn(offer);
        Dictionary<string, JsonElement> variables = new()
        {
            ["from_place"] = Text(offer.From.Label), ["to_place"] = Text(offer.To.Label), ["departure_at"] = PlatformMail.Time(offer.DepartureAt), ["time_zone"] = Text(offer.Departure.Zone.Id),
            ["driver_name"] = Text(offer.Driver.Name), ["name"] = Text(to.Name), ["currency"] = Text(offer.Currency), ["seats_left"] = PlatformMail.Number(offer.SeatsLeft),
            ["passengers"] = JsonSerializer.SerializeToElement(offer.Accepted.Select(PassengerOf).ToArray(), ReservationJson.Default.PassengerVariableArray),
        };
        if (!string.IsNullOrWhiteSpace(note)) variables["message"] = Text(note);
        if (mail.Reservation is not { } reservation) return variables;
        bool isRiding = reservation.State is ReservationState.Accepted;
        variables["passenger_name"] = Text(reservation.Passenger.Name);
        variables["seats"] = PlatformMail.Number(reservation.Seats);
        variables["pickup_place"] = Text(reservation.Pickup.Label);
        variables["expires_at"] = PlatformMail.Time(reservation.ExpiresAt);
        if (offer.Price is { } price) variables["price"] = JsonElement.Parse((price * reservation.Seats).ToString(CultureInfo.InvariantCulture));
        if (isRiding && offer.Driver.Phone is { } phone) variables["driver_phone"] = Text(phone);
        if (reservation.PickupAt is { } at) (variables["pickup_at"], variables["new_pickup_at"]) = (PlatformMail.Time(at), PlatformMail.Time(at));
        if (mail.OldPickupAt is { } old) variables["old_pickup_at"] = PlatformMail.Time(old);
        return variables;
    }

    private static PassengerVariable PassengerOf(Reservation one) => new(one.Passenger.Name, one.Seats, one.Pickup.Label, one.PickupAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), one.Passenger.Phone);

    private static JsonElement Text(string text) => PlatformMail.Text(text);
}

/// <summary>An entry of the variable `passengers`.</summary>
internal sealed record PassengerVariable(string Name, int Seats, string PickupPlace, string? PickupAt, string? Phone);
