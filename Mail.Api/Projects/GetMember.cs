using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>GET /members/{id}.</summary>
public static class GetMember
{
    public static void Map(IEndpointRouteBuilder members) => members.MapGet("/{id}", Handle).RequireScope(Scopes.ReadMembers).ProducesApiError(404);

    public static async Task<Results<Ok<MemberResponse>, ApiError>> Handle(string id, CurrentProject project, MemberSetup setup, CancellationToken ct)
    {
        Result<Member> member = await setup.FindAsync(project.Id, MemberResponse.IdOf(id), ct);
        return member.IsSuccess ? TypedResults.Ok(MemberResponse.Of(member.Value)) : member.Failure.ToApiError();
    }
}
