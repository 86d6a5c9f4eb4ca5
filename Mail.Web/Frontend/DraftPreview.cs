using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Mail.Web.Frontend;

/// <summary>Endpoint metadata: the answer is the HTML of a mail that is being written.</summary>
public sealed class DraftPreviewed;

/// <summary>
/// POST /draft-preview: gives the console back the HTML that it posted, as a page under a policy of its own. A frame made in the page itself (srcdoc, blob:) would
/// inherit the console's policy, under which a mail shows no pictures.
/// </summary>
public static class DraftPreview
{
    /// <summary>In characters of the form; a mail's HTML has 2 million at most, and some of them are three in a form.</summary>
    private const int MaxForm = 8 * 1024 * 1024;

    public static void MapDraftPreview(this WebApplication app) =>
        app.MapPost("/draft-preview", (Delegate)SendAsync).WithMetadata(new DraftPreviewed()).DisableAntiforgery();

    // Another site must not have pages of its own making shown under our address: browsers say who asks, and scripts cannot change it (Fetch Metadata).
    private static async Task<IResult> SendAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (headers["Sec-Fetch-Site"] != "same-origin" || headers["Sec-Fetch-Dest"] != "iframe") return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        if (!context.Request.HasFormContentType) return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            IFormCollection form = await new FormFeature(context.Request, new FormOptions { ValueLengthLimit = MaxForm, BufferBodyLengthLimit = MaxForm }).ReadFormAsync(context.RequestAborted);
            return form.TryGetValue("html", out StringValues html) ? TypedResults.Text(html.ToString(), "text/html; charset=utf-8") : TypedResults.BadRequest();
        }
        catch (InvalidDataException)
        {
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }
    }
}
