using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>POST /emails: one message, in Resend's shape.</summary>
public static class SendMessage
{
    public static void Map(IEndpointRouteBuilder messages) =>
        messages.MapPost("/", Handle).RequireScope(Scopes.SendMessages).Accepts<EmailRequest>("application/json").Produces<Response>()
            .ProducesApiError(409).ProducesApiError(413).ProducesApiError(503);

    public sealed record Response(string Id);

    /// <summary>Answers only after the message is committed, so an accepted message survives a crash.</summary>
    public static async Task<Results<ContentHttpResult, ApiError>> Handle(HttpRequest http, CurrentProject project, MessageIntake intake, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(http, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<EmailRequest> request = JsonBody.Parse(body, EmailRequestJson.Default.EmailRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();

        Result<string> accepted = await intake.AcceptAsync(project.Sender, request.Value, key.Value, ct);
        if (!accepted.IsSuccess) return accepted.Failure.ToApiError();
        LoggedCall.Made(http.HttpContext, accepted.Value);
        return TypedResults.Content(accepted.Value, "application/json");
    }
}
