using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>POST /members/leave: out of the project by one's own will, whatever one's role.</summary>
public static class LeaveProject
{
    public static void Map(IEndpointRouteBuilder members) => members.MapPost("/leave", Handle).RequireScope(Scopes.ReadMembers).ProducesApiError(409);

    public static async Task<Results<NoContent, ApiError>> Handle(CurrentProject project, MemberSetup setup, CancellationToken ct)
    {
        if (project.Actor is not { Kind: ActorKind.User, Id: { } userId }) return new Failure(FailureKind.Forbidden, "session_needed", "A key is no member. Sign in to the console to leave the project.").ToApiError();
        Result<Member> left = await setup.RemoveAsync(project.Id, userId, project.Actor, ct);
        return left.IsSuccess ? TypedResults.NoContent() : left.Failure.ToApiError();
    }
}
