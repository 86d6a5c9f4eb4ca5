using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Mail.Api.Access;

/// <summary>The console's sessions in the browser: cookies that name a row in the database and bear its secret. What they are worth stands there (<see cref="UserSessions"/>).</summary>
public sealed class ConsoleSessions(UserSessions sessions, IHostEnvironment environment)
{
    private const string IdClaim = "session", SecretClaim = "secret";
    private const int DeviceOctets = 32, LongestDevice = 64;

    private readonly string _half = CookieName("mail_two_factor", environment), _device = CookieName("mail_device", environment);

    private static readonly TimeSpan _deviceKept = TimeSpan.FromDays(400); // browsers keep no cookie longer

    /// <summary>Outside development a browser takes such a name from this very host over TLS alone, so that no neighbour domain plants one.</summary>
    public static string CookieName(string name, IHostEnvironment environment) => environment.IsDevelopment() ? name : $"__Host-{name}";

    /// <summary>A page of another site cannot set a header of its own without asking first (CORS), which we never allow; SameSite=Strict stands before it.</summary>
    public static bool IsFromConsole(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey("X-Mail-Console");
    }

    public static Failure NotFromConsole => new(FailureKind.Forbidden, "missing_console_header", "A request with a session cookie that changes something needs the header X-Mail-Console: 1.");

    public static Failure Missing => new(FailureKind.Unauthenticated, "missing_session", "Nobody is signed in.");

    public static AccountClient ClientOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IPAddress? address = context.Connection.RemoteIpAddress;
        return new AccountClient((address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(), BrowserName.Of(context.Request.Headers.UserAgent));
    }

    /// <returns>Null without a session that is still good.</returns>
    public async Task<UserSession?> FindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        AuthenticateResult result = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (!Guid.TryParse(result.Principal?.FindFirstValue(IdClaim), out Guid id) || result.Principal.FindFirstValue(SecretClaim) is not { } secret) return null;
        return await sessions.FindAsync(new AccountTicket(id, secret), ClientOf(context), context.RequestAborted);
    }

    /// <summary>For an endpoint of the account itself.</summary>
    public async Task<Result<UserSession>> DemandAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await FindAsync(context) is not { } session) return Missing;
        return IsFromConsole(context.Request) ? session : NotFromConsole;
    }

    /// <summary>What the browser brings along when somebody signs in. It gets a device cookie if it has none: one that says nothing but that it was here.</summary>
    public async Task<SignInBrowser> BrowserAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string? device = context.Request.Cookies[_device];
        if (device is null || device.Length > LongestDevice || !Base64Url.IsValid(device)) device = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(DeviceOctets));
        context.Response.Cookies.Append(_device, device, Options(context, _deviceKept));
        return new SignInBrowser(ClientOf(context), device, await FindAsync(context));
    }

    /// <summary>Hands the browser its session, in place of any that it had.</summary>
    public Task SignInAsync(HttpContext context, AccountTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(ticket);
        context.Response.Cookies.Delete(_half, Options(context, null));
        ClaimsIdentity identity = new([new Claim(IdClaim, ticket.Id.ToString("D", CultureInfo.InvariantCulture)), new Claim(SecretClaim, ticket.Secret)], CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    /// <summary>Half a session, until the second factor is shown.</summary>
    public void Challenge(HttpContext context, AccountTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(ticket);
        context.Response.Cookies.Append(_half, $"{ticket.Id:N}.{ticket.Secret}", Options(context, ConsoleSignIn.HalfSession));
    }

    public AccountTicket? ChallengeOf(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Cookies[_half] is { Length: > 33 and < 200 } text && text[32] == '.' && Guid.TryParseExact(text[..32], "N", out Guid id) ? new AccountTicket(id, text[33..]) : null;
    }

    // Outside development the console stands behind TLS, which ends before it reaches this host.
    private CookieOptions Options(HttpContext context, TimeSpan? lifetime) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = !environment.IsDevelopment() || context.Request.IsHttps, MaxAge = lifetime, Path = "/", IsEssential = true };
}
