using Mail.Api.Access;
using Mail.Api.Audit;
using Mail.Api.Http;
using Mail.Core.Database;
using Mail.Core.Suppressions;
using Mail.Core.Tracking;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.Suppressions;

/// <summary>
/// /unsubscribe/{token}: the link of list mail (RFC 8058). POST acts, at once and without cookie, login or question: mail programs send it by themselves. GET shows
/// a page with a button and changes nothing, because scanners follow every link. The token is all the proof there is, and all that is needed.
/// </summary>
public static class Unsubscribe
{
    private const long LargestForm = 16 * 1024;

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder pages = api.MapGroup("/unsubscribe").LimitedByClient(ClientRate.Pages).WithTags("Unsubscribe page").WithAwayPage();
        pages.MapMethods("/{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).WithSummary("Show unsubscribe page").Produces<string>(contentType: "text/html").Produces<string>(404, "text/html").WithName("ShowUnsubscribePage");
        pages.MapPost("/{token}", ActAsync).WithSummary("Unsubscribe").IsNotAudited("the reader's own will stands in the events of the message").WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery()
            .Accepts<Form>("application/x-www-form-urlencoded", "multipart/form-data", "*/*").Produces<string>(contentType: "text/html").Produces<string>(400, "text/html").Produces<string>(404, "text/html");
    }

    /// <param name="Action">From the page's own buttons: `unsubscribe`, `unsubscribe_all`, `resubscribe`, `do_not_track` or `track_again`. Mail programs send `List-Unsubscribe=One-Click` instead.</param>
    public sealed record Form(string? Action);

    /// <summary>Changes nothing.</summary>
    public static async Task<ContentHttpResult> ShowAsync(string token, HttpContext http, UnsubscribeLinks links, SuppressionList list, TrackingObjections objections, MailDbContext db, CancellationToken ct)
    {
        UnsubscribePage page = new(http);
        if (token == UnsubscribeLinks.Preview) return page.Preview();
        if (await links.ReadAsync(token, ct) is not { } target) return page.Forged();
        return page.Of(target, await SenderAsync(db, target, ct), await list.IsUnsubscribedAsync(target, ct), isChange: false, reading: await ReadingAsync(objections, target, ct));
    }

    public static async Task<ContentHttpResult> ActAsync(string token, HttpContext http, UnsubscribeLinks links, SuppressionList list, TrackingObjections objections, MailDbContext db, CancellationToken ct)
    {
        UnsubscribePage page = new(http);
        if (token == UnsubscribeLinks.Preview) return page.Preview();
        if (await links.ReadAsync(token, ct) is not { } target) return page.Forged();
        IFormCollection? form = await PublicPage.FormAsync(http.Request, ct);
        string? action = form?["List-Unsubscribe"].ToString() == "One-Click" ? "unsubscribe" : form?["action"].ToString();
        bool isKnown = action is "unsubscribe" or "unsubscribe_all" or "resubscribe" or "do_not_track" or "track_again";
        if (isKnown && target.IsTest) return page.Test();
        if (action == "do_not_track") await objections.AddAsync(target.ProjectId, target.Address, TrackingObjections.ByRecipient, ct);
        if (action == "track_again") await objections.RemoveAsync(target.ProjectId, target.Address, ct);
        if (action is not ("unsubscribe" or "unsubscribe_all" or "resubscribe"))
            return page.Of(target, await SenderAsync(db, target, ct), await list.IsUnsubscribedAsync(target, ct), isChange: false, isKnown ? 200 : 400, await ReadingAsync(objections, target, ct));
        if (action == "unsubscribe_all") target = target with { Topic = "" };
        if (action == "resubscribe") await list.ResubscribeAsync(target, ct);
        else await list.UnsubscribeAsync(target, ct);
        return page.Of(target, await SenderAsync(db, target, ct), action != "resubscribe", isChange: true, reading: await ReadingAsync(objections, target, ct));
    }

    /// <summary>Whether the person's reading is measured. Null where nothing is tracked: then the page does not speak of it.</summary>
    private static async Task<bool?> ReadingAsync(TrackingObjections objections, UnsubscribeTarget target, CancellationToken ct) =>
        await objections.FindAsync(target.ProjectId, target.Address, ct) is not null ? false : await objections.ConcernsAsync(target.ProjectId, target.MessageId, ct) ? true : null;

    private static Task<string?> SenderAsync(MailDbContext db, UnsubscribeTarget target, CancellationToken ct) =>
        db.Projects.Where(project => project.Id == target.ProjectId).Select(project => project.Name).SingleOrDefaultAsync(ct);
}
