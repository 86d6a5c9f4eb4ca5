using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/email: asks for another address. DELETE /auth/email: takes that back.</summary>
public static class ChangeEmail
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("/email", Handle).Accepts<Request>("application/json").ProducesApiError(429).ProducesApiError(503)
            .WithSummary("Asks for another e-mail address").WithDescription("Mails a link to the old and to the new address; the change is made when both have confirmed, within a day. Then all other sessions end, and the old address is told.");
        auth.MapDelete("/email", CancelAsync).WithSummary("Takes back a change of address that is not made yet");
    }

    public sealed record Request(string? Password, string? NewEmail);

    public static async Task<Results<Accepted, ApiError>> Handle(HttpContext context, ConsoleSessions sessions, EmailChanges changes, CancellationToken ct)
    {
        Result<(UserSession Session, Request Body)> read = await AccountCalls.ReadAsync(context, sessions, ApiJson.Default.ChangeEmailRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (UserSession session, Request request) = read.Value;
        if ((EmailChanges.ProblemWith(request.NewEmail, "new_email") ?? AccountCalls.Problem("password", request.Password)) is { } problem) return problem.ToApiError();
        return await changes.RequestAsync(session, request.Password!, request.NewEmail!, ConsoleSessions.ClientOf(context), ct) is { } failure ? failure.ToApiError() : TypedResults.Accepted((string?)null);
    }

    public static async Task<Results<NoContent, ApiError>> CancelAsync(HttpContext context, ConsoleSessions sessions, EmailChanges changes, CancellationToken ct)
    {
        Result<UserSession> session = await sessions.DemandAsync(context);
        if (!session.IsSuccess) return session.Failure.ToApiError();
        await changes.CancelAsync(session.Value.UserId, ct);
        return TypedResults.NoContent();
    }
}
