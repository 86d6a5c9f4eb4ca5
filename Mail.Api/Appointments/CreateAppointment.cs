using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Api.Requests;
using Mail.Core.Appointments;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Appointments;

/// <summary>POST /appointments: invites people, by mail and in their calendars.</summary>
public static class CreateAppointment
{
    public static void Map(IEndpointRouteBuilder appointments) => appointments.MapPost("/", Handle).RequireScope(Scopes.WriteAppointments).Accepts<AppointmentRequest>("application/json").Produces<AppointmentResponse>(201)
        .ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
        .WithSummary("Invite people to an appointment").WithDescription("Each attendee gets a mail that their calendar takes over; what they answer there you hear by webhook. Takes an Idempotency-Key.");

    public static async Task<Results<ContentHttpResult, ApiError>> Handle(HttpContext context, CurrentProject project, AppointmentFlow flow, IHostEnvironment environment, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(context.Request, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(context.Request, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<AppointmentRequest> request = AppointmentRequest.Parse(body, isChange: false);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<NewAppointment> asked = request.Value.ToNew(project, environment.IsDevelopment(), clock.GetUtcNow());
        if (!asked.IsSuccess) return asked.Failure.ToApiError();
        Result<string> answer = await flow.CreateAsync(
            asked.Value, FlowFields.ActorOf(project, context), key.Value, made => JsonSerializer.Serialize(AppointmentResponse.Of(made), ApiJson.Default.AppointmentResponse), ct);
        if (!answer.IsSuccess) return FlowFields.Renamed(answer.Failure, "attendees.0.email", "organizer.email").ToApiError();
        return TypedResults.Content(answer.Value, "application/json", statusCode: StatusCodes.Status201Created);
    }
}
