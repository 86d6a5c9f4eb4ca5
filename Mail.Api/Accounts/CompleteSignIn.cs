using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/two-factor: the second factor, for a session.</summary>
public static class CompleteSignIn
{
    public static void Map(IEndpointRouteBuilder auth) =>
        auth.MapPost("/two-factor", Handle).Accepts<Request>("application/json")
            .WithSummary("Completes signing in with the second factor")
            .WithDescription("Takes a `code` of the authenticator app or a `recovery_code`, each once. Five tries within five minutes of the password; then sign in again (`two_factor_expired`).");

    public sealed record Request(string? Code, string? RecoveryCode);

    public static async Task<Results<Ok<SessionResponse>, ApiError>> Handle(HttpContext context, ConsoleSignIn signIn, ConsoleSessions sessions, UserSessions live, CancellationToken ct)
    {
        Result<Request> read = await AccountCalls.ReadAsync(context, ApiJson.Default.CompleteSignInRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (AccountCalls.FactorProblem(read.Value.Code, read.Value.RecoveryCode) is { } problem) return problem.ToApiError();
        if (sessions.ChallengeOf(context) is not { } challenge) return Over.ToApiError();

        SignInAnswer result = await signIn.CompleteAsync(challenge, read.Value.Code, read.Value.RecoveryCode, await sessions.BrowserAsync(context), ct);
        if (result.Outcome is not SignInOutcome.SignedIn) return (result.Outcome is SignInOutcome.Refused ? Wrong : Over).ToApiError();
        await sessions.SignInAsync(context, result.Ticket!);
        return await live.FindAsync(result.Ticket!, ConsoleSessions.ClientOf(context), ct) is { } session ? TypedResults.Ok(SessionResponse.From(session)) : Over.ToApiError();
    }

    private static Failure Wrong => new(FailureKind.Unauthenticated, "invalid_code", "This code is wrong, or was used already. Wait for the next one.");

    private static Failure Over => new(FailureKind.Unauthenticated, "two_factor_expired", "The time for the second factor is over, or too many were wrong. Sign in again.");
}
