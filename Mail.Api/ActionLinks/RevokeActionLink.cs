using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.ActionLinks;

/// <summary>POST /action-links/{id}/revoke: takes a link back; its page says so from then on.</summary>
public static class RevokeActionLink
{
    public static void Map(IEndpointRouteBuilder links) => links.MapPost("/{id}/revoke", Handle).RequireScope(Scopes.WriteActionLinks).ProducesApiError(404).ProducesApiError(409)
        .WithSummary("Take an action link back").WithDescription("409 when it was used.");

    public static async Task<Results<Ok<ActionLinkResponse>, ApiError>> Handle(string id, CurrentProject project, ActionLinkStore links, TimeProvider clock, CancellationToken ct)
    {
        if (await GetActionLink.FindAsync(id, project, links, ct) is not { } link) return Failure.NotFound("Action link").ToApiError();
        if (!await links.RevokeAsync(project.Id, link.Id, ct)) return new Failure(FailureKind.Conflict, "used_action_link", "This link was used before, and cannot be taken back.").ToApiError();
        return await links.FindAsync(project.Id, link.Id, null, ct) is { } now ? TypedResults.Ok(ActionLinkResponse.Of(now, clock.GetUtcNow())) : Failure.NotFound("Action link").ToApiError();
    }
}
