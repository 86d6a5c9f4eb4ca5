using System.Globalization;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Protocol.Calendar;
using Mail.Protocol.Mime;
using Microsoft.Extensions.Options;

namespace Mail.Core.Reservations.Routes;

/// <summary>
/// The trip in a passenger's calendar: from when they get in to the arrival. One UID for each reservation; what happens to it later brings the same entry with a higher SEQUENCE, or takes it
/// away. It comes from the address that the mails come from, not from the driver's: answers of calendars are nothing that a driver should have to read.
/// </summary>
public sealed class TripCalendar(IOptions<MessageOptions> mail, PublicUrl home, TimeProvider clock)
{
    private static readonly TimeSpan _unknown = TimeSpan.FromHours(1);

    /// <summary>What the mail about this change brings to the passenger's calendar. Each reservation has one UID; <see cref="Reservation.Revision"/> is its SEQUENCE.</summary>
    /// <param name="reservation">As it is after the change.</param>
    /// <returns>Null when it brings nothing.</returns>
    public CalendarMessage? ForPassenger(OfferChange change, Reservation reservation)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(reservation);
        Reservation? before = change.Before.Find(reservation.Id);
        bool was = before?.State is ReservationState.Accepted, isNow = reservation.State is ReservationState.Accepted;
        if (!was && !isNow) return null;
        if (was && isNow && (before!.ToldPickupAt ?? before.PickupAt) == reservation.PickupAt && change.Before.Departure == change.After.Departure) return null; // a reminder, say: the calendar knows it all
        if (!EmailAddress.TryParse(mail.Value.DefaultFrom, out EmailAddress? organizer, out _) || !EmailAddress.TryParse(reservation.Passenger.Email, out EmailAddress? passenger, out _)) return null;
        CalendarEvent entry = EntryOf(change.After, isNow ? reservation : reservation with { PickupAt = reservation.PickupAt ?? before!.PickupAt }, organizer);
        entry.Attendees.Add(new CalendarAttendee(passenger.WithDisplayName(Clean(reservation.Passenger.Name))) { Status = AttendeeStatus.Accepted, WantsReply = false });
        return isNow ? CalendarMessage.Request(entry) : CalendarMessage.Cancel(entry);
    }

    private CalendarEvent EntryOf(Offer offer, Reservation reservation, EmailAddress organizer)
    {
        DateTimeOffset start = reservation.PickupAt ?? offer.DepartureAt, arrival = offer.Duration is { } way ? offer.DepartureAt + way : start + _unknown;
        return new CalendarEvent
        {
            Uid = $"reservation-{reservation.Id}@{home.Value?.IdnHost ?? organizer.AsciiDomain}",
            Sequence = reservation.Revision,
            Stamp = clock.GetUtcNow(),
            Start = CalendarTime.At(start), // a moment: a zone's own time would be read wrongly in the hour that comes twice
            End = CalendarTime.At(arrival > start ? arrival : start + _unknown),
            Summary = Clean($"{offer.From.Label} → {offer.To.Label}"),
            Description = DescriptionOf(offer, reservation),
            Location = Clean(reservation.Pickup.Label),
            Organizer = organizer,
        };
    }

    private static string DescriptionOf(Offer offer, Reservation reservation)
    {
        bool french = reservation.Passenger.Locale?.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ?? false;
        StringBuilder text = new();
        text.Append(french ? "Conduite\u00A0: " : "Driver: ").Append(Clean(offer.Driver.Name));
        if (offer.Driver.Phone is { } phone) text.Append(", ").Append(Clean(phone));
        text.Append('\n').Append(french ? "Places\u00A0: " : "Seats: ").Append(reservation.Seats.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    /// <summary>What people have typed, without what no calendar can hold.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString())).Trim();
}
