using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Mail.Core.Messages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Http;

/// <summary>
/// The shell of every page that people reach by a link in a mail. Plain HTML, one column, no script, nothing from another site: it must work in every browser, also in that of
/// a mail program. It leaves no trace: neither in a cache nor in a referrer nor in a search engine.
/// </summary>
internal static class PublicPage
{
    private const string Style = """
        :root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1f2933;background:#f4f6f8}
        main{box-sizing:border-box;max-width:32rem;margin:8vh auto;padding:2rem 1.5rem;background:#fff;border:1px solid #d5dbe1;border-radius:12px;overflow-wrap:anywhere}
        h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.25}p{margin:0 0 1rem;white-space:pre-line}form{margin:0 0 .75rem}hr{margin:1.5rem 0;border:0;border-top:1px solid #8a94a0}
        label{display:block;font-weight:600;margin:0 0 .25rem}textarea{box-sizing:border-box;width:100%;font:inherit;color:inherit;background:transparent;margin:0 0 1rem;padding:.5rem .75rem;border:1px solid #8a94a0;border-radius:8px}input[type=text],input[type=email],input[type=password]{box-sizing:border-box;width:100%;font:inherit;font-size:1.25rem;letter-spacing:.1em;min-height:44px;margin:0 0 1rem;padding:.5rem .75rem;border:1px solid #8a94a0;border-radius:8px}
        button,a.button{display:inline-block;box-sizing:border-box;font:inherit;font-weight:600;min-height:44px;padding:.5rem 1.25rem;border-radius:8px;border:1px solid #1d4ed8;color:#fff;background:#1d4ed8;cursor:pointer;text-decoration:none}
        button.second{color:#1f2933;background:#fff;border-color:#8a94a0}button:focus-visible,a:focus-visible,input:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
        h2{margin:0 0 .25rem;font-size:1.15rem;line-height:1.3}h3{margin:1rem 0 .25rem;font-size:1rem}h4{margin:1rem 0 .25rem;font-size:.9rem}section>h3:first-child{margin-top:0}section{margin:0 0 1.25rem;padding:1rem 0 0;border-top:1px solid #8a94a0}
        h2+section{padding-top:.5rem;border-top:0}section+h2{margin-top:2rem;padding-top:1rem;border-top:3px double #8a94a0}a{color:#1d4ed8}p>a:only-child,a[href^=tel]{display:inline-block;padding:.6rem 0}a[href^=tel]{padding:.25rem 0}
        ul{margin:0;padding:0;list-style:none}li{margin:0 0 .75rem;padding:.75rem;border:1px solid #d5dbe1;border-radius:8px}li p{margin:0 0 .5rem}.row{display:flex;flex-wrap:wrap;gap:.5rem}.row form{margin:0}
        main.wide{max-width:52rem}iframe{box-sizing:border-box;width:100%;height:70vh;border:1px solid #8a94a0;border-radius:8px;background:#fff}ul.mails a{display:block;text-decoration:none;color:inherit}ul.mails .new{font-weight:600}.small{font-size:.875rem;color:#52606d}
        summary{min-height:44px;padding:.6rem 0;box-sizing:border-box;cursor:pointer;font-weight:600}
        @media(prefers-color-scheme:dark){li{border-color:#3a434d}a{color:#8ab4ff}.small{color:#a3adb8}body{color:#e6eaee;background:#14181d}main{background:#1d2329;border-color:#3a434d}button,a.button{color:#fff;background:#2f5fd0;border-color:#2f5fd0}button.second{color:#e6eaee;background:#1d2329;border-color:#8a94a0}}
        @media(max-width:36rem){main{margin:0;border-width:0 0 1px;border-radius:0}}
        """;

    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly string _policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <param name="language">`en` or `fr`.</param>
    /// <param name="title">As plain text.</param>
    /// <param name="body">As HTML.</param>
    /// <param name="leadsTo">Where the answer to its form leads on: browsers ask the policy about that place too.</param>
    /// <param name="isWide">For lists and mails; then it may hold frames of our own.</param>
    public static ContentHttpResult Answer(HttpContext http, string language, int status, string title, string body, Uri? leadsTo = null, bool isWide = false)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = leadsTo is null ? isWide ? $"{_policy}; frame-src 'self'" : _policy : $"{_policy} {leadsTo.GetLeftPart(UriPartial.Authority)}";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.Vary = "Accept-Language";
        string heading = Text(title);
        return TypedResults.Content(
            $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">"
            + $"<title>{heading}</title><style>{Style}</style></head><body><main{(isWide ? " class=\"wide\"" : "")}><h1>{heading}</h1>{body}</main></body></html>", "text/html", Encoding.UTF8, status);
    }

    /// <summary>Plain text as HTML, its letters as they are, but for those that would turn the text around it.</summary>
    public static string Text(string text) => _encoder.Encode(TextRules.WithoutTurns(text));

    /// <summary>A form with one button, which posts to the page's own address.</summary>
    /// <param name="text">As HTML.</param>
    /// <param name="fields">Sent with it; values as plain text.</param>
    public static string Button(string text, bool isSecond, params (string Name, string Value)[] fields) =>
        $"<form method=\"post\">{string.Concat(fields.Select(field => $"<input type=\"hidden\" name=\"{field.Name}\" value=\"{Text(field.Value)}\">"))}<button{(isSecond ? " class=\"second\"" : "")}>{text}</button></form>";

    /// <returns>Null for what is no form.</returns>
    public static async Task<IFormCollection?> FormAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return null; // no form after all
        }
    }
}
