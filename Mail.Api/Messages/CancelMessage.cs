using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>POST /emails/{id}/cancel: what still waits is not sent.</summary>
public static class CancelMessage
{
    public static void Map(IEndpointRouteBuilder messages) =>
        messages.MapPost("/{id}/cancel", Handle).RequireScope(Scopes.SendMessages).WithMetadata(ScheduleRequests.SizeLimit).ProducesApiError(404).ProducesApiError(409).ProducesApiError(413);

    /// <summary>No field is known yet; a body may be left out.</summary>
    public sealed record Request;

    /// <param name="Canceled">The recipients that will not get it.</param>
    /// <param name="NotCanceled">Those for whom it was too late; empty when all of it was canceled.</param>
    public sealed record Response(string Object, string Id, IReadOnlyList<string> Canceled, IReadOnlyList<TooLate> NotCanceled);

    public sealed record TooLate(string Email, string State);

    /// <summary>200 when anybody could be spared, with who and who not; 409 when it was too late for everybody. Asking again answers the same.</summary>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, MessageSchedule schedule, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        if (body.Length > 0 && JsonBody.Parse(body, ApiJson.Default.CancelMessageRequest) is { IsSuccess: false, Failure: { } malformed }) return malformed.ToApiError();
        if (!Guid.TryParse(id, out Guid value)) return Failure.NotFound("Email").ToApiError();
        Result<Cancellation> result = await schedule.CancelAsync(project.Id, new MessageId(value), ct);
        if (!result.IsSuccess) return result.Failure.ToApiError();
        return TypedResults.Ok(new Response(
            "email", value.ToString(), [.. result.Value.Canceled.Select(recipient => recipient.Email)],
            [.. result.Value.NotCanceled.Select(recipient => new TooLate(recipient.Email, recipient.State.Name()))]));
    }
}
