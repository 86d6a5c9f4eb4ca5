using System.Globalization;
using System.Text;
using Mail.Api.Http;
using Mail.Core.Mailboxes.Providers.Local;
using Mail.Protocol.Mime.Parsing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Mailboxes.Inbox;

/// <summary>One mail of the web inbox, its HTML for the frame, its files, the whole as it came.</summary>
internal static class InboxMail
{
    /// <summary>No script, no form, no frame, no plug-in, and nothing from elsewhere unless the reader asks: a picture tells its sender that it was looked at. Links open beside.</summary>
    private const string FramePolicy = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'; img-src data:";

    private const string Html = "text/html";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/{id}", ShowAsync).WithSummary("Show mail of web inbox").Produces<string>(contentType: Html).Produces<string>(404, Html);
        pages.MapGet("/{id}/html", HtmlAsync).WithSummary("Get HTML of a mail of web inbox").Produces<string>(contentType: Html).Produces<string>(404, Html);
        pages.MapGet("/{id}/raw", RawAsync).WithSummary("Get mail of web inbox as it came").Produces<string>(contentType: "message/rfc822").Produces<string>(404, Html);
        pages.MapGet("/{id}/files/{number:int}", FileAsync).WithSummary("Get file of a mail of web inbox").Produces<string>(contentType: "application/octet-stream").Produces<string>(404, Html);
        pages.MapPost("/{id}/delete", DeleteAsync).WithSummary("Delete mail of web inbox").DisableAntiforgery().Produces<string>(303, Html).Produces<string>(404, Html);
    }

    public static Task<IResult> ShowAsync(string id, HttpContext http, InboxSession session, LocalInbox inbox, CancellationToken ct) =>
        AnswerAsync(id, http, session, inbox, (mime, words, language) =>
        {
            ParsedMessage? mail = Read(mime);
            string root = InboxPages.Root(http);
            StringBuilder html = new();
            html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{root}\">{PublicPage.Text(words.Back)}</a></p><p class=\"small\">{PublicPage.Text(words.From)}: {Who(mail?.From, words.NoSender)}");
            if (mail is { To.Count: > 0 }) html.Append(CultureInfo.InvariantCulture, $"<br>{PublicPage.Text(words.To)}: {Who(mail.To, "")}");
            html.Append("</p>");
            if (mail?.HtmlBody is not null)
            {
                bool withImages = http.Request.Query["images"] == "1";
                html.Append(CultureInfo.InvariantCulture, $"<iframe title=\"{PublicPage.Text(words.Message)}\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" src=\"{root}/{id}/html{(withImages ? "?images=1" : "")}\"></iframe>");
                if (!withImages) html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"?images=1\">{PublicPage.Text(words.Images)}</a></p>");
            }
            else
            {
                html.Append(CultureInfo.InvariantCulture, $"<p>{PublicPage.Text(mail?.TextBody ?? words.Unreadable)}</p>");
            }

            if (mail is { Attachments.Count: > 0 })
                html.Append(CultureInfo.InvariantCulture, $"<h2>{PublicPage.Text(words.Files)}</h2><ul>{string.Concat(mail.Attachments.Select((file, number) => $"<li><a href=\"{root}/{id}/files/{number}\">{PublicPage.Text(FileName(file, number))}</a></li>"))}</ul>");
            html.Append(CultureInfo.InvariantCulture, $"<hr><div class=\"row\"><form method=\"post\" action=\"{root}/{id}/delete\"><button class=\"second\">{PublicPage.Text(words.Delete)}</button></form></div><p class=\"small\"><a href=\"{root}/{id}/raw\">{PublicPage.Text(words.Source)}</a></p>");
            return PublicPage.Answer(http, language, 200, mail?.Subject is { Length: > 0 } subject ? subject : words.NoSubject, html.ToString(), isWide: true);
        }, ct);

    public static Task<IResult> HtmlAsync(string id, HttpContext http, InboxSession session, LocalInbox inbox, CancellationToken ct) =>
        AnswerAsync(id, http, session, inbox, (mime, words, language) =>
        {
            if (Read(mime)?.HtmlBody is not { } body) return Unknown(http, language, words);
            http.Response.Headers.ContentSecurityPolicy = http.Request.Query["images"] == "1" ? $"{FramePolicy} https:" : FramePolicy;
            http.Response.Headers["Referrer-Policy"] = "no-referrer";
            return TypedResults.Content($"<base target=\"_blank\">{body}", Html, Encoding.UTF8);
        }, ct);

    public static Task<IResult> RawAsync(string id, HttpContext http, InboxSession session, LocalInbox inbox, CancellationToken ct) =>
        AnswerAsync(id, http, session, inbox, (mime, _, _) => TypedResults.File(mime, "message/rfc822", $"{id}.eml"), ct);

    /// <summary>To be kept, never to be shown: what a browser would make of it is not for this address.</summary>
    public static Task<IResult> FileAsync(string id, int number, HttpContext http, InboxSession session, LocalInbox inbox, CancellationToken ct) =>
        AnswerAsync(id, http, session, inbox, (mime, words, language) =>
            Read(mime)?.Attachments is { } files && number >= 0 && number < files.Count
                ? TypedResults.File(files[number].DecodeContent(), "application/octet-stream", FileName(files[number], number))
                : Unknown(http, language, words), ct);

    public static async Task<IResult> DeleteAsync(string id, HttpContext http, InboxSession session, LocalInbox inbox, CancellationToken ct)
    {
        string language = RequestLanguage.Of(http.Request);
        InboxWords words = new(language);
        if (await session.FindAsync(http, ct) is not { } mailbox) return InboxPages.SignInPage(http, language, words, 200, null);
        return Guid.TryParse(id, out Guid mail) && await inbox.RemoveAsync(mailbox.Project, mailbox.Id, mail, ct) ? InboxPages.SeeOther(http, $"{InboxPages.Root(http)}?done=deleted") : Unknown(http, language, words);
    }

    private static async Task<IResult> AnswerAsync(string id, HttpContext http, InboxSession session, LocalInbox inbox, Func<byte[], InboxWords, string, IResult> answer, CancellationToken ct)
    {
        string language = RequestLanguage.Of(http.Request);
        InboxWords words = new(language);
        if (await session.FindAsync(http, ct) is not { } mailbox) return InboxPages.SignInPage(http, language, words, 200, null);
        return Guid.TryParse(id, out Guid mail) && await inbox.ReadAsync(mailbox.Project, mailbox.Id, mail, ct) is { } mime ? answer(mime, words, language) : Unknown(http, language, words);
    }

    private static ContentHttpResult Unknown(HttpContext http, string language, InboxWords words) =>
        PublicPage.Answer(http, language, 404, words.Unknown, $"<p>{PublicPage.Text(words.UnknownText)}</p><p><a href=\"{InboxPages.Root(http)}\">{PublicPage.Text(words.Back)}</a></p>");

    private static ParsedMessage? Read(byte[] mime) => ParsedMessage.TryParse(mime, out ParsedMessage? mail, out _) ? mail : null;

    private static string Who(IReadOnlyList<ParsedMailbox>? mailboxes, string nobody) =>
        PublicPage.Text(mailboxes is not { Count: > 0 } ? nobody : string.Join(", ", mailboxes.Take(20).Select(one => one.DisplayName is { Length: > 0 } name ? $"{name} <{one.Address}>" : one.Address)));

    private static string FileName(MimePart file, int number) => file.FileName is { Length: > 0 } name ? name.Length > 200 ? name[..200] : name : $"{number + 1}.{(file.ContentType.MediaType == "message/rfc822" ? "eml" : "bin")}";
}
