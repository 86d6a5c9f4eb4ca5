using System.Net;
using System.Text;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Suppressions;

/// <summary>The page behind an unsubscribe link, in the language of its reader.</summary>
internal sealed class UnsubscribePage(HttpContext http)
{
    private readonly string _language = RequestLanguage.Of(http.Request);
    private readonly UnsubscribeWords _words = UnsubscribeWords.In(RequestLanguage.Of(http.Request));

    /// <param name="sender">The project's name; null when it is gone.</param>
    /// <param name="isChange">Whether it was done by this very request.</param>
    /// <param name="reading">Whether the person's reading is measured; null to say nothing of it.</param>
    public ContentHttpResult Of(UnsubscribeTarget target, string? sender, bool isUnsubscribed, bool isChange, int status = 200, bool? reading = null)
    {
        if (sender is null) return Forged();
        string who = $"<strong>{WebUtility.HtmlEncode(MaskedAddress.Of(target.Address))}</strong>", from = $"<strong>{WebUtility.HtmlEncode(sender)}</strong>";
        bool oneTopic = target.Topic.Length > 0;
        string what = !oneTopic ? _words.AllMail : Guid.TryParse(target.Topic, out _) ? _words.ThisTopic : string.Format(null, _words.Topic, WebUtility.HtmlEncode(target.Topic));
        StringBuilder body = new();
        if (isUnsubscribed)
        {
            body.Append("<p role=\"status\">").AppendFormat(null, _words.Done, who, what, from).Append("</p><p>").Append(_words.Exceptions).Append("</p>").Append(Button("resubscribe", _words.TakeBack, second: true)).Append(Reading(reading, from));
            return Answer(status, _words.DoneTitle, body.ToString());
        }

        body.Append("<p role=\"status\">").AppendFormat(null, isChange ? _words.Back : _words.Question, who, what, from).Append("</p>").Append(Button("unsubscribe", oneTopic ? _words.ButtonOne : _words.Button, second: isChange));
        if (oneTopic) body.Append(Button("unsubscribe_all", _words.ButtonAll, second: true));
        body.Append(Reading(reading, from));
        return Answer(status, isChange ? _words.BackTitle : _words.Title, body.ToString());
    }

    /// <summary>Opens and clicks: another matter than getting mail at all.</summary>
    private string Reading(bool? isMeasured, string sender) => isMeasured switch
    {
        true => $"<hr><p>{string.Format(null, _words.Measured, sender)}</p>{Button("do_not_track", _words.DoNotMeasure, second: true)}",
        false => $"<hr><p role=\"status\">{string.Format(null, _words.NotMeasured, sender)}</p>{Button("track_again", _words.MeasureAgain, second: true)}",
        null => "",
    };

    /// <summary>A link that we have not made, or that a program on the way has broken.</summary>
    public ContentHttpResult Forged() => Answer(404, _words.ForgedTitle, $"<p>{_words.Forged}</p>");

    public ContentHttpResult Preview() => Answer(200, _words.Title, $"<p>{_words.Preview}</p>");

    public ContentHttpResult Test() => Answer(200, _words.Title, $"<p role=\"status\">{_words.Test}</p>");

    private static string Button(string action, string text, bool second) => PublicPage.Button(text, second, ("action", action));

    private ContentHttpResult Answer(int status, string title, string body) => PublicPage.Answer(http, _language, status, title, body);
}
