using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Delivery.Catalogue;
using Mail.Core.GoLive;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.GoLive;

/// <summary>GET /go-live: what is in order for real mail, and what is not.</summary>
public static class GetGoLive
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/", Handle).RequireScope(Scopes.ReadProject).WithSummary("See whether all is ready for real mail");

    /// <param name="Ok">Whether every check is.</param>
    public sealed record Response(string Object, bool Ok, DateTimeOffset CheckedAt, IReadOnlyList<CheckFacts> Checks);

    /// <param name="Name">Stable.</param>
    /// <param name="Title">What has to be, in the language of the request.</param>
    /// <param name="Seen">What was found, in English.</param>
    /// <param name="Remedy">What to do; null when nothing needs to be done.</param>
    public sealed record CheckFacts(string Name, bool Ok, string Title, string Seen, string? Remedy);

    public static async Task<Ok<Response>> Handle(HttpRequest http, CurrentProject project, GoLiveChecks checks, TimeProvider clock, CancellationToken ct)
    {
        GoLiveReport report = await checks.RunAsync(project.Id, ct);
        string language = RequestLanguage.Of(http);
        return TypedResults.Ok(new Response("go_live", report.IsOk, clock.GetUtcNow(), [.. report.Checks.Select(check => Facts(check, check.Rule.In(language)))]));
    }

    private static CheckFacts Facts(GoLiveCheck check, CauseText words) => new(check.Rule.Code, check.IsOk, words.Title, check.Seen, check.IsOk ? null : words.Remedy);
}
