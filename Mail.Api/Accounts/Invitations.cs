using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Accounts;

/// <summary>POST and GET /members/invitations, POST /members/invitations/{id}/resend, DELETE /members/invitations/{id}: whom a project invites.</summary>
public static class Invitations
{
    public static void Map(IEndpointRouteBuilder invitations)
    {
        invitations.MapGet("/", ListAsync).RequireScope(Scopes.ReadMembers).WithSummary("Lists invitations").WithDescription("The open ones, and those of the last month; the latest first.");
        invitations.MapGet("/{id}", GetAsync).RequireScope(Scopes.ReadMembers).ProducesApiError(404).WithSummary("Shows an invitation");
        invitations.MapPost("/", InviteAsync).RequireScope(Scopes.WriteMembers).Accepts<Request>("application/json").ProducesApiError(409).ProducesApiError(429).ProducesApiError(503)
            .WithSummary("Invites somebody into the project").WithDescription("Mails a link that works once, for seven days. Only owners invite owners, and no key invites to a role that may do more than the key.");
        invitations.MapPost("/{id}/resend", ResendAsync).RequireScope(Scopes.WriteMembers).ProducesApiError(404).ProducesApiError(409).ProducesApiError(429).ProducesApiError(503)
            .WithSummary("Mails another link").WithDescription("For another seven days; the link before it works no more.");
        invitations.MapDelete("/{id}", RevokeAsync).RequireScope(Scopes.WriteMembers).ProducesApiError(404).ProducesApiError(409).WithSummary("Takes an invitation back");
    }

    /// <param name="Role">`owner`, `admin`, `developer` or `viewer`.</param>
    public sealed record Request(string? Email, string? Role);

    /// <param name="Status">`open`, `accepted`, `revoked` or `expired`.</param>
    /// <param name="InvitedBy">Null for an app.</param>
    public sealed record Response(string Object, string Id, string Email, string Role, string Status, string? InvitedBy, DateTimeOffset CreatedAt, DateTimeOffset SentAt, DateTimeOffset ExpiresAt);

    public sealed record ListResponse(string Object, IReadOnlyList<Response> Data);

    public static async Task<Ok<ListResponse>> ListAsync(CurrentProject project, MemberInvitations invitations, CancellationToken ct) =>
        TypedResults.Ok(new ListResponse("list", [.. (await invitations.ListAsync(project.Id, ct)).Select(Of)]));

    public static async Task<Results<Ok<Response>, ApiError>> GetAsync(string id, CurrentProject project, MemberInvitations invitations, CancellationToken ct) => Answer(await invitations.FindAsync(project.Id, IdOf(id), ct));

    public static async Task<Results<Created<Response>, ApiError>> InviteAsync(HttpContext context, CurrentProject project, MemberInvitations invitations, ConsoleSessions sessions, CancellationToken ct)
    {
        Result<Request> read = JsonBody.Parse(await JsonBody.ReadBytesAsync(context.Request, ct), ApiJson.Default.InvitationRequest);
        if (!read.IsSuccess) return read.Failure.ToApiError();
        if (string.IsNullOrEmpty(read.Value.Role)) return Failure.Missing("role").ToApiError();
        if (RoleOf(read.Value.Role) is not { } role) return Failure.Field("role", "must be `owner`, `admin`, `developer` or `viewer`.").ToApiError();
        if (EmailChanges.ProblemWith(read.Value.Email, "email") is { } problem) return problem.ToApiError();
        Result<MemberInvitation> invited = await invitations.InviteAsync(project.Id, read.Value.Email!, role, await InviterAsync(context, project, sessions), ct);
        return invited.IsSuccess ? TypedResults.Created($"/members/invitations/{invited.Value.Id}", Of(invited.Value)) : invited.Failure.ToApiError();
    }

    public static async Task<Results<Ok<Response>, ApiError>> ResendAsync(string id, HttpContext context, CurrentProject project, MemberInvitations invitations, ConsoleSessions sessions, CancellationToken ct) =>
        Answer(await invitations.ResendAsync(project.Id, IdOf(id), await InviterAsync(context, project, sessions), ct));

    public static async Task<Results<Ok<Response>, ApiError>> RevokeAsync(string id, HttpContext context, CurrentProject project, MemberInvitations invitations, ConsoleSessions sessions, CancellationToken ct) =>
        Answer(await invitations.RevokeAsync(project.Id, IdOf(id), await InviterAsync(context, project, sessions), ct));

    private static Results<Ok<Response>, ApiError> Answer(Result<MemberInvitation> result) => result.IsSuccess ? TypedResults.Ok(Of(result.Value)) : result.Failure.ToApiError();

    /// <summary>A key stands for no person: it invites in the project's name, and no owners.</summary>
    private static async Task<Inviter> InviterAsync(HttpContext context, CurrentProject project, ConsoleSessions sessions) =>
        project.Actor.Kind is ActorKind.User && await sessions.FindAsync(context) is { } session
            ? new Inviter(session.UserId, session.Name ?? session.Email, project.Actor)
            : new Inviter(null, project.Name, project.Actor);

    private static Guid IdOf(string text) => Guid.TryParse(text, out Guid id) ? id : default;

    /// <summary>By its name alone: Enum.Parse takes numbers, too.</summary>
    private static ProjectRole? RoleOf(string text) => text switch { "owner" => ProjectRole.Owner, "admin" => ProjectRole.Admin, "developer" => ProjectRole.Developer, "viewer" => ProjectRole.Viewer, _ => null };

#pragma warning disable CA1308 // wire names are lower case
    private static Response Of(MemberInvitation one) =>
        new("member_invitation", one.Id.ToString(), one.Email, one.Role.ToString().ToLowerInvariant(), one.State.ToString().ToLowerInvariant(), one.InvitedBy, one.CreatedAt, one.SentAt, one.ExpiresAt);
#pragma warning restore CA1308
}
