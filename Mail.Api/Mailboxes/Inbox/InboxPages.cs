using System.Globalization;
using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Providers.Local;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Mailboxes.Inbox;

/// <summary>/webmail: the web inbox of mailboxes on this installation. Server-rendered, without script; what came is foreign content and is shown in a frame that may do nothing.</summary>
public static class InboxPages
{
    public const string Path = "/webmail";

    private const long LargestForm = 4 * 1024;
    private const int PageSize = 50;
    private const string Html = "text/html";

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder pages = api.MapGroup(Path).IsNotAudited("it is done by the mailbox's reader, who is nobody in the project; it changes what is in their mailbox alone").WithTags("Web inbox").WithAwayPage();
        RouteGroupBuilder open = pages.MapGroup("").LimitedByClient(ClientRate.Pages);
        open.MapGet("", ListAsync).WithSummary("Show web inbox, or its sign-in").Produces<string>(contentType: Html);
        open.MapPost("/sign-out", SignOut).WithSummary("Close web inbox").DisableAntiforgery().Produces<string>(303, Html);
        pages.MapPost("/sign-in", SignInAsync).WithSummary("Open web inbox").LimitedByClient(ClientRate.Accounts).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery()
            .Accepts<SignInForm>("application/x-www-form-urlencoded", "multipart/form-data").Produces<string>(303, Html).Produces<string>(422, Html);
        InboxMail.Map(open);
    }

    /// <summary>Where these pages are for a browser: below the path of BASE_URL, which whatever stands in front of us takes off.</summary>
    internal static string Root(HttpContext http) => (http.RequestServices.GetRequiredService<PublicUrl>().Value?.AbsolutePath.TrimEnd('/') ?? "") + Path;

    /// <param name="Address">The mailbox's.</param>
    /// <param name="Password">The one of its SMTP credentials.</param>
    public sealed record SignInForm(string? Address, string? Password);

    internal static async Task<ContentHttpResult> ListAsync(HttpContext http, InboxSession session, LocalInbox inbox, CancellationToken ct, string? after = null)
    {
        string language = RequestLanguage.Of(http.Request);
        InboxWords words = new(language);
        string root = Root(http);
        if (await session.FindAsync(http, ct) is not { } mailbox) return SignInPage(http, language, words, 200, null);
        (IReadOnlyList<LocalMailEntry> mails, bool hasMore) = await inbox.ListAsync(mailbox.Project, mailbox.Id, PageSize, Guid.TryParse(after, out Guid last) ? last : null, ct);
        string said = http.Request.Query["done"] == "deleted" ? $"<p role=\"status\"><strong>{PublicPage.Text(words.Deleted)}</strong></p>" : "";
        if (!mailbox.IsOpen) said += $"<p role=\"alert\"><strong>{PublicPage.Text(words.Suspended)}</strong></p>";
        string list = mails.Count == 0 ? $"<p>{PublicPage.Text(words.Empty)}</p>" : $"<ul class=\"mails\">{string.Concat(mails.Select(mail => Row(mail, words, root)))}</ul>";
        string older = hasMore ? $"<p><a href=\"{root}?after={mails[^1].Id}\">{PublicPage.Text(words.Older)}</a></p>" : "";
        string end = $"<hr><p class=\"small\">{PublicPage.Text(words.Used(mailbox.Bytes, LocalInbox.Room))}</p><form method=\"post\" action=\"{root}/sign-out\"><button class=\"second\">{PublicPage.Text(words.SignOut)}</button></form>";
        return PublicPage.Answer(http, language, 200, mailbox.Address, said + list + older + end, isWide: true);
    }

    internal static async Task<ContentHttpResult> SignInAsync(HttpContext http, InboxSession session, CancellationToken ct)
    {
        IFormCollection? form = await PublicPage.FormAsync(http.Request, ct);
        string address = form?["address"].ToString() ?? "";
        if (await session.SignInAsync(http, address, form?["password"].ToString() ?? "", ct)) return SeeOther(http, Root(http));
        string language = RequestLanguage.Of(http.Request);
        InboxWords words = new(language);
        return SignInPage(http, language, words, StatusCodes.Status422UnprocessableEntity, address);
    }

    internal static ContentHttpResult SignOut(HttpContext http, InboxSession session)
    {
        session.SignOut(http);
        return SeeOther(http, Root(http));
    }

    /// <summary>A reload shows, and does nothing again.</summary>
    internal static ContentHttpResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return TypedResults.Content("", Html, null, StatusCodes.Status303SeeOther);
    }

    /// <param name="tried">What was typed as the address; null at first.</param>
    internal static ContentHttpResult SignInPage(HttpContext http, string language, InboxWords words, int status, string? tried)
    {
        string problem = tried is null ? "" : $"<p role=\"alert\"><strong>{PublicPage.Text(words.Wrong)}</strong></p>";
        return PublicPage.Answer(http, language, status, words.SignIn, $"""
            {problem}<p>{PublicPage.Text(words.SignInHint)}</p><form method="post" action="{Root(http)}/sign-in">
            <label for="address">{PublicPage.Text(words.Address)}</label><input id="address" name="address" type="email" autocomplete="username" required value="{PublicPage.Text(tried ?? "")}">
            <label for="password">{PublicPage.Text(words.Password)}</label><input id="password" name="password" type="password" autocomplete="current-password" required>
            <button>{PublicPage.Text(words.SignInButton)}</button></form>
            """);
    }

    private static string Row(LocalMailEntry mail, InboxWords words, string root)
    {
        string subject = PublicPage.Text(mail.Subject.Length == 0 ? words.NoSubject : mail.Subject), sender = PublicPage.Text(mail.Sender.Length == 0 ? words.NoSender : mail.Sender);
        string unread = mail.IsRead ? "" : $" · {PublicPage.Text(words.Unread)}";
        return string.Create(CultureInfo.InvariantCulture, $"<li><a href=\"{root}/{mail.Id}\"{(mail.IsRead ? "" : " class=\"new\"")}>{sender}<br>{subject}<br><span class=\"small\">{PublicPage.Text(words.Moment(mail.ReceivedAt))} · {PublicPage.Text(words.Size(mail.Bytes))}{unread}</span></a></li>");
    }
}
