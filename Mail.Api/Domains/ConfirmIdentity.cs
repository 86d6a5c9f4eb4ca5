using System.Net;
using Mail.Api.Access;
using Mail.Api.Audit;
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
    public static void Map(IEndpointRouteBuilder identities)
    {
        identities.MapGet("/confirm/{token}", ShowAsync).WithSummary("Show page that confirms sender identity").LimitedByClient(ClientRate.Pages).Produces<string>(contentType: "text/html").WithAwayPage();
        identities.MapPost("/confirm/{token}", ConfirmAsync).WithSummary("Confirm sender identity").LimitedByClient(ClientRate.Pages).IsNotAudited("it is done by the link's reader, who is nobody here; the identity says when").Produces<string>(contentType: "text/html").WithAwayPage().DisableAntiforgery();
    }

    public static Task<IResult> ShowAsync(string token, HttpContext http, IdentitySetup setup, CancellationToken ct) => AnswerAsync(token, confirmed: false, http, setup, ct);

    public static Task<IResult> ConfirmAsync(string token, HttpContext http, IdentitySetup setup, CancellationToken ct) => AnswerAsync(token, confirmed: true, http, setup, ct);

    private static async Task<IResult> AnswerAsync(string token, bool confirmed, HttpContext http, IdentitySetup setup, CancellationToken ct)
    {
        (LinkOutcome outcome, SenderIdentity? identity, Project? project) = await setup.OpenAsync(token, confirmed, ct);
        int status = outcome switch { LinkOutcome.Unknown => 404, LinkOutcome.Over => 410, _ => 200 };
        (string email, string name, string language) = (identity?.Email ?? "", project?.Name ?? "", RequestLanguage.Of(http.Request));
        (string title, string text) = Words(outcome, email, name, language);
        string button = outcome == LinkOutcome.Ready ? PublicPage.Button(language == "fr" ? "Confirmer" : "Confirm", isSecond: false) : "";
        return PublicPage.Answer(http, language, status, title, $"<p>{WebUtility.HtmlEncode(text)}</p>{button}");
    }

    private static (string Title, string Text) Words(LinkOutcome outcome, string email, string project, string language) => (outcome, language) switch
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
}
