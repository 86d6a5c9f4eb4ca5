using System.Globalization;
using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Accounts;
using Mail.Core.Accounts.Apps;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts.Apps;

/// <summary>POST /accounts/events: an app says what happened to an account of its user, and the right mail goes out.</summary>
public static class SendAccountEvent
{
    private const int LongestType = 60, LongestUrl = 2000, MostVariables = 50;

    /// <summary>What an app's own alarm is told by, by what it counted.</summary>
    private const string Suspicious = "suspicious", Locked = "account_locked", ManyRequests = "many_reset_requests";

    private static readonly string[] _reserved = ["at", "ip", "browser", "not_me_url"];
    private static readonly TimeSpan _clocksDiffer = TimeSpan.FromMinutes(10), _longestAgo = TimeSpan.FromDays(30);

    public static void Map(IEndpointRouteBuilder accounts) => accounts.MapPost("/events", Handle).RequireScope(Scopes.SendAccountMails).Accepts<Request>("application/json").Produces<Response>()
        .ProducesApiError(409).ProducesApiError(413).ProducesApiError(503)
        .WithSummary("Say what happened to an account of an app's user")
        .WithDescription("Sends the template of that name: `welcome`, `password_changed`, `new_sign_in`, `account_locked`, `many_reset_requests`, or any of yours (`passkey_added` sends `passkey-added`). All but `welcome` get a link \"this was not me\": your app hears of it by the signed callback `account.not_me`. Takes an Idempotency-Key.");

    /// <param name="Type">`suspicious` is `account_locked` with `failed_attempts`, else `many_reset_requests`.</param>
    /// <param name="Client">Where it happened; without it, where this call comes from.</param>
    /// <param name="OccurredAt">At most 30 days ago; now without it.</param>
    /// <param name="NotMeUrl">A page of your own in place of ours; https. It needs no account settings.</param>
    /// <param name="Location">Roughly where: town and country.</param>
    /// <param name="StartUrl">Of `welcome`: where the reader begins.</param>
    /// <param name="Variables">What else the template takes.</param>
    public sealed record Request(
        string? Type, string? Email, string? Name, string? Locale, AppClient? Client, DateTimeOffset? OccurredAt, string? NotMeUrl, string? Location, string? StartUrl, int? FailedAttempts, DateTimeOffset? LockedUntil,
        int? RequestCount, int? PeriodMinutes, Dictionary<string, JsonElement>? Variables);

    /// <param name="Id">The mail's.</param>
    public sealed record Response(string Id);

    public static async Task<Results<ContentHttpResult, ApiError>> Handle(HttpContext context, CurrentProject project, AppAccountSettingsStore settings, AppAccountMail mail, TimeProvider clock, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(context.Request, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(context.Request, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<Request> request = JsonBody.Parse(body, ApiJson.Default.AccountEventRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        Result<AppAccountEvent> about = Read(request.Value, context, clock.GetUtcNow());
        if (!about.IsSuccess) return about.Failure.ToApiError();
        Result<string> answer = await mail.SendAsync(project.Sender, await settings.FindAsync(project.Id, project.IsTest, ct), about.Value, key.Value, ct);
        return answer.IsSuccess ? TypedResults.Content(answer.Value, "application/json") : AppCalls.Renamed(answer.Failure).ToApiError();
    }

    private static Result<AppAccountEvent> Read(Request request, HttpContext context, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(request.Type)) return Failure.Missing("type");
        if (request.Type.Length > LongestType || !char.IsAsciiLetterLower(request.Type[0]) || !request.Type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_'))
            return Failure.Field("type", $"must be a name of at most {LongestType} lower-case letters, digits and `_`, such as `new_sign_in`.");
        Result<string> email = AppCalls.Email(request.Email);
        if (!email.IsSuccess) return email.Failure;
        Result<AccountClient> client = AppCalls.Client(request.Client, context);
        if (!client.IsSuccess) return client.Failure;
        if (AppCalls.Problem(request.Name, request.Locale) is { } problem) return problem;
        if (request.OccurredAt > now + _clocksDiffer || request.OccurredAt < now - _longestAgo) return Failure.Field("occurred_at", "must be a time of the last 30 days.");
        if (request.NotMeUrl is { } url && (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out Uri? page) || page.Scheme != "https")) return Failure.Field("not_me_url", "must be an address that begins with `https://`.");
        if (request.Variables?.Count > MostVariables) return Failure.Field("variables", $"has more than {MostVariables} entries.");
        if (request.Variables?.Keys.FirstOrDefault(name => _reserved.Contains(name)) is { } reserved) return Failure.Field($"variables.{reserved}", "is written by us.");
        string type = request.Type == Suspicious ? request.FailedAttempts is null ? ManyRequests : Locked : request.Type;
        return new AppAccountEvent(type, email.Value, request.Name, request.Locale, client.Value, request.OccurredAt ?? now, request.NotMeUrl, Variables(request));
    }

    private static Dictionary<string, JsonElement> Variables(Request request)
    {
        Dictionary<string, JsonElement> variables = new(request.Variables ?? []);
        foreach ((string name, string? text) in new[] { ("location", request.Location), ("start_url", request.StartUrl) })
            if (text is not null) variables[name] = JsonSerializer.SerializeToElement(text, ApiJson.Default.String);
        foreach ((string name, int? number) in new[] { ("failed_attempts", request.FailedAttempts), ("request_count", request.RequestCount), ("period_minutes", request.PeriodMinutes) })
            if (number is not null) variables[name] = JsonElement.Parse(number.Value.ToString(CultureInfo.InvariantCulture));
        if (request.LockedUntil is { } until) variables["locked_until"] = PlatformMail.Time(until);
        return variables;
    }
}
