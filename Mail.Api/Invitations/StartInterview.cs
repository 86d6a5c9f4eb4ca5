using System.Text;
using Mail.Api.Http;
using Mail.Core.Invitations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Invitations;

/// <summary>
/// /interview/start/{token}: the page behind an invitation. GET and HEAD show it and change nothing, because scanners open every link in a mail. Its button posts: that starts the interview and leads
/// to the campaign's address with a signed ticket. The token is all the authority there is.
/// </summary>
public static class StartInterview
{
    private const long LargestForm = 16 * 1024;
    private const string Html = "text/html";

    public static void Map(IEndpointRouteBuilder interview)
    {
        RouteGroupBuilder page = interview.MapGroup("/start").WithAwayPage();
        page.MapMethods("/{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).Produces<string>(contentType: Html).Produces<string>(404, Html).Produces<string>(410, Html).WithName("ShowInterviewStart")
            .WithSummary("Show an invitation").WithDescription("Changes nothing.");
        page.MapPost("/{token}", StartAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery().Produces(303).Produces<string>(404, Html).Produces<string>(410, Html)
            .WithSummary("Start the interview").WithDescription("Leads to the campaign's address with a ticket.");
    }

    public static async Task<ContentHttpResult> ShowAsync(string token, HttpContext http, InterviewStart start, CancellationToken ct) => Page(http, await start.LookAsync(token, ct));

    public static async Task<Results<ContentHttpResult, StatusCodeHttpResult>> StartAsync(string token, HttpContext http, InterviewStart start, CancellationToken ct)
    {
        StartLook? look = await start.StartAsync(token, http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent, ct);
        if (look?.Url is not { } url) return Page(http, look);
        IHeaderDictionary headers = http.Response.Headers;
        headers.Location = url.AbsoluteUri;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static ContentHttpResult Page(HttpContext http, StartLook? look)
    {
        string language = LanguageOf(look, http.Request);
        if (look is null)
        {
            (string forged, string why) = InterviewWords.Forged(language);
            return PublicPage.Answer(http, language, 404, forged, $"<p>{PublicPage.Text(why)}</p>");
        }

        if (!look.IsOpen)
        {
            (string title, string text) = InterviewWords.Over(language, look);
            return PublicPage.Answer(http, language, 410, title, $"<p role=\"status\">{PublicPage.Text(text)}</p>");
        }

        (string heading, string words, string button, string until) = InterviewWords.Open(language, look);
        StringBuilder body = new();
        body.Append("<p><strong>").Append(PublicPage.Text(look.Campaign.Title)).Append("</strong></p><p>").Append(PublicPage.Text(words)).Append("</p>");
        body.Append(PublicPage.Button(PublicPage.Text(button), isSecond: false)).Append("<p>").Append(PublicPage.Text(until)).Append("</p>");
        if (look.Campaign.IsTest) body.Append("<hr><p>").Append(PublicPage.Text(InterviewWords.Test(language))).Append("</p>");
        return PublicPage.Answer(http, language, 200, heading, body.ToString(), new Uri(look.Campaign.TargetUrl));
    }

    /// <summary>The candidate's, as in the mail; else the reader's.</summary>
    private static string LanguageOf(StartLook? look, HttpRequest request) =>
        look?.Campaign.LocaleFor(look.Invitation.Locale) is { } locale && Array.Find(["en", "fr"], known => locale.StartsWith(known, StringComparison.OrdinalIgnoreCase) && (locale.Length == 2 || locale[2] == '-')) is { } language
            ? language : RequestLanguage.Of(request);
}
