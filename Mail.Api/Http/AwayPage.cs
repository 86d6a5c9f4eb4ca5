using System.Security.Cryptography;
using System.Text;
using Mail.Core.Database;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Http;

/// <summary>For links that people open: while the database is away they get a page in words of theirs, and not the JSON that programs get. It asks to come again, so that programs which post a link do.</summary>
internal static class AwayPage
{
    private const string Style = """
        :root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1f2933;background:#f4f6f8}
        main{box-sizing:border-box;max-width:32rem;margin:8vh auto;padding:2rem 1.5rem;background:#fff;border:1px solid #d5dbe1;border-radius:12px}
        h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.25}p{margin:0}
        @media(prefers-color-scheme:dark){body{color:#e6eaee;background:#14181d}main{background:#1d2329;border-color:#3a434d}}
        """;

    private static readonly string _policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; frame-ancestors 'none'";

    public static TBuilder WithAwayPage<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder => endpoints
        .AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (Exception e) when (DatabaseAway.IsCauseOf(e) && !context.HttpContext.Response.HasStarted)
            {
                return Answer(context.HttpContext);
            }
        })
        .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(string), ["text/html"]));

    private static ContentHttpResult Answer(HttpContext http)
    {
        string language = RequestLanguage.Of(http.Request);
        IHeaderDictionary headers = http.Response.Headers;
        headers.RetryAfter = "30";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.Vary = "Accept-Language";
        (string title, string text) = language == "fr"
            ? ("Momentanément indisponible", "Cette page ne peut pas être affichée pour le moment, et rien n’a été changé avec certitude. Rouvrez le lien dans une minute : il reste valable.")
            : ("Not available for a moment", "This page cannot be shown just now, and nothing is sure to have been changed. Open the link again in a minute: it still works.");
        return TypedResults.Content(
            $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">"
            + $"<title>{title}</title><style>{Style}</style></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>", "text/html", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable);
    }
}
