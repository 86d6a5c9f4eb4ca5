using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/sign-in: e-mail and password for a session cookie, or for half a session where the account has a second factor.</summary>
public static class SignIn
{
    public static void Map(IEndpointRouteBuilder auth) =>
        auth.MapPost("/sign-in", Handle).Accepts<Request>("application/json").ProducesApiError(429)
            .WithSummary("Signs in to the console")
            .WithDescription("Answers 200 with a session cookie, or 202 with `two_factor_required`: then POST /auth/two-factor within five minutes. Unknown addresses, wrong passwords and locked accounts get the same answer.");

    public sealed record Request(string? Email, string? Password);

    /// <summary>An unknown address costs as much time as a wrong password, so that neither answer nor clock tells which accounts exist.</summary>
    public static async Task<Results<Ok<SessionResponse>, Accepted<TwoFactorChallenge>, ApiError>> Handle(HttpContext context, ConsoleSignIn signIn, SignInThrottle throttle, CountedTries tries, ConsoleSessions sessions, UserSessions live, CancellationToken ct)
    {
        Result<Request> read = await AccountCalls.ReadAsync(context, ApiJson.Default.Request, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if ((AccountCalls.EmailProblem(read.Value.Email) ?? AccountCalls.Problem("password", read.Value.Password)) is { } problem) return problem.ToApiError();

        string email = read.Value.Email!;
        SignInBrowser browser = await sessions.BrowserAsync(context);
        string counted = await tries.OfAsync(email, browser.Device, ct);
        if (!await throttle.TryAsync(counted, ct)) return TooMany.ToApiError();

        // A try that is counted comes to its end, also when the browser has gone: with the right password it must not stay counted, or a connection that breaks a few times would shut its owner out.
        SignInAnswer result = await signIn.TryAsync(email, counted, read.Value.Password!, browser, CancellationToken.None);
        if (result.Outcome is SignInOutcome.Refused) return Invalid.ToApiError();
        await throttle.ForgetAsync(counted, CancellationToken.None);
        if (result.Outcome is SignInOutcome.TwoFactorRequired)
        {
            sessions.Challenge(context, result.Ticket!);
            return TypedResults.Accepted((string?)null, new TwoFactorChallenge("two_factor_required", result.Ends!.Value));
        }

        await sessions.SignInAsync(context, result.Ticket!);
        return await live.FindAsync(result.Ticket!, ConsoleSessions.ClientOf(context), ct) is { } session ? TypedResults.Ok(SessionResponse.From(session)) : Invalid.ToApiError();
    }

    internal static Failure Invalid => new(FailureKind.Unauthenticated, "invalid_credentials", "E-mail or password is wrong.");

    private static Failure TooMany => new(FailureKind.TooMany, "too_many_attempts", "Too many tries to sign in with this address. Try again in five minutes.");
}
