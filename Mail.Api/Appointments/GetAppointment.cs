using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Flows;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Appointments;

/// <summary>GET /appointments/{id}: with its history.</summary>
public static class GetAppointment
{
    public static void Map(IEndpointRouteBuilder appointments) => appointments.MapGet("/{id}", Handle).RequireScope(Scopes.ReadAppointments).ProducesApiError(404).WithSummary("See who comes to an appointment");

    public static async Task<Results<Ok<AppointmentResponse>, ApiError>> Handle(string id, CurrentProject project, AppointmentStore appointments, FlowHistory history, CancellationToken ct) =>
        Guid.TryParse(id, out Guid value) && await appointments.FindAsync(project.Id, value, ct) is { } appointment && appointment.IsTest == project.IsTest
            ? TypedResults.Ok(AppointmentResponse.Of(appointment, await history.ListAsync(project.Id, value, ct))) : Failure.NotFound("Appointment").ToApiError();
}
