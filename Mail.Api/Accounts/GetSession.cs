using Mail.Api.Access;
using Mail.Api.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>GET /auth/session: who is signed in.</summary>
public static class GetSession
{
    public static void Map(IEndpointRouteBuilder auth) => auth.MapGet("/session", Handle).WithSummary("Tells who is signed in, and in which projects").WithDescription("401 `missing_session` when nobody is.");

    public static async Task<Results<Ok<SessionResponse>, ApiError>> Handle(HttpContext context, ConsoleSessions sessions) =>
        await sessions.FindAsync(context) is { } session ? TypedResults.Ok(SessionResponse.From(session)) : ConsoleSessions.Missing.ToApiError();
}
