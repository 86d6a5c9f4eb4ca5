using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>POST /emails/{id}/resend: the same message again, as a new one.</summary>
public static class ResendMessage
{
    public static void Map(IEndpointRouteBuilder messages) =>
        messages.MapPost("/{id}/resend", Handle).RequireScope(Scopes.SendMessages).WithMetadata(ScheduleRequests.SizeLimit).ProducesApiError(404).ProducesApiError(409).ProducesApiError(413).ProducesApiError(503);

    /// <param name="Id">Of the new message.</param>
    /// <param name="ResentFrom">Of the old one.</param>
    public sealed record Response(string Object, string Id, string ResentFrom);

    /// <summary>409 with the reason when it must not be repeated: its content is gone, or it holds a code or a personal link. An Idempotency-Key makes asking twice harmless.</summary>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, MessageResend resend, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        if (body.Length > 0 && JsonBody.Parse(body, ApiJson.Default.CancelMessageRequest) is { IsSuccess: false, Failure: { } malformed }) return malformed.ToApiError();
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        if (!Guid.TryParse(id, out Guid value)) return Failure.NotFound("Email").ToApiError();
        Result<MessageId> made = await resend.ResendAsync(project.Sender, new MessageId(value), key.Value, ct);
        if (!made.IsSuccess) return made.Failure.ToApiError();
        return TypedResults.Ok(new Response("email", made.Value.ToString(), value.ToString()));
    }
}
