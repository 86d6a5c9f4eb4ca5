using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/password: another password, by somebody who knows the one before.</summary>
public static class ChangePassword
{
    public static void Map(IEndpointRouteBuilder auth) =>
        auth.MapPost("/password", Handle).Accepts<Request>("application/json").ProducesApiError(409)
            .WithSummary("Changes the own password").WithDescription("Ends all other sessions, and tells the owner by mail.");

    public sealed record Request(string? CurrentPassword, string? NewPassword);

    public static async Task<Results<NoContent, ApiError>> Handle(HttpContext context, ConsoleSessions sessions, AccountChanges changes, UserManager<User> users, CancellationToken ct)
    {
        Result<(UserSession Session, Request Body)> read = await AccountCalls.ReadAsync(context, sessions, ApiJson.Default.ChangePasswordRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        (UserSession session, Request request) = read.Value;
        if ((AccountCalls.Problem("current_password", request.CurrentPassword) ?? await Passwords.ProblemAsync(users, request.NewPassword, "new_password", session.Email)) is { } problem) return problem.ToApiError();
        return await changes.ChangePasswordAsync(session, request.CurrentPassword!, request.NewPassword!, ConsoleSessions.ClientOf(context), ct) is { } failure ? failure.ToApiError() : TypedResults.NoContent();
    }
}
