using System.Text;
using Mail.Api.Http;
using Mail.Core.Reservations;

namespace Mail.Api.Reservations.Pages;

/// <summary>Trips as HTML. Everything that people have typed is encoded.</summary>
/// <param name="canAct">Whether there are buttons: a reader with an API key has no page to post to.</param>
/// <param name="isList">Whether there are several, under headings of their own.</param>
internal sealed class TripHtml(TripWords words, DateTimeOffset now, bool canAct, bool isList = false)
{
    private const int LongestNote = 500;

    private readonly StringBuilder _html = new();
    private readonly string _title = isList ? "h3" : "h2", _part = isList ? "h4" : "h3";

    public override string ToString() => _html.ToString();

    public TripHtml Heading(string text) => Add($"<h2>{Text(text)}</h2>");

    public TripHtml Paragraph(string text) => Add($"<p>{Text(text)}</p>");

    /// <param name="href">To the page of this offer alone; null where one is on it.</param>
    public TripHtml Driven(Offer offer, string? href)
    {
        Add($"<section aria-label=\"{Text(Route(offer))}\"><{_title}>{Text(Route(offer))}</{_title}><p>{Text(words.When(offer.DepartureAt, offer))}\n{Text(words.Free(offer))}</p>");
        if (offer.State is OfferState.Cancelled)
        {
            return Add($"<p><strong>{Text(words.Cancelled)}</strong></p></section>");
        }

        bool isAhead = offer.DepartureAt > now;
        Reservation[] pending = [.. offer.Reservations.Where(one => one.State is ReservationState.Pending && !one.IsOverdue(now))];
        if (pending.Length > 0)
        {
            Add($"<{_part}>{Text(words.Pending)}</{_part}><ul>");
            foreach (Reservation one in pending)
            {
                Add("<li>").Person(one, Text($"{words.Seats(one.Seats)}\n{one.Pickup.Label}{(one.Message is null ? "" : $"\n{one.Message}")}\n{words.AnswerUntil(one.ExpiresAt, offer)}"));
                if (canAct) Add($"<div class=\"row\">{Button(words.Accept, one.Passenger.Name, "accept", one.Id)}{Button(words.Refuse, one.Passenger.Name, "refuse", one.Id, isSecond: true)}</div>");
                Add("</li>");
            }

            Add("</ul>");
        }

        Add($"<{_part}>{Text(words.Confirmed)}</{_part}>");
        if (offer.Accepted.Count == 0) Paragraph(words.NoPassengers);
        else Add("<ul>");
        foreach (Reservation one in offer.Accepted)
        {
            string time = one.PickupAt is { } at ? $"{words.Time(at, offer)} " : "", phone = one.Passenger.Phone is { } number ? $"\n{Phone(number)}" : "";
            Add("<li>").Person(one, Text($"{time}{one.Pickup.Label}\n{words.Seats(one.Seats)}") + phone);
            if (canAct && isAhead) Asking(words.Remove, one.Passenger.Name, "remove", one.Id);
            Add("</li>");
        }

        if (offer.Accepted.Count > 0) Add("</ul>");
        if (canAct && isAhead) Asking(words.CancelOffer, Route(offer), "cancel_offer", offer.Id);
        if (href is not null) Add($"<p><a href=\"{Text(href)}\">{Text(words.Details)}</a></p>");
        return Add("</section>");
    }

    public TripHtml Ridden(Offer offer, Reservation own)
    {
        bool isRiding = own.State is ReservationState.Accepted, isOver = own.IsOverdue(now);
        string state = words.State(isOver ? ReservationState.Expired : own.State), time = isRiding && own.PickupAt is { } at ? $"{words.Time(at, offer)} " : "";
        Add($"<section aria-label=\"{Text(Route(offer))}\"><{_title}>{Text(Route(offer))}</{_title}><p>{Text(words.When(offer.DepartureAt, offer))}\n{Text(words.Driver(offer.Driver))}{(isRiding && offer.Driver.Phone is { } phone ? $"\n{Phone(phone)}" : "")}\n{Text(time + own.Pickup.Label)}\n{Text(words.Seats(own.Seats))}</p><p><strong>{Text(state)}</strong></p>");
        if (canAct && own.IsLive && !isOver && offer.DepartureAt > now) Asking(words.CancelSeat, Route(offer), "cancel", own.Id, hasNote: false);
        return Add("</section>");
    }

    /// <summary>A button that takes something back is folded away: a finger that slips on a phone cancels nothing.</summary>
    private TripHtml Asking(string label, string about, string act, Guid id, bool hasNote = true)
    {
        Add($"<details><summary>{Text(label)}…</summary><form method=\"post\">{Fields(act, id)}");
        if (hasNote) Add($"<label for=\"n{id:N}\">{Text(words.Note)}</label><textarea id=\"n{id:N}\" name=\"note\" maxlength=\"{LongestNote}\"></textarea>");
        return Add($"<button class=\"second\" aria-label=\"{Text($"{label}: {about}")}\">{Text(label)}</button></form></details>");
    }

    private static string Button(string label, string about, string act, Guid id, bool isSecond = false) =>
        $"<form method=\"post\">{Fields(act, id)}<button{(isSecond ? " class=\"second\"" : "")} aria-label=\"{Text($"{label}: {about}")}\">{Text(label)}</button></form>";

    private static string Fields(string act, Guid id) => $"<input type=\"hidden\" name=\"do\" value=\"{act}\"><input type=\"hidden\" name=\"id\" value=\"{id}\">";

    /// <param name="rest">As HTML.</param>
    private TripHtml Person(Reservation one, string rest) => Add($"<p><strong>{Text(one.Passenger.Name)}</strong>\n{rest}</p>");

    /// <summary>A finger on a telephone calls it.</summary>
    private static string Phone(string number)
    {
        string digits = string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+'));
        return digits.Count(char.IsAsciiDigit) < 3 ? Text(number) : $"<a href=\"tel:{digits}\">{Text(number)}</a>";
    }

    private static string Route(Offer offer) => $"{offer.From.Label} → {offer.To.Label}";

    private static string Text(string text) => PublicPage.Text(text);

    private TripHtml Add(string html)
    {
        _html.Append(html);
        return this;
    }
}
