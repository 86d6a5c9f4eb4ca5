using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>GET /auth/session: who is signed in.</summary>
public static class GetSession
{
    public static void Map(IEndpointRouteBuilder auth) => auth.MapGet("/session", Handle);

    public static async Task<Results<Ok<SessionResponse>, ApiError>> Handle(HttpContext context, ConsoleSessions sessions) =>
        await sessions.FindAsync(context) is { } session
            ? TypedResults.Ok(SessionResponse.From(session))
            : new Failure(FailureKind.Unauthenticated, "missing_session", "Nobody is signed in.").ToApiError();
}
