using System.Text;
using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Projects;
using Mail.Core.Relays.Setup;
using Mail.Core.Templates;
using Mail.Core.Tracking;
using Mail.Protocol.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.Projects;

/// <summary>PATCH /project: name, language, region, who is told of alerts, how long messages are kept, and what is tracked.</summary>
public static class ChangeProject
{
    private const int LongestName = 100;
    private const int MostAlertEmails = 20;
    private const int LongestAddress = 400;
    private const int LongestRetention = 3650;

    public static void Map(IEndpointRouteBuilder project) =>
        project.MapPatch("/", Handle).RequireScope(Scopes.WriteProject).WithMetadata(new RequestSizeLimitAttribute(16 * 1024)).Accepts<Request>("application/json").ProducesApiError(413);

    /// <param name="Region">Where relays must process this project's mail; null for anywhere. What no relay may carry then waits and says why.</param>
    /// <param name="AlertEmails">Addresses; empty or null for the project's owners.</param>
    /// <param name="Retention">Days; what is left out stays.</param>
    /// <param name="Tracking">Whether opens and clicks are recorded where a message does not say; what is left out stays. Codes and account security never are.</param>
    public sealed record Request(string? Name, string? DefaultLocale, string? Region, IReadOnlyList<string?>? AlertEmails, RetentionFacts? Retention, TrackingRequest? Tracking);

    public static async Task<Results<Ok<ProjectResponse>, ApiError>> Handle(HttpRequest http, CurrentProject current, MailDbContext db, WaitingDeliveries waiting, PublicUrl publicUrl, TrackingDirectory tracking, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.ChangeProjectRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        if (given.FirstOrDefault(name => name is not ("name" or "default_locale" or "region" or "alert_emails" or "retention" or "tracking")) is { } unknown)
            return Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", "is no setting of a project; these are: name, default_locale, region, alert_emails, retention, tracking.").ToApiError();
        if (Problem(request.Value, given) is { } failure) return failure.ToApiError();

        Project project = await db.Projects.SingleAsync(project => project.Id == current.Id, ct);
        project.Change(request.Value.Name?.Trim() ?? project.Name, request.Value.DefaultLocale ?? project.DefaultLocale, given.Contains("region") ? request.Value.Region : project.Region,
            given.Contains("alert_emails") ? [.. (request.Value.AlertEmails ?? []).Select(address => address!.Trim())] : project.AlertEmails);
        int content = request.Value.Retention?.ContentDays ?? project.KeepContentDays, history = request.Value.Retention?.HistoryDays ?? project.KeepHistoryDays;
        if (content > history) return Failure.Field("retention.content_days", $"is {content}, and `retention.history_days` {history}: a message is not forgotten before its body.").ToApiError();
        project.Keep(content, history);
        bool opens = request.Value.Tracking?.Opens ?? project.TrackOpens, clicks = request.Value.Tracking?.Clicks ?? project.TrackClicks;
        if (publicUrl.Value is null && request.Value.Tracking is ({ Opens: true } or { Clicks: true }))
            return Failure.Field("tracking", $"needs links to this installation, and it does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.").ToApiError();
        project.Track(opens, clicks);
        await db.SaveChangesAsync(ct);
        tracking.Forget(current.Id);
        if (given.Contains("region")) await waiting.TryReconsiderAsync(current.Id);
        return TypedResults.Ok(ProjectResponse.Of(project));
    }

    private static Failure? Problem(Request request, HashSet<string> given)
    {
        if (given.Contains("name"))
        {
            if (string.IsNullOrWhiteSpace(request.Name)) return Failure.Field("name", "must not be empty.");
            if (request.Name.Length > LongestName || request.Name.Any(char.IsControl)) return Failure.Field("name", $"must be one line of at most {LongestName} characters.");
        }

        if (given.Contains("default_locale") && (request.DefaultLocale is null || !Locale.IsWellFormed(request.DefaultLocale))) return Failure.Field("default_locale", "is not a language tag (BCP 47), such as `fr` or `fr-CA`.");
        if (request.AlertEmails?.Count > MostAlertEmails) return Failure.Field("alert_emails", $"has {request.AlertEmails.Count} addresses; at most {MostAlertEmails} are allowed.");
        for (int i = 0; i < request.AlertEmails?.Count; i++)
        {
            string text = request.AlertEmails[i] ?? "";
            if (!EmailAddress.TryParse(text, out _, out string? error)) return Failure.Field($"alert_emails.{i}", $"is not an address: {error}");
            if (text.Length > LongestAddress || text.EnumerateRunes().Contains(Rune.ReplacementChar)) return Failure.Field($"alert_emails.{i}", "is not an address that can be stored.");
        }

        foreach ((string field, int? days) in new[] { ("content_days", request.Retention?.ContentDays), ("history_days", request.Retention?.HistoryDays) })
            if (days is < 1 or > LongestRetention) return Failure.Field($"retention.{field}", $"must be a number of days between 1 and {LongestRetention}.");
        return RelayRegions.Problem(request.Region) is { } problem ? Failure.Field("region", problem) : null;
    }
}
