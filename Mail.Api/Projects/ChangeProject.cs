using System.Text;
using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Delivery;
using Mail.Core.Domains.Senders;
using Mail.Core.Messages;
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
    private const int HighestRate = 100_000;

    public static void Map(IEndpointRouteBuilder project) =>
        project.MapPatch("/", Handle).RequireScope(Scopes.WriteProject).WithMetadata(new RequestSizeLimitAttribute(16 * 1024)).Accepts<Request>("application/json").ProducesApiError(413);

    /// <param name="Region">Where relays must process this project's mail; null for anywhere. What no relay may carry then waits and says why.</param>
    /// <param name="AlertEmails">Addresses; empty or null for the project's owners.</param>
    /// <param name="Retention">Days; what is left out stays.</param>
    /// <param name="Tracking">Whether opens and clicks are recorded where a message does not say; what is left out stays. Codes and account security never are.</param>
    /// <param name="RatePerSecond">How many requests all keys of the project together may make in a second; null for any number.</param>
    /// <param name="CompanyName">Stands in the footer of templates, where neither the message nor the sender identity says it; so do the two that follow.</param>
    /// <param name="PostalAddress">May have several lines.</param>
    /// <param name="LegalFooter">What the law wants said, such as register and managing directors; behind the address.</param>
    /// <param name="RequireTwoFactor">Whether members reach the project with two-factor sign-in only. By an owner in the console, whose own is on.</param>
    public sealed record Request(string? Name, string? DefaultLocale, string? Region, IReadOnlyList<string?>? AlertEmails, RetentionFacts? Retention, TrackingRequest? Tracking, int? RatePerSecond, string? CompanyName, string? PostalAddress, string? LegalFooter, bool? RequireTwoFactor);

    public static async Task<Results<Ok<ProjectResponse>, ApiError>> Handle(HttpRequest http, CurrentProject current, MailDbContext db, WaitingDeliveries waiting, PublicUrl publicUrl, TrackingDirectory tracking, SenderDirectory senders, ConsoleSessions sessions, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(http, ct);
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.ChangeProjectRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        using JsonDocument document = JsonDocument.Parse(body);
        HashSet<string> given = [.. document.RootElement.EnumerateObject().Select(field => field.Name)];
        if (given.FirstOrDefault(name => name is not ("name" or "default_locale" or "region" or "alert_emails" or "retention" or "tracking" or "rate_per_second" or "company_name" or "postal_address" or "legal_footer" or "require_two_factor")) is { } unknown)
            return Failure.Field(unknown.Length <= 60 ? unknown : $"{unknown[..60]}…", "is no setting of a project; these are: name, default_locale, region, alert_emails, retention, tracking, rate_per_second, company_name, postal_address, legal_footer, require_two_factor.").ToApiError();
        if (Problem(request.Value, given) is { } failure) return failure.ToApiError();

        if (request.Value.RequireTwoFactor is not null && await DemandProblemAsync(request.Value.RequireTwoFactor.Value, http.HttpContext, current, sessions) is { } refused) return refused.ToApiError();

        Project project = await db.Projects.SingleAsync(project => project.Id == current.Id, ct);
        if (Apply(project, request.Value, given, publicUrl) is { } unfit) return unfit.ToApiError();
        project.Demand(request.Value.RequireTwoFactor ?? project.RequireTwoFactor);
        await db.SaveChangesAsync(ct);
        tracking.Forget(current.Id);
        senders.Forget(current.Id);
        if (given.Contains("region")) await waiting.TryReconsiderAsync(current.Id);
        return TypedResults.Ok(ProjectResponse.Of(project));
    }

    /// <summary>Puts what was given, and checked, upon the project.</summary>
    internal static Failure? Apply(Project project, Request request, HashSet<string> given, PublicUrl publicUrl)
    {
        project.Change(request.Name?.Trim() ?? project.Name, request.DefaultLocale ?? project.DefaultLocale, given.Contains("region") ? request.Region : project.Region,
            given.Contains("alert_emails") ? [.. (request.AlertEmails ?? []).Select(address => address!.Trim())] : project.AlertEmails);
        int content = request.Retention?.ContentDays ?? project.KeepContentDays, history = request.Retention?.HistoryDays ?? project.KeepHistoryDays;
        if (content > history) return Failure.Field("retention.content_days", $"is {content}, and `retention.history_days` {history}: a message is not forgotten before its body.");
        project.Keep(content, history);
        bool opens = request.Tracking?.Opens ?? project.TrackOpens, clicks = request.Tracking?.Clicks ?? project.TrackClicks;
        if (publicUrl.Value is null && request.Tracking is ({ Opens: true } or { Clicks: true }))
            return Failure.Field("tracking", $"needs links to this installation, and it does not know its public address. Set {PublicUrl.Name} of the API, such as https://mail.example.com.");
        project.Track(opens, clicks);
        if (given.Contains("rate_per_second")) project.LimitRate(request.RatePerSecond);
        project.SignWith(given.Contains("company_name") ? Text(request.CompanyName) : project.CompanyName, given.Contains("postal_address") ? Text(request.PostalAddress) : project.PostalAddress,
            given.Contains("legal_footer") ? Text(request.LegalFooter) : project.LegalFooter);
        return null;
    }

    /// <summary>A key stands for no person; and whoever demanded what they do not have themselves would be locked out at once.</summary>
    private static async Task<Failure?> DemandProblemAsync(bool demanded, HttpContext context, CurrentProject current, ConsoleSessions sessions)
    {
        if (!current.Actor.IsOwner || await sessions.FindAsync(context) is not { } session)
            return new Failure(FailureKind.Forbidden, "owner_needed", "`require_two_factor` is set by an owner, in the console.");
        return demanded && !session.HasTwoFactor ? Failure.Field("require_two_factor", "would lock you out: turn two-factor sign-in on for your own account first.") : null;
    }

    internal static Failure? Problem(Request request, HashSet<string> given)
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
        if (request.RatePerSecond is < 1 or > HighestRate) return Failure.Field("rate_per_second", $"must be from 1 to {HighestRate}, or null for any number.");
        foreach ((string field, string? text, int longest) in new[] { ("company_name", request.CompanyName, 200), ("postal_address", request.PostalAddress, 500), ("legal_footer", request.LegalFooter, 1000) })
            if (text?.Length > longest || !TextRules.IsStorable(text ?? "") || text?.Any(c => char.IsControl(c) && (c is not ('\n' or '\r') || field == "company_name")) is true)
                return Failure.Field(field, $"must be {(field == "company_name" ? "one line" : "text")} of at most {longest} characters.");
        return RelayRegions.Problem(request.Region) is { } problem ? Failure.Field("region", problem) : null;
    }

    /// <summary>Blank is none.</summary>
    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim().ReplaceLineEndings("\n");
}
