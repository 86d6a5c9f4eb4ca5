using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Tracking;

namespace Mail.Api.Tracking;

/// <summary>
/// /t/o/{token} and /t/c/{token}: the picture and the links of tracked mail. The event is committed before the answer, but nobody waits for long: a person must reach
/// the page, whatever our database does. Who says by their browser that they want no tracking (DNT, Global Privacy Control) leaves no event.
/// </summary>
public static class TrackHits
{
    /// <summary>A transparent GIF of one pixel.</summary>
    private static readonly byte[] _pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static readonly string[] _purposes = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    public static void Map(IEndpointRouteBuilder api)
    {
        RouteGroupBuilder links = api.MapGroup("/t").WithTags("Tracked mail");
        links.MapMethods("/o/{token}", [HttpMethods.Get, HttpMethods.Head], OpenAsync).WithSummary("Record open").Produces<byte[]>(contentType: "image/gif").ProducesApiError(404).WithName("TrackOpen");
        links.MapGet("/host", HostAsync).WithSummary("Say whether links lead to this host").Produces(200).ProducesApiError(404).WithName("TrackingHost");
        links.MapMethods("/c/{token}", [HttpMethods.Get, HttpMethods.Head], ClickAsync).WithSummary("Record click and lead on").Produces(302).ProducesApiError(404).WithAwayPage().WithName("TrackClick");
    }

    /// <summary>What a server that gets certificates on demand asks (Caddy's `ask`): only names that links of a project lead to are worth one.</summary>
    /// <param name="domain">Such as `links.example.com`.</param>
    public static async Task<IResult> HostAsync(TrackingDirectory tracking, CancellationToken ct, string? domain = null) =>
        domain is { Length: <= 253 } && await tracking.IsHostAsync(domain, ct) ? TypedResults.Ok() : Failure.NotFound("Host").ToApiError();

    public static async Task<IResult> OpenAsync(string token, HttpContext http, TrackingLinks links, TrackingRecorder recorder, TimeProvider clock, CancellationToken ct)
    {
        if (await ReadAsync(token, isClick: false, http, links, ct) is not { } target) return Failure.NotFound("Link").ToApiError();
        await RecordAsync(target, http, recorder, clock);
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // webmail shows it on its own site
        return TypedResults.Bytes(_pixel, "image/gif");
    }

    public static async Task<IResult> ClickAsync(string token, HttpContext http, TrackingLinks links, TrackingDirectory tracking, TrackingRecorder recorder, TimeProvider clock, CancellationToken ct)
    {
        if (await ReadAsync(token, isClick: true, http, links, ct) is not { Target: { } url } target || await tracking.IsForeignAsync(http.Request.Host.Host, target.ProjectId, ct))
            return Failure.NotFound("Link").ToApiError();
        await RecordAsync(target, http, recorder, clock);
        http.Response.Headers.Location = url; // signed by us, and nothing but an http(s) address in ASCII (TargetUrl)
        return TypedResults.StatusCode(StatusCodes.Status302Found);
    }

    private static async Task<TrackedTarget?> ReadAsync(string token, bool isClick, HttpContext http, TrackingLinks links, CancellationToken ct)
    {
        IHeaderDictionary headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return await links.ReadAsync(token, isClick, ct);
    }

    private static async Task RecordAsync(TrackedTarget target, HttpContext http, TrackingRecorder recorder, TimeProvider clock)
    {
        IHeaderDictionary headers = http.Request.Headers;
        HitOutcome outcome = HitOutcome.Objected;
        if (headers["DNT"] != "1" && headers["Sec-GPC"] != "1")
        {
            string? purpose = _purposes.Select(name => headers[name].ToString()).FirstOrDefault(value => value.Length > 0);
            Visitor visitor = MachineRules.Of(headers.UserAgent, HttpMethods.IsHead(http.Request.Method), purpose);
            outcome = await recorder.RecordAsync(new TrackingHit(target.ProjectId, target.MessageId, target.DeliveryId, target.Target, visitor, clock.GetUtcNow()) { Conversion = target.Conversion });
        }

        TrackingMetrics.Count(target.Target is not null, outcome);
    }
}
