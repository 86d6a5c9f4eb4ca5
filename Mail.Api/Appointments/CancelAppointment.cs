using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Requests;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Appointments;

/// <summary>POST /appointments/{id}/cancel, or DELETE /appointments/{id}: calls it off; it goes from the attendees' calendars.</summary>
public static class CancelAppointment
{
    public static void Map(IEndpointRouteBuilder appointments)
    {
        appointments.MapPost("/{id}/cancel", Handle).RequireScope(Scopes.WriteAppointments).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413)
            .WithSummary("Call an appointment off").WithDescription("Everybody is told. A body may be left out.");
        appointments.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteAppointments).ProducesApiError(404).ProducesApiError(409).WithName("DeleteAppointment").WithSummary("Call an appointment off, without words");
    }

    /// <param name="Message">Some words for the mail.</param>
    public sealed record Request(string? Message);

    public static async Task<Results<Ok<AppointmentResponse>, ApiError>> Handle(string id, HttpContext context, CurrentProject project, AppointmentFlow flow, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(context.Request, ct);
        Result<Request> request = body.Length == 0 ? new Request(null) : JsonBody.Parse(body, ApiJson.Default.CancelAppointmentRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (AppointmentRequest.ProblemWithMessage(request.Value.Message) is { } bad) return bad.ToApiError();
        if (!Guid.TryParse(id, out Guid value)) return Failure.NotFound("Appointment").ToApiError();
        Result<Appointment> cancelled = await flow.CancelAsync(project.Id, project.IsTest, value, FlowFields.Trimmed(request.Value.Message), FlowFields.ActorOf(project, context), ct);
        return cancelled.IsSuccess ? TypedResults.Ok(AppointmentResponse.Of(cancelled.Value)) : cancelled.Failure.ToApiError();
    }
}
