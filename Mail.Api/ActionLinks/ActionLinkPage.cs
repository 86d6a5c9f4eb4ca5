using System.Text;
using Mail.Api.Http;
using Mail.Core.ActionLinks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.ActionLinks;

/// <summary>The page behind an action link, in the link's language, else in that of its reader.</summary>
/// <param name="code">The code by which the reader came, which stands in the page's forms in place of a token; null for one who came by the link.</param>
internal sealed class ActionLinkPage(HttpContext http, string? code = null)
{
    private readonly string _language = RequestLanguage.Of(http.Request);

    public static string LanguageOf(ActionLink link, HttpRequest request) =>
        link.Locale is { } locale && Array.Find(["en", "fr"], known => locale.StartsWith(known, StringComparison.OrdinalIgnoreCase) && (locale.Length == 2 || locale[2] == '-')) is { } language
            ? language : RequestLanguage.Of(request);

    /// <summary>What there is to decide.</summary>
    /// <param name="asked">The choice that the link's address names, if any: it comes first.</param>
    public ContentHttpResult Open(ActionLink link, ActionWords words, string? asked)
    {
        string language = LanguageOf(link, http.Request);
        if (words.Choices.Count == 0) return PublicPage.Answer(http, language, 410, words.Title, $"<p role=\"status\">{PublicPage.Text(words.Text ?? "")}</p>"); // its purpose says why
        StringBuilder body = new();
        if (words.Text is { Length: > 0 } text) body.Append("<p>").Append(PublicPage.Text(text)).Append("</p>");
        ActionChoice[] choices = [.. words.Choices.OrderByDescending(choice => choice.Key == asked)];
        if (words.Comment is { } label) body.Append(WithComment(label, choices));
        for (int i = 0; i < choices.Length && words.Comment is null; i++)
        {
            (string, string)[] fields = code is null ? [("choice", choices[i].Key)] : [("choice", choices[i].Key), ("code", code)];
            body.Append(PublicPage.Button(PublicPage.Text(choices[i].Label), isSecond: i > 0, fields));
        }

        if (link.IsTest) body.Append("<hr><p>").Append(ActionLinkWords.Test(language)).Append("</p>");
        return PublicPage.Answer(http, language, 200, words.Title, body.ToString());
    }

    /// <summary>One form of all, so that the words go along whichever button is pressed.</summary>
    private string WithComment(string label, ActionChoice[] choices)
    {
        string hidden = code is null ? "" : $"<input type=\"hidden\" name=\"code\" value=\"{PublicPage.Text(code)}\">";
        string buttons = string.Join(' ', choices.Select((choice, i) => $"<button name=\"choice\" value=\"{PublicPage.Text(choice.Key)}\"{(i > 0 ? " class=\"second\"" : "")}>{PublicPage.Text(choice.Label)}</button>"));
        return $"<form method=\"post\">{hidden}<label for=\"comment\">{PublicPage.Text(label)}</label><textarea id=\"comment\" name=\"comment\" rows=\"4\" maxlength=\"2000\"></textarea>{buttons}</form>";
    }

    /// <summary>Why there is nothing to do: used, expired, revoked, gone.</summary>
    public ContentHttpResult Over(ActionLink link, DateTimeOffset now, IReadOnlyList<ActionChoice> choices)
    {
        string language = LanguageOf(link, http.Request);
        (string title, string text) = link.StateAt(now) switch
        {
            ActionState.Used => ActionLinkWords.Used(language, LabelOf(link.Decision!, choices), link.Decision!.At, link.Decision.LinkId == link.Id),
            ActionState.Revoked => ActionLinkWords.Revoked(language),
            ActionState.Expired => ActionLinkWords.Expired(language, link.ExpiresAt),
            _ => ActionLinkWords.Gone(language),
        };
        return PublicPage.Answer(http, language, 410, title, $"<p role=\"status\">{PublicPage.Text(text)}</p>{(link.StateAt(now) is ActionState.Used ? GoOn(link.RedirectUrl, language) : "")}");
    }

    public ContentHttpResult Done(ActionLink link, string label, ActionAnswer? answer)
    {
        string language = LanguageOf(link, http.Request);
        (string title, string text) = ActionLinkWords.Done(language, label);
        return Answer(link, language, 200, answer?.Title ?? title, answer is { Title: not null } ? answer.Text : answer?.Text ?? text, answer?.RedirectUrl?.AbsoluteUri ?? link.RedirectUrl);
    }

    /// <summary>Its purpose could not do it.</summary>
    public ContentHttpResult Failed(ActionLink link, ActionAnswer answer)
    {
        string language = LanguageOf(link, http.Request);
        (string title, string text) = ActionLinkWords.Failed(language);
        return Answer(link, language, 409, answer.Title ?? title, answer.Text ?? text, answer.RedirectUrl?.AbsoluteUri);
    }

    /// <summary>A link that we have not made, that a program on the way has broken, or that we have forgotten.</summary>
    public ContentHttpResult Forged()
    {
        (string title, string text) = ActionLinkWords.Forged(_language);
        return PublicPage.Answer(http, _language, 404, title, $"<p>{PublicPage.Text(text)}</p>");
    }

    /// <summary>Where a code is typed by those whose link does not open.</summary>
    public ContentHttpResult AskForCode(int status = 200, string? problem = null)
    {
        (string title, string text, string label, string button) = ActionLinkWords.Code(_language);
        string said = problem is null ? "" : $"<p role=\"alert\"><strong>{PublicPage.Text(problem)}</strong></p>";
        return PublicPage.Answer(http, _language, status, title, $"{said}<p>{PublicPage.Text(text)}</p>"
            + $"<form method=\"post\"><label for=\"code\">{PublicPage.Text(label)}</label><input type=\"text\" id=\"code\" name=\"code\" required maxlength=\"32\" autocomplete=\"one-time-code\" autocapitalize=\"characters\" spellcheck=\"false\"><button>{PublicPage.Text(button)}</button></form>");
    }

    private ContentHttpResult Answer(ActionLink link, string language, int status, string title, string? text, string? goOn) => PublicPage.Answer(
        http, language, status, title,
        $"<p role=\"status\">{PublicPage.Text(text ?? "")}</p>{GoOn(goOn, language)}{(link.IsTest ? $"<hr><p>{ActionLinkWords.Test(language)}</p>" : "")}");

    /// <summary>A button and no redirect: the reader sees what was done, and where the way leads.</summary>
    private static string GoOn(string? url, string language) =>
        url is null ? "" : $"<p><a class=\"button\" rel=\"noreferrer\" href=\"{PublicPage.Text(url)}\">{PublicPage.Text(ActionLinkWords.GoOn(language, new Uri(url).Host))}</a></p>";

    private static string LabelOf(ActionDecision decision, IReadOnlyList<ActionChoice> choices) => decision.Label ?? choices.FirstOrDefault(choice => choice.Key == decision.Choice)?.Label ?? decision.Choice;
}
