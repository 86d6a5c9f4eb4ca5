using Mail.Api.Access;
using Mail.Api.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/sign-out: forgets the session cookie.</summary>
public static class SignOut
{
    public static void Map(IEndpointRouteBuilder auth) => auth.MapPost("/sign-out", (Delegate)Handle);

    public static async Task<Results<NoContent, ApiError>> Handle(HttpContext context)
    {
        if (!ConsoleSessions.IsFromConsole(context.Request)) return ConsoleSessions.NotFromConsole.ToApiError();
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.NoContent();
    }
}
