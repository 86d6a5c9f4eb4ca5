using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Domains.Identities;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Domains;

/// <summary>DELETE /sender-identities/{id}: its mail is refused from now on.</summary>
public static class RemoveIdentity
{
    public static void Map(IEndpointRouteBuilder identities) => identities.MapDelete("/{id}", Handle).RequireScope(Scopes.WriteDomains).ProducesApiError(404);

    public sealed record Response(string Object, string Id, bool Deleted);

    public static async Task<Results<Ok<Response>, ApiError>> Handle(string id, CurrentProject project, IdentitySetup setup, CancellationToken ct)
    {
        SenderIdentityId identity = IdentityRequest.Id(id);
        return await setup.RemoveAsync(project.Id, identity, ct) is { } failure ? failure.ToApiError() : TypedResults.Ok(new Response("sender_identity", identity.ToString(), Deleted: true));
    }
}
