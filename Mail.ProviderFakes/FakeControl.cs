using System.Text;
using System.Text.Json;

namespace Mail.ProviderFakes;

/// <summary>What people and scripts ask of the fakes themselves, beside the providers' own paths.</summary>
internal static class FakeControl
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>A rule as it comes over the line.</summary>
    /// <param name="End">`Answer`, `Hang`, `Drop`, `Cut` or `Endless`.</param>
    public sealed record Wish(
        string? Method = null, string? Path = null, int Times = 1, int Skip = 0, int? Status = null, string? Body = null, string? ContentType = null, FakeEnd End = FakeEnd.Answer, string? RetryAfter = null, bool ActsFirst = false, int DelayMs = 0)
    {
        public FakeRule ToRule() => new()
        {
            Method = Method,
            Path = Path,
            Times = Times,
            Skip = Skip,
            Status = Status,
            Answer = Body is null && End == FakeEnd.Answer ? null : new FakeAnswer(Status ?? 200, Body ?? "", ContentType ?? "application/json", End),
            RetryAfter = RetryAfter,
            ActsFirst = ActsFirst,
            Delay = TimeSpan.FromMilliseconds(DelayMs),
        };
    }

    public static void Map(WebApplication app, FakeProviders fakes)
    {
        app.MapGet("/", (HttpContext context) => Results.Text(Words(fakes, new Uri($"{context.Request.Scheme}://{context.Request.Host}/"))));
        app.MapGet("/health", () => Results.Text("ok"));
        RouteGroupBuilder control = app.MapGroup("/control/{provider}");
        control.AddEndpointFilter(async (context, next) => Find(context.HttpContext, fakes) is null ? Results.NotFound() : await next(context));
        control.MapGet("/", (HttpContext context) => Results.Json(Find(context, fakes)!.Provider.Snapshot(), _json));
        control.MapDelete("/", (HttpContext context) => Then(() => Find(context, fakes)!.Reset()));
        control.MapGet("/requests", (HttpContext context) => Results.Json(Find(context, fakes)!.Requests.Select(request => new { request.Method, request.Path, request.Query }), _json)); // no headers: they hold keys
        control.MapGet("/violations", (HttpContext context) => Results.Json(Find(context, fakes)!.Violations, _json));
        control.MapDelete("/script", (HttpContext context) => Then(() => Find(context, fakes)!.Script.Clear()));
        control.MapPost("/script", async (HttpContext context) =>
        {
            Wish? wish;
            try
            {
                wish = await JsonSerializer.DeserializeAsync<Wish>(context.Request.Body, _json);
            }
            catch (JsonException e)
            {
                return Results.Text(e.Message, statusCode: 400);
            }

            if (wish is null) return Results.Text("There is no rule.", statusCode: 400);
            Find(context, fakes)!.Script.Add(wish.ToRule());
            return Results.NoContent();
        });
    }

    public static string Words(FakeProviders fakes, Uri root)
    {
        StringBuilder text = new($"Providers of mailboxes, played on this machine. A connection with these settings reaches them:\n");
        foreach (FakeDesk desk in fakes.All)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{desk.Provider.Name}\n");
            foreach ((string name, string value) in desk.Provider.Settings(root))
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {name}: {value.ReplaceLineEndings("\\n")}\n");
        }

        return text.Append("\nWhat they hold: GET /control/{provider}; what was asked: /requests, /violations; to let something fail: POST /control/{provider}/script, such as {\"status\": 429, \"retry_after\": \"5\", \"times\": 3}.\n").ToString();
    }

    private static FakeDesk? Find(HttpContext context, FakeProviders fakes) => fakes.All.FirstOrDefault(desk => desk.Provider.Name == (string?)context.Request.RouteValues["provider"]);

    private static IResult Then(Action act)
    {
        act();
        return Results.NoContent();
    }
}
