using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/sign-in: e-mail and password for a session cookie.</summary>
public static class SignIn
{
    public static void Map(IEndpointRouteBuilder auth) =>
        auth.MapPost("/sign-in", Handle).Accepts<Request>("application/json").ProducesApiError(429);

    public sealed record Request(string? Email, string? Password);

    /// <summary>An unknown address costs as much time as a wrong password, so that neither answer nor clock tells which accounts exist.</summary>
    public static async Task<Results<Ok<SessionResponse>, ApiError>> Handle(HttpContext context, UserManager<User> users, ConsoleSessions sessions, CancellationToken ct)
    {
        if (!ConsoleSessions.IsFromConsole(context.Request)) return ConsoleSessions.NotFromConsole.ToApiError();
        Result<Request> read = JsonBody.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), ApiJson.Default.Request);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (string.IsNullOrEmpty(read.Value.Email)) return Failure.Missing("email").ToApiError();
        if (string.IsNullOrEmpty(read.Value.Password)) return Failure.Missing("password").ToApiError();

        User? user = await users.FindByEmailAsync(read.Value.Email);
        if (user is null)
        {
            users.PasswordHasher.HashPassword(new User(), read.Value.Password);
            return Invalid.ToApiError();
        }

        if (await users.IsLockedOutAsync(user)) return TooMany.ToApiError();
        if (!await users.CheckPasswordAsync(user, read.Value.Password))
        {
            await users.AccessFailedAsync(user);
            return (await users.IsLockedOutAsync(user) ? TooMany : Invalid).ToApiError();
        }

        await users.ResetAccessFailedCountAsync(user);
        await ConsoleSessions.SignInAsync(context, user);
        return TypedResults.Ok(SessionResponse.From(await sessions.OfAsync(user, ct)));
    }

    private static Failure Invalid => new(FailureKind.Unauthenticated, "invalid_credentials", "E-mail or password is wrong.");

    private static Failure TooMany => new(FailureKind.TooMany, "too_many_attempts", "Too many failed sign-ins. Try again in five minutes.");
}
