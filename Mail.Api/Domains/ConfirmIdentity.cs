using System.Net;
using System.Text;
using Mail.Api.Http;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;

namespace Mail.Api.Domains;

/// <summary>
/// GET and POST /sender-identities/confirm/{token}: the page behind the mailed link. GET only shows it, because mail scanners open every link; its button posts,
/// and that verifies the address. The token is all the authority there is: no cookie, no script.
/// </summary>
public static class ConfirmIdentity
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void Map(IEndpointRouteBuilder identities)
    {
        identities.MapGet("/confirm/{token}", ShowAsync).Produces<string>(contentType: "text/html").WithAwayPage();
        identities.MapPost("/confirm/{token}", ConfirmAsync).Produces<string>(contentType: "text/html").WithAwayPage().DisableAntiforgery();
    }

    public static Task<IResult> ShowAsync(string token, HttpContext http, IdentitySetup setup, CancellationToken ct) => AnswerAsync(token, confirmed: false, http, setup, ct);

    public static Task<IResult> ConfirmAsync(string token, HttpContext http, IdentitySetup setup, CancellationToken ct) => AnswerAsync(token, confirmed: true, http, setup, ct);

    private static async Task<IResult> AnswerAsync(string token, bool confirmed, HttpContext http, IdentitySetup setup, CancellationToken ct)
    {
        (LinkOutcome outcome, SenderIdentity? identity, Project? project) = await setup.OpenAsync(token, confirmed, ct);
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        int status = outcome switch { LinkOutcome.Unknown => 404, LinkOutcome.Over => 410, _ => 200 };
        return TypedResults.Content(Page(outcome, identity?.Email ?? "", project?.Name ?? "", RequestLanguage.Of(http.Request)), "text/html", Encoding.UTF8, status);
    }

    private static string Page(LinkOutcome outcome, string email, string project, string language)
    {
        (string title, string text) = (outcome, language) switch
        {
            (LinkOutcome.Ready, "fr") => ($"Confirmer {email}", $"Le projet «\u00A0{project}\u00A0» pourra envoyer des messages depuis cette adresse. Ne confirmez que si vous le souhaitez."),
            (LinkOutcome.Ready, _) => ($"Confirm {email}", $"The project “{project}” will be able to send mail from this address. Confirm only if you want that."),
            (LinkOutcome.Verified, "fr") => ("L’adresse est vérifiée", $"Le projet «\u00A0{project}\u00A0» peut envoyer des messages depuis {email}. Vous pouvez fermer cette page."),
            (LinkOutcome.Verified, _) => ("The address is verified", $"The project “{project}” can send mail from {email}. You may close this page."),
            (LinkOutcome.Over, "fr") => ("Ce lien n’est plus valable", "Il a plus de sept jours, ou un lien plus récent a été envoyé. Demandez-en un nouveau."),
            (LinkOutcome.Over, _) => ("This link is over", "It is older than seven days, or a later link was mailed. Ask for another one."),
            (_, "fr") => ("Ce lien est inconnu", "Il est incomplet, ou l’adresse n’est plus à vérifier. Ouvrez-le tel qu’il est dans le message."),
            _ => ("This link is not known", "It is not whole, or the address need not be verified any more. Open it as it stands in the mail."),
        };
        string button = outcome == LinkOutcome.Ready ? $"""<form method="post"><button type="submit">{(language == "fr" ? "Confirmer" : "Confirm")}</button></form>""" : "";
        return $$"""
            <!doctype html>
            <html lang="{{language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{WebUtility.HtmlEncode(title)}}</title>
            <style>:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{max-width:32rem;padding:2rem}h1{font-size:1.4rem;overflow-wrap:anywhere}button{font:inherit;padding:.7rem 1.2rem;border:0;border-radius:6px;background:#1f3a8a;color:#fff;cursor:pointer}
            button:focus-visible{outline:3px solid #93b4ff;outline-offset:2px}</style></head>
            <body><main><h1>{{WebUtility.HtmlEncode(title)}}</h1><p>{{WebUtility.HtmlEncode(text)}}</p>{{button}}</main></body></html>
            """;
    }
}
