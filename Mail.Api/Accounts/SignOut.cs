using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/sign-out: ends this session. POST /auth/sign-out-everywhere: ends all of the account's.</summary>
public static class SignOut
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("/sign-out", HandleAsync).WithSummary("Signs out").WithDescription("Ends the session of the cookie; a copy of the cookie is worth nothing afterwards. 204 also without one.");
        auth.MapPost("/sign-out-everywhere", EverywhereAsync).WithSummary("Signs out everywhere").WithDescription("Ends all sessions of the account, this one too.");
    }

    public static async Task<Results<NoContent, ApiError>> HandleAsync(HttpContext context, ConsoleSessions sessions, UserSessions live, CancellationToken ct)
    {
        if (!ConsoleSessions.IsFromConsole(context.Request)) return ConsoleSessions.NotFromConsole.ToApiError();
        if (await sessions.FindAsync(context) is { } session) await live.EndAsync(session.UserId, session.Id, SessionEnds.SignedOut, ct);
        await ConsoleSessions.SignOutAsync(context);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ApiError>> EverywhereAsync(HttpContext context, ConsoleSessions sessions, UserSessions live, CancellationToken ct)
    {
        Result<UserSession> session = await sessions.DemandAsync(context);
        if (!session.IsSuccess) return session.Failure.ToApiError();
        await live.EndOthersAsync(null, session.Value.UserId, null, SessionEnds.SignedOut, ct);
        await ConsoleSessions.SignOutAsync(context);
        return TypedResults.NoContent();
    }
}
