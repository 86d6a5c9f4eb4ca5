using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Mail.Api.Accounts;

/// <summary>POST /auth/password-reset/request and /confirm: a forgotten password, by a 6-digit code to the mailbox.</summary>
public static class PasswordReset
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("/password-reset/request", RequestAsync).Accepts<CodeRequest>("application/json").ProducesApiError(429)
            .WithSummary("Mails a code for a new password")
            .WithDescription("Always 202 with the same body: whether the address has an account, neither the answer nor its time tells. The code works for 15 minutes, once, for five tries; a later one makes it void.");
        auth.MapPost("/password-reset/confirm", ConfirmAsync).Accepts<ConfirmRequest>("application/json").ProducesApiError(429)
            .WithSummary("Sets a new password for the code")
            .WithDescription("Ends all sessions, and tells the owner by mail. A password that is refused (422, `new_password`) does not use up the code. `invalid_code` is the one answer to a wrong, used or old code and to an unknown address.");
    }

    public sealed record CodeRequest(string? Email);

    public sealed record ConfirmRequest(string? Email, string? Code, string? NewPassword);

    public sealed record CodeResponse(string Message);

    private static readonly CodeResponse _answer = new("If this address has an account, a code is on its way to it.");

    public static async Task<Results<Accepted<CodeResponse>, ApiError>> RequestAsync(HttpContext context, PasswordResets resets, CancellationToken ct)
    {
        Result<CodeRequest> read = await AccountCalls.ReadAsync(context, ApiJson.Default.CodeRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (AccountCalls.EmailProblem(read.Value.Email) is { } problem) return problem.ToApiError();
        return await resets.RequestAsync(read.Value.Email!, ConsoleSessions.ClientOf(context), ct) is { } failure ? failure.ToApiError() : TypedResults.Accepted((string?)null, _answer);
    }

    public static async Task<Results<NoContent, ApiError>> ConfirmAsync(HttpContext context, PasswordResets resets, UserManager<User> users, CancellationToken ct)
    {
        Result<ConfirmRequest> read = await AccountCalls.ReadAsync(context, ApiJson.Default.ConfirmRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        ConfirmRequest request = read.Value;
        if ((AccountCalls.EmailProblem(request.Email) ?? AccountCalls.Problem("code", request.Code) ?? await Passwords.ProblemAsync(users, request.NewPassword, "new_password", request.Email)) is { } problem) return problem.ToApiError();
        return await resets.ConfirmAsync(request.Email!, request.Code!, request.NewPassword!, ConsoleSessions.ClientOf(context), ct) is { } failure ? failure.ToApiError() : TypedResults.NoContent();
    }
}
