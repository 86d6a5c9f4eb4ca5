using Mail.Api.Access;
using Mail.Api.ActionLinks;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Reservations;
using Mail.Core.Reservations.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Reservations.Pages;

/// <summary>
/// /trips/{token}: a person's own trips and seats, by the link from a mail; /trips/{token}/{offer}: one of them alone. GET and HEAD show and change nothing; buttons post to the same address. The
/// token is all the authority there is: what is done with it is done by its mailbox, and only to what is that mailbox's.
/// </summary>
public static class TripPage
{
    private const long LargestForm = 16 * 1024;
    private const int Most = 100, LongestNote = 500;
    private const string Html = "text/html";

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder pages = api.MapGroup(TripLinks.Path).LimitedByClient(ClientRate.Pages).IsNotAudited("it is done by the link's reader, who is nobody here; the trip's history says who, when and from where").WithTags("Trip pages").WithAwayPage();
        foreach (string path in (string[])["/{token}", "/{token}/{offer}"])
        {
            string what = path.EndsWith("offer}", StringComparison.Ordinal) ? "OneTrip" : "Trips";
            pages.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], ShowAsync).Produces<string>(contentType: Html).Produces<string>(404, Html).Produces<string>(410, Html).WithName($"Show{what}")
                .WithSummary("Show a person's trips").WithDescription("By the link from a mail. Changes nothing.");
            pages.MapPost(path, ActAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery().Accepts<Form>("application/x-www-form-urlencoded", "multipart/form-data")
                .Produces<string>(303, Html).Produces<string>(404, Html).Produces<string>(409, Html).Produces<string>(410, Html).WithName($"ActOn{what}").WithSummary("Do what a button of a trip page does");
        }
    }

    /// <param name="Do">`accept`, `refuse`, `remove`, `cancel`, `cancel_offer`; `end_links` for the link itself.</param>
    /// <param name="Id">Of the reservation, or of the offer.</param>
    /// <param name="Note">Some words for the other side.</param>
    public sealed record Form(string? Do, string? Id, string? Note);

    public static async Task<ContentHttpResult> ShowAsync(string token, HttpContext http, TripLinks links, OfferStore offers, TimeProvider clock, CancellationToken ct, string? offer = null)
    {
        (ActionLink? link, ContentHttpResult? closed) = await OpenAsync(token, http, links, clock, ct);
        return closed ?? await PageAsync(link!, token, offer, null, 200, http, offers, clock, ct);
    }

    public static async Task<ContentHttpResult> ActAsync(
        string token, HttpContext http, TripLinks links, OfferStore offers, ReservationFlow flow, TimeProvider clock, CancellationToken ct, string? offer = null)
    {
        (ActionLink? link, ContentHttpResult? closed) = await OpenAsync(token, http, links, clock, ct);
        if (closed is not null) return closed;
        string language = ActionLinkPage.LanguageOf(link!, http.Request);
        TripWords words = new(language);
        IFormCollection? form = await PublicPage.FormAsync(http.Request, ct);
        string act = form?["do"].ToString() ?? "";
        if (act == "end_links")
        {
            await links.RevokeAsync(link!, ct);
            return Over(http, language, words.Revoked, 200);
        }

        Failure? failure = Guid.TryParse(form?["id"].ToString(), out Guid id) ? await DoAsync(link!, act, id, NoteOf(form!["note"]), http, offers, flow, ct) : Failure.NotFound("Trip");
        if (failure is null)
        {
            http.Response.Headers.Location = $"?done={act}"; // a reload shows, and does nothing again; the address stays whatever is in front of us
            return TypedResults.Content("", Html, null, StatusCodes.Status303SeeOther);
        }

        (int status, (string title, string text)) = failure.Kind is FailureKind.NotFound ? (404, words.Unknown) : (409, ReservationWords.Reason(failure, language));
        return await PageAsync(link!, token, offer, $"<p role=\"alert\"><strong>{PublicPage.Text(title)}</strong>\n{PublicPage.Text(text)}</p>", status, http, offers, clock, ct);
    }

    /// <summary>What may be done by the link: to one's own offers as their driver, to one's own seats as their passenger.</summary>
    private static async Task<Failure?> DoAsync(ActionLink link, string act, Guid id, string? note, HttpContext http, OfferStore offers, ReservationFlow flow, CancellationToken ct)
    {
        ReservationAct? wanted = act switch { "accept" => ReservationAct.Accept, "refuse" => ReservationAct.Refuse, "remove" => ReservationAct.Remove, "cancel" => ReservationAct.Cancel, _ => null };
        Guid? offerId = act == "cancel_offer" ? id : wanted is null ? null : await offers.OfferOfAsync(link.ProjectId, id, null, ct);
        if (offerId is not { } known || await offers.FindAsync(link.ProjectId, known, null, ct) is not { } offer || offer.IsTest != link.IsTest) return Failure.NotFound("Trip");
        bool isPassenger = wanted is ReservationAct.Cancel;
        if ((isPassenger ? offer.Find(id)!.Passenger.Email : offer.Driver.Email) != link.Subject) return Failure.NotFound("Trip");
        Via via = new(Means.Page, isPassenger ? "passenger" : "driver", http.Connection.RemoteIpAddress?.ToString());
        if (wanted is not { } step) return (await flow.CancelOfferAsync(link.ProjectId, link.IsTest, offer.Id, note, via, null, ct)).Failure;
        return (await flow.ActAsync(link.ProjectId, link.IsTest, id, step, note, via, null, ct, offer.Id)).Failure;
    }

    private static async Task<(ActionLink? Link, ContentHttpResult? Closed)> OpenAsync(string token, HttpContext http, TripLinks links, TimeProvider clock, CancellationToken ct)
    {
        if (await links.FindAsync(token, ct) is not { } link)
        {
            string readers = RequestLanguage.Of(http.Request);
            return (null, Over(http, readers, new TripWords(readers).Forged, 404));
        }

        string language = ActionLinkPage.LanguageOf(link, http.Request);
        TripWords words = new(language);
        return link.StateAt(clock.GetUtcNow()) switch
        {
            ActionState.Revoked => (link, Over(http, language, words.Revoked, 410)),
            ActionState.Expired => (link, Over(http, language, words.Expired(link.ExpiresAt), 410)),
            _ => (link, null),
        };
    }

    private static async Task<ContentHttpResult> PageAsync(ActionLink link, string token, string? offer, string? problem, int status, HttpContext http, OfferStore offers, TimeProvider clock, CancellationToken ct)
    {
        string language = ActionLinkPage.LanguageOf(link, http.Request);
        TripWords words = new(language);
        DateTimeOffset now = clock.GetUtcNow();
        TripHtml html = new(words, now, canAct: true, isList: offer is null);
        string said = problem ?? (words.Done(http.Request.Query["done"]) is { } done ? $"<p role=\"status\"><strong>{PublicPage.Text(done)}</strong></p>" : "");
        if (offer is not null)
        {
            if (!Guid.TryParse(offer, out Guid id) || await offers.FindAsync(link.ProjectId, id, null, ct) is not { } one || one.IsTest != link.IsTest || one.Driver.Email != link.Subject) return Over(http, language, words.Unknown, 404);
            html.Driven(one, null);
        }
        else
        {
            await AllAsync(html, link, token, words, offers, now, ct);
        }

        string all = offer is null ? "" : $"<p><a href=\"../{PublicPage.Text(token)}\">{PublicPage.Text(words.All)}</a></p>", test = link.IsTest ? $"<p>{PublicPage.Text(words.Test)}</p>" : "";
        string end = $"<hr>{test}<p>{PublicPage.Text(words.Until(link.ExpiresAt))} {PublicPage.Text(words.EndHint)}</p>{PublicPage.Button(PublicPage.Text(words.End), isSecond: true, ("do", "end_links"))}";
        return PublicPage.Answer(http, language, status, words.Title, said + html + all + end);
    }

    /// <summary>What is ahead, the next one first. What one asked for stays until it has begun, so that one sees what became of it.</summary>
    private static async Task AllAsync(TripHtml html, ActionLink link, string token, TripWords words, OfferStore offers, DateTimeOffset now, CancellationToken ct)
    {
        DateTimeOffset from = now - TimeSpan.FromHours(12); // whoever is on the way looks too
        (IReadOnlyList<Offer> driven, bool more) = await offers.ListAsync(link.ProjectId, link.IsTest, Most, null, link.Subject, null, from, ct);
        (IReadOnlyList<(Offer Offer, Reservation Reservation)> seats, bool moreSeats) = await offers.ListReservationsAsync(link.ProjectId, link.IsTest, Most, null, null, null, link.Subject, ct);
        (Offer Offer, Reservation Reservation)[] ahead = [.. seats.Where(seat => seat.Offer.DepartureAt >= from).OrderBy(seat => seat.Offer.DepartureAt)];
        if (driven.Count == 0 && ahead.Length == 0) html.Paragraph(words.Nothing);
        if (driven.Count > 0) html.Heading(words.Driving);
        foreach (Offer one in driven.OrderBy(one => one.DepartureAt)) html.Driven(one, $"{token}/{one.Id}");
        if (ahead.Length > 0) html.Heading(words.Riding);
        foreach ((Offer one, Reservation own) in ahead) html.Ridden(one, own);
        if (more || moreSeats) html.Paragraph(words.More);
    }

    private static ContentHttpResult Over(HttpContext http, string language, (string Title, string Text) words, int status) =>
        PublicPage.Answer(http, language, status, words.Title, $"<p role=\"status\">{PublicPage.Text(words.Text)}</p>");

    /// <returns>What a mail can carry of it; null for nothing.</returns>
    private static string? NoteOf(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || !TextRules.IsStorable(typed)) return null;
        string text = new([.. typed.Replace("\r\n", "\n", StringComparison.Ordinal).Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
        return text.Length <= LongestNote ? text.Trim() : text[..(char.IsHighSurrogate(text[LongestNote - 1]) ? LongestNote - 1 : LongestNote)].Trim();
    }
}
