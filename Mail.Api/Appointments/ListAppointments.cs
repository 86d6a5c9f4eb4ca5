using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Appointments;

/// <summary>GET /appointments: what was made last first, by pages.</summary>
public static class ListAppointments
{
    public static void Map(IEndpointRouteBuilder appointments) => appointments.MapGet("/", Handle).RequireScope(Scopes.ReadAppointments);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<AppointmentResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="state">`scheduled` or `cancelled`.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, AppointmentStore appointments, CancellationToken ct, string? limit = null, string? after = null, string? state = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of an appointment.").ToApiError();
        if (state is not (null or "scheduled" or "cancelled")) return Failure.Field("state", "must be `scheduled` or `cancelled`.").ToApiError();
        (IReadOnlyList<Appointment> page, bool hasMore) = await appointments.ListAsync(project.Id, project.IsTest, count, after is null ? null : afterId, state, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(one => AppointmentResponse.Of(one))]));
    }
}
