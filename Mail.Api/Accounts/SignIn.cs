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

    /// <summary>A password hash is made to be slow; this many are checked at once, so that guesses do not take the machine from the mail.</summary>
    private static readonly SemaphoreSlim _hashing = new(2);

    /// <summary>An unknown address costs as much time as a wrong password, so that neither answer nor clock tells which accounts exist.</summary>
    public static async Task<Results<Ok<SessionResponse>, ApiError>> Handle(HttpContext context, UserManager<User> users, SignInThrottle throttle, ConsoleSessions sessions, CancellationToken ct)
    {
        if (!ConsoleSessions.IsFromConsole(context.Request)) return ConsoleSessions.NotFromConsole.ToApiError();
        Result<Request> read = JsonBody.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), ApiJson.Default.Request);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (string.IsNullOrEmpty(read.Value.Email)) return Failure.Missing("email").ToApiError();
        if (string.IsNullOrEmpty(read.Value.Password)) return Failure.Missing("password").ToApiError();
        if (read.Value.Email.Contains('\0', StringComparison.Ordinal)) return Failure.Field("email", "is not an address.").ToApiError();

        if (!await throttle.TryAsync(read.Value.Email, ct)) return TooMany.ToApiError();
        User? user = await users.FindByEmailAsync(read.Value.Email);
        if (!await IsRightAsync(users, user, read.Value.Password, ct)) return Invalid.ToApiError();

        await throttle.ForgetAsync(read.Value.Email, ct);
        await ConsoleSessions.SignInAsync(context, user!);
        return TypedResults.Ok(SessionResponse.From(await sessions.OfAsync(user!, ct)));
    }

    private static async Task<bool> IsRightAsync(UserManager<User> users, User? user, string password, CancellationToken ct)
    {
        await _hashing.WaitAsync(ct);
        try
        {
            if (user is not null) return await users.CheckPasswordAsync(user, password);
            users.PasswordHasher.HashPassword(new User(), password);
            return false;
        }
        finally
        {
            _hashing.Release();
        }
    }

    private static Failure Invalid => new(FailureKind.Unauthenticated, "invalid_credentials", "E-mail or password is wrong.");

    private static Failure TooMany => new(FailureKind.TooMany, "too_many_attempts", "Too many tries to sign in with this address. Try again in five minutes.");
}
