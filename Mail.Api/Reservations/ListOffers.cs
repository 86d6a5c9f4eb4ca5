using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Reservations;

/// <summary>GET /offers: what came last first, by pages.</summary>
public static class ListOffers
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapGet("/", Handle).RequireScope(Scopes.ReadReservations);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<OfferResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="driver">The driver's address.</param>
    /// <param name="state">`open` or `cancelled`.</param>
    /// <param name="departingAfter">Departures from then on (ISO 8601).</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, OfferStore offers, CancellationToken ct, string? limit = null, string? after = null, string? driver = null, string? state = null,
        [FromQuery(Name = "departing_after")] string? departingAfter = null)
    {
        Result<(int Limit, Guid? After)> page = OfferList.Page(limit, after, "an offer");
        if (!page.IsSuccess) return page.Failure.ToApiError();
        Result<OfferState?> wanted = OfferList.State<OfferState>(state);
        if (!wanted.IsSuccess) return wanted.Failure.ToApiError();
        Result<string?> address = OfferList.Address(driver, "driver");
        if (!address.IsSuccess) return address.Failure.ToApiError();
        DateTimeOffset from = default;
        if (departingAfter is not null && !DateTimeOffset.TryParse(departingAfter, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out from))
            return Failure.Field("departing_after", "must be a time (ISO 8601).").ToApiError();
        (IReadOnlyList<Offer> found, bool hasMore) = await offers.ListAsync(project.Id, project.IsTest, page.Value.Limit, page.Value.After, address.Value, wanted.Value, departingAfter is null ? null : from, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. found.Select(OfferResponse.Of)]));
    }
}
