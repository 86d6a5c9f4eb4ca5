using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations.Pages;

/// <summary>GET /api/offer/{id}/reservations (CAR-8, CAR-13): who rides along, as a page, for an app or the console. Drivers have the same by their link, with buttons: /trips/{token}/{offer}.</summary>
public static class ShowOfferReservations
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/api/offer/{id}/reservations", Handle).RequireScope(Scopes.ReadReservations).WithAwayPage().WithTags("Trip pages")
        .Produces<string>(contentType: "text/html").Produces<string>(404, "text/html").WithSummary("Show an offer's reservations as a page");

    public static async Task<ContentHttpResult> Handle(string id, HttpContext http, CurrentProject project, OfferStore offers, TimeProvider clock, CancellationToken ct)
    {
        string language = RequestLanguage.Of(http.Request);
        TripWords words = new(language);
        if (await GetOffer.FindAsync(id, project, offers, ct) is not { } offer) return PublicPage.Answer(http, language, 404, words.Unknown.Title, $"<p role=\"status\">{PublicPage.Text(words.Unknown.Text)}</p>");
        return PublicPage.Answer(http, language, 200, words.Title, new TripHtml(words, clock.GetUtcNow(), canAct: false).Driven(offer, null).ToString());
    }
}
