using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>GET /auth/sessions, DELETE /auth/sessions/{id} and DELETE /auth/sessions: where the account is signed in, and ends of it.</summary>
public static class Sessions
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapGet("/sessions", ListAsync).WithSummary("Lists where the account is signed in").WithDescription("The last seen first; `current` is this one. When a session was last seen is known to the minute.");
        auth.MapDelete("/sessions/{id}", EndAsync).ProducesApiError(404).WithSummary("Ends a session").WithDescription("At once: its next request is refused.");
        auth.MapDelete("/sessions", EndOthersAsync).WithSummary("Ends all other sessions");
    }

    /// <param name="Methods">How it was signed in: `pwd`, `totp`, `recovery`.</param>
    /// <param name="ExpiresAt">However busy it is; a session that nobody uses ends after seven days.</param>
    public sealed record Entry(string Id, bool Current, string Browser, string? Ip, IReadOnlyList<string> Methods, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt);

    public sealed record ListResponse(string Object, IReadOnlyList<Entry> Data);

    /// <param name="Ended">How many.</param>
    public sealed record EndedResponse(int Ended);

    public static async Task<Results<Ok<ListResponse>, ApiError>> ListAsync(HttpContext context, ConsoleSessions sessions, UserSessions live, CancellationToken ct)
    {
        Result<UserSession> session = await sessions.DemandAsync(context);
        if (!session.IsSuccess) return session.Failure.ToApiError();
        IReadOnlyList<SessionEntry> all = await live.ListAsync(session.Value.UserId, ct);
        return TypedResults.Ok(new ListResponse("list", [.. all.Select(one => new Entry(one.Id.ToString(), one.Id == session.Value.Id, one.Browser, one.Ip, one.Methods, one.CreatedAt, one.LastSeenAt, one.ExpiresAt))]));
    }

    public static async Task<Results<NoContent, ApiError>> EndAsync(string id, HttpContext context, ConsoleSessions sessions, UserSessions live, CancellationToken ct)
    {
        Result<UserSession> session = await sessions.DemandAsync(context);
        if (!session.IsSuccess) return session.Failure.ToApiError();
        bool ended = Guid.TryParse(id, out Guid wanted) && await live.EndAsync(session.Value.UserId, wanted, wanted == session.Value.Id ? SessionEnds.SignedOut : SessionEnds.EndedByOwner, ct);
        return ended ? TypedResults.NoContent() : Failure.NotFound("Session").ToApiError();
    }

    public static async Task<Results<Ok<EndedResponse>, ApiError>> EndOthersAsync(HttpContext context, ConsoleSessions sessions, UserSessions live, CancellationToken ct)
    {
        Result<UserSession> session = await sessions.DemandAsync(context);
        if (!session.IsSuccess) return session.Failure.ToApiError();
        return TypedResults.Ok(new EndedResponse(await live.EndOthersAsync(null, session.Value.UserId, session.Value.Id, SessionEnds.EndedByOwner, ct)));
    }
}
