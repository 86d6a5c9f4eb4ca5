using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Requests;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Appointments;

/// <summary>PATCH /appointments/{id}: another time, another place; the attendees' calendars follow.</summary>
public static class ChangeAppointment
{
    public static void Map(IEndpointRouteBuilder appointments) => appointments.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteAppointments).Accepts<AppointmentRequest>("application/json")
        .ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
        .WithSummary("Change an appointment").WithDescription("Everybody is told, if anything changes. Another time or duration needs new answers. Of `attendees` those who are new are invited, those who are missing called off, and the others hear nothing of it.");

    public static async Task<Results<Ok<AppointmentResponse>, ApiError>> Handle(
        string id, HttpContext context, CurrentProject project, AppointmentFlow flow, IHostEnvironment environment, TimeProvider clock, CancellationToken ct)
    {
        Result<AppointmentRequest> request = AppointmentRequest.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), isChange: true);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (!Guid.TryParse(id, out Guid value)) return Failure.NotFound("Appointment").ToApiError();
        Result<List<NewAttendee>?> people = request.Value.Invited();
        if (!people.IsSuccess) return people.Failure.ToApiError();
        Result<Appointment> changed = await flow.ChangeAsync(
            project.Id, project.IsTest, value, now => request.Value.Over(now.Content, now.Time, project, environment.IsDevelopment(), clock.GetUtcNow()), people.Value, FlowFields.Trimmed(request.Value.Message), FlowFields.ActorOf(project, context), ct);
        return changed.IsSuccess ? TypedResults.Ok(AppointmentResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
