using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Suppressions;

/// <summary>The page behind an unsubscribe link, in one language. Plain HTML: it must work in every browser, also in that of a mail program.</summary>
internal sealed class UnsubscribePage(string language)
{
    private const string Style = """
        :root{color-scheme:light dark}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1f2933;background:#f4f6f8}
        main{box-sizing:border-box;max-width:32rem;margin:8vh auto;padding:2rem 1.5rem;background:#fff;border:1px solid #d5dbe1;border-radius:12px;overflow-wrap:anywhere}
        h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.25}p{margin:0 0 1rem}form{margin:0 0 .75rem}hr{margin:1.5rem 0;border:0;border-top:1px solid #8a94a0}
        button{font:inherit;font-weight:600;min-height:44px;padding:.5rem 1.25rem;border-radius:8px;border:1px solid #1d4ed8;color:#fff;background:#1d4ed8;cursor:pointer}
        button.second{color:#1f2933;background:#fff;border-color:#8a94a0}button:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
        @media(prefers-color-scheme:dark){body{color:#e6eaee;background:#14181d}main{background:#1d2329;border-color:#3a434d}button{background:#2f5fd0;border-color:#2f5fd0}button.second{color:#e6eaee;background:#1d2329;border-color:#8a94a0}}
        @media(max-width:36rem){main{margin:0;border-width:0 0 1px;border-radius:0}}
        """;

    private readonly UnsubscribeWords _words = UnsubscribeWords.In(language);

    /// <summary>Of the style sheet, for the content security policy.</summary>
    public static string StyleHash { get; } = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

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

    private static string Button(string action, string text, bool second) =>
        $"<form method=\"post\"><input type=\"hidden\" name=\"action\" value=\"{action}\"><button{(second ? " class=\"second\"" : "")}>{text}</button></form>";

    private ContentHttpResult Answer(int status, string title, string body) => TypedResults.Content(
        $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">"
        + $"<title>{title}</title><style>{Style}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>", "text/html", Encoding.UTF8, status);
}
