using System.Text.RegularExpressions;
using Mail.Core.Common;

namespace Mail.Api.Messages;

/// <summary>Mail is foreign content: what shows it in the console's frame.</summary>
internal static partial class MailPreview
{
    /// <summary>No script, no form, no frame, no plug-in; images as the sender linked them.</summary>
    public const string Policy = "sandbox; default-src 'none'; img-src data: https: http:; style-src 'unsafe-inline' https:; font-src https: data:; frame-ancestors 'self'";

    public static void Secure(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <returns>Null when that is no scheme.</returns>
    public static Failure? Objection(string? scheme) => scheme is null or "" or "light" or "dark" ? null : Failure.Field("scheme", "must be `light` or `dark`.");

    /// <summary>
    /// As a reader shows it that has this scheme, whatever the browser's is: a frame that is shut off asks the browser and not the page around it. So the mail's own
    /// question is answered here, by a condition that always or never holds.
    /// </summary>
    /// <param name="scheme">`light` or `dark`; null leaves it to the browser.</param>
    public static string? InScheme(string? html, string? scheme) => html is null || string.IsNullOrEmpty(scheme) ? html
        : Question().Replace(html, question => question.Groups["scheme"].Value.Equals(scheme, StringComparison.OrdinalIgnoreCase) ? "(min-width:0)" : "(max-width:0)");

    [GeneratedRegex(@"\(\s*prefers-color-scheme\s*:\s*(?<scheme>light|dark)\s*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Question();
}
