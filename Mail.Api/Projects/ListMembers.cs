using Mail.Api.Access;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Projects;

/// <summary>GET /members: who works in the project, in the order in which they came.</summary>
public static class ListMembers
{
    public static void Map(IEndpointRouteBuilder members) => members.MapGet("/", Handle).RequireScope(Scopes.ReadMembers);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<MemberResponse> Data);

    public static async Task<Ok<Response>> Handle(CurrentProject project, MemberSetup setup, CancellationToken ct) =>
        TypedResults.Ok(new Response("list", false, [.. (await setup.ListAsync(project.Id, ct)).Select(MemberResponse.Of)]));
}
