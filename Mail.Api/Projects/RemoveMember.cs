using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>DELETE /members/{id}: out of the project with the next request. The keys that the member made belong to the project and stay.</summary>
public static class RemoveMember
{
    public static void Map(IEndpointRouteBuilder members) => members.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteMembers).ProducesApiError(404).ProducesApiError(409);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, MemberSetup setup, CancellationToken ct)
    {
        Result<Member> removed = await setup.RemoveAsync(project.Id, MemberResponse.IdOf(id), project.Actor, ct);
        return removed.IsSuccess ? TypedResults.Ok(new Response("member", removed.Value.UserId.ToString(), Deleted: true)) : removed.Failure.ToApiError();
    }
}
