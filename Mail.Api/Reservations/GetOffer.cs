using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>GET /offers/{id}.</summary>
public static class GetOffer
{
    public static void Map(IEndpointRouteBuilder offers) => offers.MapGet("/{id}", Handle).RequireScope(Scopes.ReadReservations).ProducesApiError(404);

    public static async Task<Results<Ok<OfferResponse>, ApiError>> Handle(string id, CurrentProject project, OfferStore offers, CancellationToken ct) =>
        await FindAsync(id, project, offers, ct) is { } offer ? TypedResults.Ok(OfferResponse.Of(offer)) : Failure.NotFound("Offer").ToApiError();

    /// <returns>Null for another project's, and for one of the other side of the sandbox.</returns>
    internal static async Task<Offer?> FindAsync(string id, CurrentProject project, OfferStore offers, CancellationToken ct) =>
        Guid.TryParse(id, out Guid value) && await offers.FindAsync(project.Id, value, null, ct) is { } offer && offer.IsTest == project.IsTest ? offer : null;
}
