using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.ActionLinks;

/// <summary>GET /action-links/{id}: whether it was used, by which choice, when and from where.</summary>
public static class GetActionLink
{
    public static void Map(IEndpointRouteBuilder links) => links.MapGet("/{id}", Handle).RequireScope(Scopes.ReadActionLinks).ProducesApiError(404).WithSummary("See what became of an action link");

    public static async Task<Results<Ok<ActionLinkResponse>, ApiError>> Handle(string id, CurrentProject project, ActionLinkStore links, TimeProvider clock, CancellationToken ct) =>
        await FindAsync(id, project, links, ct) is { } link ? TypedResults.Ok(ActionLinkResponse.Of(link, clock.GetUtcNow())) : Failure.NotFound("Action link").ToApiError();

    /// <returns>Null for another project's, for one of Mail's own, and for one of the other side of the sandbox.</returns>
    internal static async Task<ActionLink?> FindAsync(string id, CurrentProject project, ActionLinkStore links, CancellationToken ct) =>
        Guid.TryParse(id, out Guid value) && await links.FindAsync(project.Id, value, null, ct) is { IsOwn: false } link && link.IsTest == project.IsTest ? link : null;
}
