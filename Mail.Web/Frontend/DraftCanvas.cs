namespace Mail.Web.Frontend;

/// <summary>Endpoint metadata: the answer is the empty page in which the visual editor draws a draft.</summary>
public sealed class DraftDrawn;

/// <summary>
/// GET /draft-canvas: an empty page under a policy of its own, the frame of the visual template editor. A frame made in the page itself (about:blank) would inherit the
/// console's policy, under which a mail shows no pictures.
/// </summary>
public static class DraftCanvas
{
    private const string Html = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Canvas</title></head><body></body></html>""";

    public static void MapDraftCanvas(this WebApplication app) =>
        app.MapGet("/draft-canvas", () => TypedResults.Text(Html, "text/html; charset=utf-8")).WithMetadata(new DraftDrawn());
}
