using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts.Apps;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Mail.Protocol.Mime;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts.Apps;

/// <summary>/account-settings: where an app hears of its own users' accounts, signed, and what their mails say of it. A test key sees and sets the sandbox's, which are apart: its codes can be read.</summary>
public static class AccountSettings
{
    private const string Kind = "account_settings";
    private const int LongestName = 100, LongestUrl = 2000;

    public static void Map(IEndpointRouteBuilder settings)
    {
        settings.MapGet("/", GetAsync).RequireScope(Scopes.ReadProject).WithSummary("See the settings of an app's accounts");
        settings.MapPut("/", PutAsync).RequireScope(Scopes.WriteProject).Accepts<Request>("application/json").ProducesApiError(413)
            .WithSummary("Set up an app's accounts").WithDescription("The first answer, and that of rotate-secret, holds the signing secret: it is shown there and nowhere else.");
        settings.MapPost("/rotate-secret", RotateAsync).RequireScope(Scopes.WriteProject).ProducesApiError(404).WithSummary("Renew the signing secret of an app's accounts").WithDescription("The old one signs beside it for a day.");
        settings.MapDelete("/", RemoveAsync).RequireScope(Scopes.WriteProject).ProducesApiError(404).WithSummary("Take away the settings of an app's accounts").WithDescription("Links \"this was not me\" that are out do nothing from then on.");
    }

    /// <param name="CallbackUrl">Gets new passwords: https.</param>
    /// <param name="From">Who the mails come from; without it EMAIL_FROM.</param>
    /// <param name="ResetUrl">Where a person asks for a new password.</param>
    /// <param name="Lookup">Whether your app is asked, by the callback `account.lookup`, if it knows an address, before a code is mailed to it; false without it.</param>
    public sealed record Request(string? CallbackUrl, string? From, string? AppName, string? AppUrl, string? SupportEmail, string? ResetUrl, bool? Lookup);

    /// <param name="CallbackUrl">Null when nothing is set up.</param>
    /// <param name="OldSecretExpiresAt">Until then each callback bears two signatures.</param>
    public sealed record Response(string Object, string? CallbackUrl, string? From, string? AppName, string? AppUrl, string? SupportEmail, string? ResetUrl, bool Lookup, DateTimeOffset? OldSecretExpiresAt);

    /// <param name="SigningSecret">When it was made now; else null.</param>
    public sealed record SetResponse(string Object, string CallbackUrl, string? SigningSecret);

    public sealed record RemovedResponse(string Object, bool Deleted);

    public static async Task<Ok<Response>> GetAsync(CurrentProject project, AppAccountSettingsStore store, CancellationToken ct)
    {
        AppAccountSettings? found = await store.FindAsync(project.Id, project.IsTest, ct);
        return TypedResults.Ok(new Response(Kind, found?.CallbackUrl, found?.Sender, found?.AppName, found?.AppUrl, found?.SupportEmail, found?.ResetUrl, found?.LooksUp ?? false, found?.OldSecretUntil));
    }

    public static async Task<Results<Ok<SetResponse>, ApiError>> PutAsync(HttpRequest http, CurrentProject project, AppAccountSettingsStore store, AppCallbacks callbacks, CancellationToken ct)
    {
        Result<Request> read = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.AccountSettingsRequest);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        Result<AppAccountSettings> settings = Check(read.Value, callbacks);
        if (!settings.IsSuccess) return settings.Failure.ToApiError();
        string? secret = await store.SetAsync(project.Id, project.IsTest, settings.Value, ct);
        return TypedResults.Ok(new SetResponse(Kind, settings.Value.CallbackUrl, secret));
    }

    internal static Result<AppAccountSettings> Check(Request request, AppCallbacks callbacks)
    {
        if (string.IsNullOrWhiteSpace(request.CallbackUrl)) return Failure.Missing("callback_url");
        Result<string> url = WebhookEndpoint.Check(request.CallbackUrl, callbacks.AllowsPrivate);
        if (!url.IsSuccess) return url.Failure with { Detail = url.Failure.Detail.Replace("`endpoint`", "`callback_url`", StringComparison.Ordinal) };
        if (Problem(request) is { } problem) return problem;
        return new AppAccountSettings(url.Value, Text(request.From), Text(request.AppName), Text(request.AppUrl), Text(request.SupportEmail), Text(request.ResetUrl), null, request.Lookup ?? false);
    }

    public static async Task<Results<Ok<SetResponse>, ApiError>> RotateAsync(CurrentProject project, AppAccountSettingsStore store, CancellationToken ct) =>
        await store.RotateAsync(project.Id, project.IsTest, ct) is { } secret && await store.FindAsync(project.Id, project.IsTest, ct) is { } found
            ? TypedResults.Ok(new SetResponse(Kind, found.CallbackUrl, secret))
            : Failure.NotFound("Account settings").ToApiError();

    public static async Task<Results<Ok<RemovedResponse>, ApiError>> RemoveAsync(CurrentProject project, AppAccountSettingsStore store, CancellationToken ct) =>
        await store.RemoveAsync(project.Id, project.IsTest, ct) ? TypedResults.Ok(new RemovedResponse(Kind, true)) : Failure.NotFound("Account settings").ToApiError();

    private static Failure? Problem(Request request)
    {
        foreach ((string field, string? address) in new[] { ("from", request.From), ("support_email", request.SupportEmail) })
        {
            if (string.IsNullOrWhiteSpace(address)) continue;
            if (!EmailAddress.TryParse(address, out _, out string? error)) return Failure.Field(field, $"is not an address: {error}");
            if (address.Length > 320 || !TextRules.IsStorable(address)) return Failure.Field(field, "is not an address that can be stored.");
        }

        if (request.AppName is { } name && (name.Length > LongestName || !TextRules.IsStorable(name) || name.Any(char.IsControl))) return Failure.Field("app_name", $"must be one line of at most {LongestName} characters.");
        foreach ((string field, string? url) in new[] { ("app_url", request.AppUrl), ("reset_url", request.ResetUrl) })
            if (!string.IsNullOrWhiteSpace(url) && (url.Length > LongestUrl || !TextRules.IsStorable(url) || !Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || parsed.Scheme != "https"))
                return Failure.Field(field, "must be an address that begins with `https://`.");
        return null;
    }

    /// <summary>Blank is none.</summary>
    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
