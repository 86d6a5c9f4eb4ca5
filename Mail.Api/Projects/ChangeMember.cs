using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>PATCH /members/{id}: another role, from the member's next request on.</summary>
public static class ChangeMember
{
    public static void Map(IEndpointRouteBuilder members) =>
        members.MapPatch("/{id}", Handle).RequireScope(Scopes.WriteMembers).Accepts<Request>("application/json").ProducesApiError(404).ProducesApiError(409).ProducesApiError(413);

    /// <param name="Role">`owner`, `admin`, `developer` or `viewer`.</param>
    public sealed record Request(string? Role);

    public static async Task<Results<Ok<MemberResponse>, ApiError>> Handle(string id, HttpRequest http, CurrentProject project, MemberSetup setup, CancellationToken ct)
    {
        Result<Request> request = JsonBody.Parse(await JsonBody.ReadBytesAsync(http, ct), ApiJson.Default.ChangeMemberRequest);
        if (!request.IsSuccess) return request.Failure.ToApiError();
        if (request.Value.Role is null) return Failure.Missing("role").ToApiError();
        if (ProjectRoles.Find(request.Value.Role) is not { } role) return Failure.Field("role", $"must be one of: {string.Join(", ", ProjectRoles.Names)}.").ToApiError();
        Result<Member> changed = await setup.ChangeAsync(project.Id, MemberResponse.IdOf(id), project.Actor, role, ct);
        return changed.IsSuccess ? TypedResults.Ok(MemberResponse.Of(changed.Value)) : changed.Failure.ToApiError();
    }
}
