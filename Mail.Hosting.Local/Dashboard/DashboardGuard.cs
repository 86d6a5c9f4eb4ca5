using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mail.Hosting.Local.Dashboard;

/// <summary>
/// Keeps other web sites out of a page that has no sign-in. A foreign name that resolves to 127.0.0.1 (DNS rebinding) is seen by the Host
/// header; a form or script of another site by its Origin, its Sec-Fetch-Site, and by not knowing the token that only our page carries.
/// </summary>
internal sealed class DashboardGuard(int port, string token)
{
    public const string TokenHeader = "X-Dashboard-Token";
    public const string TokenField = "token";

    private readonly HashSet<string> _hosts = new([$"localhost:{port}", $"127.0.0.1:{port}"], StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!_hosts.Contains(context.Request.Host.Value ?? "") || (!HttpMethods.IsGet(context.Request.Method) && !await IsOurOwnAsync(context.Request)))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next(context);
    }

    private async Task<bool> IsOurOwnAsync(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Scheme == Uri.UriSchemeHttp && _hosts.Contains(from.Authority))) return false;
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin")) return false;
        string given = request.Headers[TokenHeader].ToString();
        if (given.Length == 0 && request.HasFormContentType) given = (await request.ReadFormAsync())[TokenField].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
    }
}
