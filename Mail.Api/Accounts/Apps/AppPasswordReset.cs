using System.Text.Json;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Api.Messages;
using Mail.Core.Accounts;
using Mail.Core.Accounts.Apps;
using Mail.Core.Codes;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Mail.Api.Accounts.Apps;

/// <summary>
/// POST /api/auth/password-reset/request/ and /confirm/: a forgotten password of an app's user, by a 6-digit code. The paths, with and without the last slash, and the bodies are
/// those of the system that was in this place before. Not to be taken for /auth/password-reset, which is for the console's own accounts.
/// </summary>
public static class AppPasswordReset
{
    private const int LongestCode = 64;

    public static void Map(IEndpointRouteBuilder resets)
    {
        resets.MapPost("/request", RequestAsync).RequireScope(Scopes.SendAccountMails).Accepts<CodeRequest>("application/json").Produces<Response>().ProducesApiError(409).ProducesApiError(413).ProducesApiError(429).ProducesApiError(503)
            .WithSummary("Mail a code for a new password of an app's user")
            .WithDescription("One answer for every address, whether or not it has an account, has had its five codes in 15 minutes, or is on the suppression list. The code works for 15 minutes, once, for five tries; a later one makes it void. Takes an Idempotency-Key. Call it from your server: it needs a key.");
        resets.MapPost("/confirm", ConfirmAsync).RequireScope(Scopes.SendAccountMails).Accepts<ConfirmRequest>("application/json").ProducesApiError(409).ProducesApiError(413).ProducesApiError(429).ProducesApiError(502)
            .WithSummary("Set a new password of an app's user for the code")
            .WithDescription("Has your app set it, by the signed callback `password.reset`, and mails that it was changed. `invalid_code` is the one answer to a wrong, used or old code and to a user your app does not know. A password that is refused (422, `new_password` or password_refused) and a callback that fails (502 callback_failed) leave the code as good as it was.");
    }

    public sealed record CodeRequest(string? Email, string? Name, string? Locale, AppClient? Client);

    /// <param name="Code">As the person typed it.</param>
    /// <param name="Client">Where the person is: for the limit, and for the mail that the password was changed.</param>
    public sealed record ConfirmRequest(string? Email, string? Code, string? NewPassword, string? Name, string? Locale, AppClient? Client);

    public sealed record Response(string Message);

    private static readonly string _requested = JsonSerializer.Serialize(new Response("If this address has an account, a code is on its way to it."), ApiJson.Default.AppPasswordResetResponse);

    public static async Task<Results<ContentHttpResult, ApiError>> RequestAsync(HttpContext context, CurrentProject project, AppAccountSettingsStore settings, AppPasswordResets resets, CancellationToken ct)
    {
        byte[] body = await JsonBody.ReadBytesAsync(context.Request, ct);
        Result<IdempotencyRecord?> key = IdempotencyKey.Read(context.Request, body);
        if (!key.IsSuccess) return key.Failure.ToApiError();
        Result<CodeRequest> read = JsonBody.Parse(body, ApiJson.Default.AppCodeRequest);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        CodeRequest request = read.Value;
        Result<string> email = AppCalls.Email(request.Email);
        if (!email.IsSuccess) return email.Failure.ToApiError();
        Result<AccountClient> client = AppCalls.Client(request.Client, context);
        if (!client.IsSuccess) return client.Failure.ToApiError();
        if (AppCalls.Problem(request.Name, request.Locale) is { } problem) return problem.ToApiError();
        if (await settings.FindAsync(project.Id, project.IsTest, ct) is not { } found) return AppAccountMail.NotSetUp.ToApiError();

        Result<string> answer = await resets.RequestAsync(project.Sender, found, SubjectOf(project, email.Value), email.Value, request.Name, request.Locale, client.Value, request.Client?.Ip is not null, key.Value, _requested, ct);
        return answer.IsSuccess ? TypedResults.Content(answer.Value, "application/json") : AppCalls.Renamed(answer.Failure).ToApiError();
    }

    public static async Task<Results<Ok<Response>, ApiError>> ConfirmAsync(HttpContext context, CurrentProject project, AppAccountSettingsStore settings, AppPasswordResets resets, UserManager<User> users, CancellationToken ct)
    {
        Result<ConfirmRequest> read = JsonBody.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), ApiJson.Default.AppConfirmRequest);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        ConfirmRequest request = read.Value;
        Result<string> email = AppCalls.Email(request.Email);
        if (!email.IsSuccess) return email.Failure.ToApiError();
        if (string.IsNullOrWhiteSpace(request.Code)) return Failure.Missing("code").ToApiError(); // costs no try
        if (request.Code.Length > LongestCode) return Failure.Field("code", $"is longer than {LongestCode} characters.").ToApiError();
        Result<AccountClient> client = AppCalls.Client(request.Client, context);
        if (!client.IsSuccess) return client.Failure.ToApiError();
        if ((await Passwords.ProblemAsync(users, request.NewPassword, "new_password", email.Value) ?? AppCalls.Problem(request.Name, request.Locale)) is { } problem) return problem.ToApiError();
        if (await settings.FindAsync(project.Id, project.IsTest, ct) is not { } found) return AppAccountMail.NotSetUp.ToApiError();

        AppResetResult result = await resets.ConfirmAsync(project.Sender, found, SubjectOf(project, email.Value), email.Value, request.Code, request.NewPassword!, request.Name, request.Locale, client.Value, request.Client?.Ip is not null, ct);
        return result.Outcome switch
        {
            AppResetOutcome.Done => TypedResults.Ok(new Response("The password is changed.")),
            AppResetOutcome.WrongCode => new ApiError(422, "invalid_code", "`code` is wrong, used or older than 15 minutes. Look for the latest mail, or ask for another code."),
            AppResetOutcome.UnderWay => new ApiError(409, "confirm_under_way", "This code is being confirmed just now."),
            AppResetOutcome.PasswordRefused => new ApiError(422, "password_refused", result.Reason ?? "`new_password` is not accepted. Choose another one; the code is still good."),
            AppResetOutcome.TooMany => new ApiError(429, "too_many_attempts", "Too many requests from this client (`client.ip`) in the last hour. Try again later."),
            _ => new ApiError(502, "callback_failed", "The app did not say that the password is set. The code is still good; try again in a moment."),
        };
    }

    private static CodeSubject SubjectOf(CurrentProject project, string email) => AppPasswordResets.SubjectOf(project.Id, email, project.IsTest);
}
