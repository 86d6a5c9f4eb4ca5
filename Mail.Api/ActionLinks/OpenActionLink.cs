using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.ActionLinks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.ActionLinks;

/// <summary>
/// /a/{token}: the page behind an action link; /a: the page at which its code is typed. GET and HEAD show it and change nothing, because scanners open every link and some run
/// scripts: there is none in it. Its button posts, and that acts, once. The token is all the authority there is: no cookie, no login.
/// </summary>
public static class OpenActionLink
{
    private const long LargestForm = 16 * 1024;
    private const string Html = "text/html";

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder pages = api.MapGroup(ActionLinkStore.Path).LimitedByClient(ClientRate.Pages).IsNotAudited("it is done by the link's reader, who is nobody here; the link says who, when and from where").WithTags("Action link page").WithAwayPage();
        pages.MapMethods("/{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).Produces<string>(contentType: Html).Produces<string>(404, Html).Produces<string>(410, Html).WithName("ShowActionLink")
            .WithSummary("Show what a link decides").WithDescription("Changes nothing.");
        pages.MapPost("/{token}", ActAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery().Accepts<Form>("application/x-www-form-urlencoded", "multipart/form-data")
            .Produces<string>(contentType: Html).Produces<string>(404, Html).Produces<string>(409, Html).Produces<string>(410, Html).WithSummary("Decide").WithDescription("What the page's buttons post. Acts once.");
        pages.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (HttpContext http) => new ActionLinkPage(http).AskForCode()).Produces<string>(contentType: Html).WithName("AskForActionCode").WithSummary("Ask for a link's code");
        pages.MapPost("/", ByCodeAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery().Accepts<Form>("application/x-www-form-urlencoded", "multipart/form-data")
            .Produces<string>(contentType: Html).Produces<string>(404, Html).Produces<string>(409, Html).Produces<string>(410, Html).Produces<string>(429, Html)
            .WithSummary("Open a link by its code, or decide by it").WithDescription("With a code alone it shows the link's page; with a choice too it decides. Ten wrong codes from one place in a quarter of an hour are all.");
    }

    /// <param name="Choice">Of a button of the page.</param>
    /// <param name="Code">In place of a token.</param>
    /// <param name="Comment">Where the page asks for some words.</param>
    public sealed record Form(string? Choice, string? Code, string? Comment);

    public static async Task<ContentHttpResult> ShowAsync(string token, HttpContext http, ActionLinkStore links, ActionLinkUse use, TimeProvider clock, CancellationToken ct)
    {
        ActionLinkPage page = new(http);
        return await links.FindByTokenAsync(token, ct) is { } link ? await PageAsync(page, link, http, use, clock, ct) : page.Forged();
    }

    public static async Task<ContentHttpResult> ActAsync(string token, HttpContext http, ActionLinkStore links, ActionLinkUse use, TimeProvider clock, CancellationToken ct)
    {
        ActionLinkPage page = new(http);
        if (await links.FindByTokenAsync(token, ct) is not { } link) return page.Forged();
        IFormCollection? form = await PublicPage.FormAsync(http.Request, ct);
        return await DecideAsync(page, link, form, http, use, clock, ct);
    }

    public static async Task<ContentHttpResult> ByCodeAsync(HttpContext http, ActionLinkStore links, ActionLinkUse use, TimeProvider clock, CancellationToken ct)
    {
        IFormCollection? form = await PublicPage.FormAsync(http.Request, ct);
        string? code = form?["code"].ToString();
        ActionLinkPage page = new(http, code);
        string language = RequestLanguage.Of(http.Request);
        (ActionLink? link, bool tooMany) = await links.FindByCodeAsync(code, http.Connection.RemoteIpAddress, ct);
        if (tooMany) return page.AskForCode(429, ActionLinkWords.TooManyCodes(language));
        if (link is null) return page.AskForCode(404, ActionLinkWords.WrongCode(language));
        return form?["choice"].ToString() is { Length: > 0 } ? await DecideAsync(page, link, form, http, use, clock, ct) : await PageAsync(page, link, http, use, clock, ct);
    }

    private static async Task<ContentHttpResult> PageAsync(ActionLinkPage page, ActionLink link, HttpContext http, ActionLinkUse use, TimeProvider clock, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ActionWords? words = await use.WordsAsync(link, ActionLinkPage.LanguageOf(link, http.Request), ct);
        if (link.StateAt(now) is not ActionState.Open || words is null) return page.Over(link, now, words?.Choices ?? link.Choices);
        await use.OpenedAsync(link, VisitorOf(http), ct);
        return page.Open(link, words, http.Request.Query["choice"]);
    }

    private static async Task<ContentHttpResult> DecideAsync(ActionLinkPage page, ActionLink link, IFormCollection? form, HttpContext http, ActionLinkUse use, TimeProvider clock, CancellationToken ct)
    {
        string language = ActionLinkPage.LanguageOf(link, http.Request);
        ActionWords? words = await use.WordsAsync(link, language, ct); // before: once it is done there may be none
        string choice = form?["choice"].ToString() ?? "";
        ActionUseResult result = await use.UseAsync(link, choice, words?.Comment is null ? null : form?["comment"].ToString(), VisitorOf(http), language, ct);
        if (result.Acted) return page.Done(result.Link ?? link, words?.Choices.FirstOrDefault(known => known.Key == choice)?.Label ?? choice, result.Answer);
        if (result.Answer is { } answer) return page.Failed(link, answer);
        return result.Link is { } now ? await PageAsync(page, now, http, use, clock, ct) : page.Forged(); // also for a choice that there is not
    }

    private static ActionVisitor VisitorOf(HttpContext http) => new(http.Connection.RemoteIpAddress?.ToString(), http.Request.Headers.UserAgent);
}
