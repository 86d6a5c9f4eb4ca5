using Mail.Api.Access;
using Mail.Api.ActionLinks;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>
/// The paths that carpools have had: `/api/reservation/accept`, `refuse`, `cancel`, `remove` and `/api/offer/cancel`. With a link's token in the query they are its page: GET shows it and changes
/// nothing, its button posts. With a key and an id in a JSON body they are an app's call.
/// </summary>
public static class CarpoolPaths
{
    private const string Html = "text/html", Form = "application/x-www-form-urlencoded";

    public static void Map(IEndpointRouteBuilder api)
    {
        Map(api, ReservationAct.Accept, "Accept a reservation (old path)");
        Map(api, ReservationAct.Refuse, "Refuse a reservation (old path)");
        Map(api, ReservationAct.Cancel, "Cancel a reservation (old path)");
        Map(api, ReservationAct.Remove, "Remove a passenger (old path)");
        api.MapPost("/offer/cancel", CancelOfferAsync).RequireScope(Scopes.WriteReservations).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Cancel an offer (old path)").WithDescription("Takes an Idempotency-Key.");
    }

    /// <param name="ReservationId">For all but `/api/offer/cancel`.</param>
    /// <param name="OfferId">For `/api/offer/cancel`.</param>
    /// <param name="Message">Words for the other side, in the mail.</param>
    public sealed record Request(string? ReservationId, string? OfferId, string? Message);

    public sealed record ReservationDone(bool Success, ReservationResponse Reservation);

    public sealed record OfferDone(bool Success, OfferResponse Offer);

    public static async Task<Results<Ok<OfferDone>, ApiError>> CancelOfferAsync(HttpRequest http, CurrentProject project, ReservationFlow flow, CancellationToken ct)
    {
        Result<(IdempotencyRecord? Key, Request Body)> read = await ReadAsync(http, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (read.Value.Body.OfferId is null) return Failure.Missing("offer_id").ToApiError();
        if (!Guid.TryParse(read.Value.Body.OfferId, out Guid offer)) return Failure.NotFound("Offer").ToApiError();
        Result<Offer> done = await flow.CancelOfferAsync(project.Id, project.IsTest, offer, read.Value.Body.Message, project.Via(), read.Value.Key, ct);
        return done.IsSuccess ? TypedResults.Ok(new OfferDone(true, OfferResponse.Of(done.Value))) : done.Failure.ToApiError();
    }

    private static void Map(IEndpointRouteBuilder api, ReservationAct act, string summary)
    {
        string path = $"/reservation/{StateNames.Of(act)}";
        api.MapPost(path, (HttpRequest http, CurrentProject project, ReservationFlow flow, CancellationToken ct) => ActAsync(act, http, project, flow, ct))
            .RequireScope(Scopes.WriteReservations).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413).WithSummary(summary).WithDescription("Takes an Idempotency-Key.");

        RouteGroupBuilder pages = api.MapGroup("").LimitedByClient(ClientRate.Pages).WithAwayPage();
        pages.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], (HttpContext http, ActionLinkStore links, ActionLinkUse use, TimeProvider clock, CancellationToken ct) => ShowAsync(act, http, links, use, clock, ct))
            .Produces<string>(contentType: Html).Produces<string>(404, Html).Produces<string>(410, Html).WithSummary($"{summary}: the page of a link").WithDescription("With `?token=`. Changes nothing.");
        pages.MapPost(path, (HttpContext http, ActionLinkStore links, ActionLinkUse use, TimeProvider clock, CancellationToken ct) => PostAsync(act, http, links, use, clock, ct))
            .WithOrder(1) // what says no type of content is an app's call, and neither is preferred otherwise
            .DisableAntiforgery().Accepts<OpenActionLink.Form>(Form).Produces<string>(contentType: Html).Produces<string>(404, Html).Produces<string>(409, Html).Produces<string>(410, Html)
            .WithSummary($"{summary}: the button of the page").WithDescription("With `?token=`. Acts once.");
    }

    private static async Task<Results<Ok<ReservationDone>, ApiError>> ActAsync(ReservationAct act, HttpRequest http, CurrentProject project, ReservationFlow flow, CancellationToken ct)
    {
        Result<(IdempotencyRecord? Key, Request Body)> read = await ReadAsync(http, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (read.Value.Body.ReservationId is null) return Failure.Missing("reservation_id").ToApiError();
        if (!Guid.TryParse(read.Value.Body.ReservationId, out Guid reservation)) return Failure.NotFound("Reservation").ToApiError();
        Result<(Offer Offer, Reservation Reservation)> done = await flow.ActAsync(project.Id, project.IsTest, reservation, act, read.Value.Body.Message, project.Via(), read.Value.Key, ct);
        return done.IsSuccess ? TypedResults.Ok(new ReservationDone(true, ReservationResponse.Of(done.Value.Offer, done.Value.Reservation))) : done.Failure.ToApiError();
    }

    private static async Task<ContentHttpResult> ShowAsync(ReservationAct act, HttpContext http, ActionLinkStore links, ActionLinkUse use, TimeProvider clock, CancellationToken ct) =>
        await OpenActionLink.ShowAsync(await TokenAsync(act, http, links, ct), http, links, use, clock, ct);

    private static async Task<ContentHttpResult> PostAsync(ReservationAct act, HttpContext http, ActionLinkStore links, ActionLinkUse use, TimeProvider clock, CancellationToken ct) =>
        await OpenActionLink.ActAsync(await TokenAsync(act, http, links, ct), http, links, use, clock, ct);

    /// <returns>The token; nothing for one that is for something else: a link to refuse accepts nobody.</returns>
    private static async Task<string> TokenAsync(ReservationAct act, HttpContext http, ActionLinkStore links, CancellationToken ct)
    {
        string token = http.Request.Query["token"].FirstOrDefault() ?? "";
        return await links.FindByTokenAsync(token, ct) is { IsOwn: true } link && link.Purpose == ReservationPurpose.NameOf(act) ? token : "";
    }

    private static async Task<Result<(IdempotencyRecord?, Request)>> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure;
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.CarpoolRequest);
        if (!request.IsSuccess) return request.Failure;
        return TripFields.MessageProblem("message", request.Value.Message) is { } bad ? bad : (key.Value, request.Value);
    }
}
