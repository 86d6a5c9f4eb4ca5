using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Messages;

/// <summary>PATCH /emails/{id}: another time for a message that still waits.</summary>
public static class RescheduleMessage
{
    public static void Map(IEndpointRouteBuilder messages) =>
        messages.MapPatch("/{id}", Handle).RequireScope(Scopes.SendMessages).WithMetadata(ScheduleRequests.SizeLimit)
            .Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413);

    /// <param name="ScheduledAt">As in POST /emails; a time that is past sends it at once.</param>
    public sealed record Request(string? ScheduledAt);

    public sealed record Response(string Object, string Id, DateTimeOffset ScheduledAt);

    /// <summary>All of the message or none of it: 409 when a recipient was tried, sent or canceled.</summary>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, MessageSchedule schedule, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.RescheduleMessageRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.ScheduledAt is not { } at) return Failure.Missing("scheduled_at").ToApiError();
        if (!Guid.TryParse(id, out Guid value)) return Failure.NotFound("Email").ToApiError();
        Result<DateTimeOffset> result = await schedule.RescheduleAsync(project.Id, new MessageId(value), at, ct);
        return result.IsSuccess ? TypedResults.Ok(new Response("email", value.ToString(), result.Value)) : result.Failure.ToApiError();
    }
}

/// <summary>What the requests about a stored message's time have in common.</summary>
internal static class ScheduleRequests
{
    /// <summary>They hold a time at most.</summary>
    public static RequestSizeLimitAttribute SizeLimit { get; } = new(16 * 1024);
}
