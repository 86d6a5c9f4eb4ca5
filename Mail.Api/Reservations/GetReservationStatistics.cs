using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Mail.Core.Reservations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Reservations;

/// <summary>GET /reservations/statistics: how many wait, were accepted, refused or not answered. `overdue` must be 0: else the worker does not run.</summary>
public static class GetReservationStatistics
{
    public static void Map(IEndpointRouteBuilder reservations) => reservations.MapGet("/statistics", Handle).RequireScope(Scopes.ReadReservations);

    public sealed record Response(
        string Object, long Pending, long Overdue, long Requested, long Accepted, long Refused, long Expired, long Cancelled, long Removed, long OffersCancelled, double? AcceptanceRate, long MailsSentToday,
        long MailsRefusedToday, DateTimeOffset? Since);

    /// <param name="days">What happened in so many last days; all that is kept without it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, ReservationStatistics statistics, TimeProvider clock, CancellationToken ct, string? days = null)
    {
        int count = 0;
        if (days is not null && (!int.TryParse(days, out count) || count is < 1 or > 3650)) return Failure.Field("days", "must be a number from 1 to 3650.").ToApiError();
        DateTimeOffset? since = days is null ? null : clock.GetUtcNow().AddDays(-count);
        ReservationFigures figures = await statistics.CountAsync(project.Id, project.IsTest, since ?? DateTimeOffset.UnixEpoch, ct);
        return TypedResults.Ok(new Response(
            "reservation_statistics", figures.Pending, figures.Overdue, figures.Requested, figures.Accepted, figures.Refused, figures.Expired, figures.Cancelled, figures.Removed, figures.OffersCancelled,
            figures.AcceptanceRate, figures.MailsToday, figures.MailsRefusedToday, since));
    }
}
