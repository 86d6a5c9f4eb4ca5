using System.Globalization;
using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Api.Reservations.Pages;
using Mail.Core.Common;
using Mail.Core.Reservations;
using Mail.Core.Reservations.Pages;
using Mail.Core.Reservations.Widget;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Reservations.Widget;

/// <summary>
/// /widget/{widget}: what the widget on other sites calls, without a key. It shows open trips without addresses and family names. Whoever offers a trip or asks for a seat proves their mailbox by
/// a code first: until then nothing is stored, nothing is shown, and nobody else is written to.
/// </summary>
public static class WidgetEndpoints
{
    private const long LargestBody = 16 * 1024;
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapMethods("/widget/{widget}/{**any}", [HttpMethods.Options], Preflight).LimitedByClient(ClientRate.Pages).IsNotAudited("a browser asks what it may ask").ExcludeFromDescription().WithName("WidgetPreflight");
        RouteGroupBuilder reads = api.MapGroup("/widget/{widget}").LimitedByClient(ClientRate.Pages).WithTags("Reservation widget").ForAllowedOrigins();
        reads.MapGet("/", GetSettings).WithName("GetWidget").WithSummary("What the widget offers to choose from").ProducesApiError(404);
        reads.MapGet("/offers", ListAsync).WithName("ListWidgetOffers").WithSummary("Open trips with free seats").ProducesApiError(404);
        RouteGroupBuilder writes = api.MapGroup("/widget/{widget}").LimitedByClient(ClientRate.Accounts).IsNotAudited("it is done by people who are nobody here; the trip's history says when and from where")
            .WithTags("Reservation widget").WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ForAllowedOrigins();
        writes.MapPost("/codes", SendCodeAsync).WithName("SendWidgetCode").Accepts<CodeRequest>("application/json").WithSummary("Mail a code that proves a mailbox").Produces<Done>(202).ProducesApiError(404).ProducesApiError(413).ProducesApiError(429);
        writes.MapPost("/offers", OfferAsync).WithName("OfferByWidget").Accepts<OfferBody>("application/json").WithSummary("Offer a trip, with the code").Produces<Done>(201).ProducesApiError(404).ProducesApiError(413).ProducesApiError(429);
        writes.MapPost("/offers/{id}/requests", RequestAsync).WithName("RequestByWidget").Accepts<RequestBody>("application/json").WithSummary("Ask for a seat, with the code").Produces<Done>(201).ProducesApiError(404).ProducesApiError(409).ProducesApiError(413).ProducesApiError(429);
        writes.MapPost("/dashboard-link", AskAsync).WithName("AskForTripLinkByWidget").Accepts<AskForTripLink.Request>("application/json").WithSummary("Mail the link to one's own trips").WithDescription("The answer is always the same.").Produces<Done>(202).ProducesApiError(404).ProducesApiError(413);
    }

    /// <param name="Locale">Of the mail.</param>
    public sealed record CodeRequest(string? Email, string? Locale);

    /// <param name="Code">From the mail.</param>
    public sealed record OfferBody(string? Code, OfferRequest? Offer);

    /// <param name="Code">From the mail.</param>
    public sealed record RequestBody(string? Code, ReservationRequest? Request);

    public sealed record Settings(string Object, IReadOnlyList<PlaceRequest> Places, string? TimeZone);

    /// <param name="Driver">The first name.</param>
    /// <param name="DepartureAt">By the clock where the trip begins.</param>
    public sealed record OpenOffer(string Id, string Driver, string From, string To, string DepartureAt, string TimeZone, int SeatsLeft, decimal? Price, string Currency);

    public sealed record OpenOffers(string Object, IReadOnlyList<OpenOffer> Data);

    public sealed record Done(string Object, string? Id);

    public static async Task<Results<NoContent, ApiError>> Preflight(string widget, HttpContext http, WidgetSettingsStore store, CancellationToken ct)
    {
        http.Response.Headers.Vary = "Origin";
        string origin = http.Request.Headers.Origin.ToString();
        if (await store.FindAsync(widget, ct) is not { } settings || !settings.AllowedOrigins.Contains(origin, StringComparer.Ordinal)) return Failure.NotFound("Widget").ToApiError();
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.AccessControlAllowMethods = "GET, POST";
        http.Response.Headers.AccessControlAllowHeaders = "Content-Type";
        http.Response.Headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }

    public static Ok<Settings> GetSettings(HttpContext http)
    {
        WidgetSettings widget = http.Widget();
        return TypedResults.Ok(new Settings("widget", [.. widget.Places.Select(place => new PlaceRequest(place.Label, place.Latitude, place.Longitude))], widget.TimeZone));
    }

    public static async Task<Ok<OpenOffers>> ListAsync(HttpContext http, OfferStore offers, TimeProvider clock, CancellationToken ct)
    {
        WidgetSettings widget = http.Widget();
        (IReadOnlyList<Offer> found, _) = await offers.ListAsync(widget.ProjectId, widget.IsTest, Most, null, null, OfferState.Open, clock.GetUtcNow(), ct);
        return TypedResults.Ok(new OpenOffers("list", [.. found.Where(offer => offer.SeatsLeft > 0).OrderBy(offer => offer.DepartureAt).Select(offer => new OpenOffer(
            offer.Id.ToString(), offer.Driver.Name.Split(' ', 2)[0], offer.From.Label, offer.To.Label, offer.Departure.Local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), offer.Departure.Zone.Id,
            offer.SeatsLeft, offer.Price, offer.Currency))]));
    }

    public static async Task<Results<Accepted<Done>, ApiError>> SendCodeAsync(HttpContext http, WidgetCodes codes, TimeProvider clock, CancellationToken ct)
    {
        Result<CodeRequest> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http.Request, ct), ApiJson.Default.WidgetCodeRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<(string Email, string? Locale)> read = AskForTripLink.Read(new AskForTripLink.Request(request.Value.Email, request.Value.Locale));
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (await codes.SendAsync(http.Widget(), read.Value.Email, read.Value.Locale, ct) is not { } retryAt) return TypedResults.Accepted((string?)null, new Done("code", null));
        return new Failure(FailureKind.TooMany, "too_many_codes", "Too many codes were asked for. Try again later.") { RetryAfter = retryAt - clock.GetUtcNow() }.ToApiError();
    }

    public static async Task<Results<Created<Done>, ApiError>> OfferAsync(HttpContext http, WidgetCodes codes, ReservationFlow flow, TimeProvider clock, CancellationToken ct)
    {
        Result<OfferBody> body = JsonBody.Parse(await JsonBody.ReadBytesAsync(http.Request, ct), ApiJson.Default.WidgetOfferBody);
        if (!body.IsSuccess) return body.Failure.ToApiError();
        if (string.IsNullOrWhiteSpace(body.Value.Code)) return Failure.Missing("code").ToApiError();
        if (body.Value.Offer is not { } asked) return Failure.Missing("offer").ToApiError();
        WidgetSettings widget = http.Widget();
        Result<Offer> offer = TripFields.Offer(asked, widget.ProjectId, widget.IsTest, clock.GetUtcNow());
        if (!offer.IsSuccess) return offer.Failure.ToApiError();
        Result<Offer> made = await codes.WithAsync(widget, offer.Value.Driver.Email, body.Value.Code, () => flow.CreateAsync(offer.Value, ViaOf(http, "driver"), null, ct), ct);
        return made.IsSuccess ? TypedResults.Created((string?)null, new Done("offer", made.Value.Id.ToString())) : made.Failure.ToApiError();
    }

    public static async Task<Results<Created<Done>, ApiError>> RequestAsync(string id, HttpContext http, WidgetCodes codes, OfferStore offers, ReservationFlow flow, TimeProvider clock, CancellationToken ct)
    {
        Result<RequestBody> body = JsonBody.Parse(await JsonBody.ReadBytesAsync(http.Request, ct), ApiJson.Default.WidgetRequestBody);
        if (!body.IsSuccess) return body.Failure.ToApiError();
        if (string.IsNullOrWhiteSpace(body.Value.Code)) return Failure.Missing("code").ToApiError();
        if (body.Value.Request is not { } asked) return Failure.Missing("request").ToApiError();
        WidgetSettings widget = http.Widget();
        if (!Guid.TryParse(id, out Guid offerId) || await offers.FindAsync(widget.ProjectId, offerId, null, ct) is not { } offer || offer.IsTest != widget.IsTest) return Failure.NotFound("Offer").ToApiError();
        Result<Reservation> wish = asked.ToReservation(offer, clock.GetUtcNow());
        if (!wish.IsSuccess) return wish.Failure.ToApiError();
        Result<(Offer Offer, Reservation Reservation)> made = await codes.WithAsync(
            widget, wish.Value.Passenger.Email, body.Value.Code, () => flow.RequestAsync(widget.ProjectId, widget.IsTest, offer.Id, wish.Value, ViaOf(http, "passenger"), null, ct), ct);
        return made.IsSuccess ? TypedResults.Created((string?)null, new Done("reservation", made.Value.Reservation.Id.ToString())) : made.Failure.ToApiError();
    }

    public static async Task<Results<Accepted<Done>, ApiError>> AskAsync(HttpContext http, TripLinkRequests links, CancellationToken ct)
    {
        Result<AskForTripLink.Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http.Request, ct), ApiJson.Default.AskForTripLinkRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<(string Email, string? Locale)> read = AskForTripLink.Read(request.Value);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        WidgetSettings widget = http.Widget();
        await links.AskAsync(widget.ProjectId, widget.IsTest, read.Value.Email, read.Value.Locale, ct);
        return TypedResults.Accepted((string?)null, new Done("dashboard_link", null));
    }

    private static Via ViaOf(HttpContext http, string who) => new(Means.Page, who, http.Connection.RemoteIpAddress?.ToString());
}
