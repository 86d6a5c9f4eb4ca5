using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Alerts;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Alerts;

/// <summary>GET /alerts: what stands first, then what was lately over; the project's own and the installation's.</summary>
public static class ListAlerts
{
    private const int LongestSubject = 255;

    public static void Map(IEndpointRouteBuilder alerts) => alerts.MapGet("/", Handle).RequireScope(Scopes.ReadAlerts);

    /// <param name="Open">How many of them stand.</param>
    public sealed record Response(string Object, int Open, IReadOnlyList<AlertResponse> Data);

    /// <param name="limit">1 to 100; 50 without it.</param>
    /// <param name="subject">What they are about, such as a relay's name: its history.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(HttpRequest http, CurrentProject project, AlertStore alerts, CancellationToken ct, string? limit = null, string? subject = null)
    {
        int count = 50;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        if (subject is { Length: > LongestSubject } || subject?.Contains('\0', StringComparison.Ordinal) is true) return Failure.Field("subject", $"must be the name of a thing, of at most {LongestSubject} characters.").ToApiError();
        IReadOnlyList<Alert> found = await alerts.ListAsync(project.Id, count, ct, subject);
        string language = RequestLanguage.Of(http);
        return TypedResults.Ok(new Response("list", found.Count(alert => alert.IsOpen), [.. found.Select(alert => AlertResponse.Of(alert, language))]));
    }
}
