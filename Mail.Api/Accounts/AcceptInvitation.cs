using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace Mail.Api.Accounts;

/// <summary>POST /invitations/look and /accept: the page behind an invitation's link. The token stands in the body, because addresses are logged on their way.</summary>
public static class AcceptInvitation
{
    public static void Map(IEndpointRouteBuilder invitations)
    {
        invitations.MapPost("/look", LookAsync).Accepts<LookRequest>("application/json").ProducesApiError(404).ProducesApiError(409)
            .WithSummary("Shows what an invitation is to").WithDescription("Changes nothing. 409 for one that was accepted, revoked or is over; 404 for what is none.");
        invitations.MapPost("/accept", AcceptAsync).Accepts<AcceptRequest>("application/json").ProducesApiError(404).ProducesApiError(409)
            .WithSummary("Accepts an invitation").WithDescription("With a password for a new account, which is signed in then; or, signed in with the invited address, without one. `account_exists`: sign in first.");
    }

    public sealed record LookRequest(string? Token);

    /// <param name="Locale">Of our mails to a new account.</param>
    public sealed record AcceptRequest(string? Token, string? Name, string? Password, string? Locale);

    /// <param name="HasAccount">Then sign in with the address and accept; otherwise a password opens an account.</param>
    /// <param name="SignedInAs">Who is signed in in this browser; null for nobody.</param>
    public sealed record LookResponse(string Project, string Email, string Role, string? InvitedBy, DateTimeOffset ExpiresAt, bool HasAccount, string? SignedInAs);

    public static async Task<Results<Ok<LookResponse>, ApiError>> LookAsync(HttpContext context, MemberInvitations invitations, ConsoleSessions sessions, CancellationToken ct)
    {
        Result<LookRequest> read = await AccountCalls.ReadAsync(context, ApiJson.Default.LookRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (AccountCalls.Problem("token", read.Value.Token) is { } problem) return problem.ToApiError();
        Result<InvitationView> found = await invitations.LookAsync(read.Value.Token!, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();
        (MemberInvitation invitation, string project, _, bool hasAccount) = found.Value;
#pragma warning disable CA1308 // wire names are lower case
        return TypedResults.Ok(new LookResponse(project, invitation.Email, invitation.Role.ToString().ToLowerInvariant(), invitation.InvitedBy, invitation.ExpiresAt, hasAccount, (await sessions.FindAsync(context))?.Email));
#pragma warning restore CA1308
    }

    public static async Task<Results<Ok<SessionResponse>, ApiError>> AcceptAsync(
        HttpContext context, MemberInvitations invitations, ConsoleSessions sessions, UserSessions live, UserManager<User> users, CancellationToken ct)
    {
        Result<AcceptRequest> read = await AccountCalls.ReadAsync(context, ApiJson.Default.AcceptRequest, ct);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        AcceptRequest request = read.Value;
        if ((AccountCalls.Problem("token", request.Token) ?? OwnAccount.NameProblem(request.Name) ?? OwnAccount.LocaleProblem(request.Locale)) is { } problem) return problem.ToApiError();
        Result<InvitationView> found = await invitations.LookAsync(request.Token!, ct);
        if (!found.IsSuccess) return found.Failure.ToApiError();

        if (found.Value.HasAccount)
        {
            if (await sessions.FindAsync(context) is not { } session) return MemberInvitations.SignInFirst.ToApiError();
            if (await invitations.JoinAsync(request.Token!, session, ConsoleSessions.ClientOf(context), ct) is { } refused) return refused.ToApiError();
            return TypedResults.Ok(SessionResponse.From((await sessions.FindAsync(context))!));
        }

        if (await Passwords.ProblemAsync(users, request.Password, "password", found.Value.Invitation.Email) is { } weak) return weak.ToApiError();
        Result<SignInAnswer> opened = await invitations.OpenAccountAsync(request.Token!, OwnAccount.Blank(request.Name), request.Password!, OwnAccount.Blank(request.Locale) ?? RequestLanguage.Of(context.Request), await sessions.BrowserAsync(context), ct);
        if (!opened.IsSuccess) return opened.Failure.ToApiError();
        await sessions.SignInAsync(context, opened.Value.Ticket!);
        return await live.FindAsync(opened.Value.Ticket!, ConsoleSessions.ClientOf(context), ct) is { } started ? TypedResults.Ok(SessionResponse.From(started)) : ConsoleSessions.Missing.ToApiError();
    }
}
