namespace Mail.Api.Messages;

/// <summary>Mail is foreign content: what shows it in the console's frame.</summary>
internal static class MailPreview
{
    /// <summary>No script, no form, no frame, no plug-in; images as the sender linked them.</summary>
    public const string Policy = "sandbox; default-src 'none'; img-src data: https: http:; style-src 'unsafe-inline' https:; font-src https: data:; frame-ancestors 'self'";

    public static void Secure(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
