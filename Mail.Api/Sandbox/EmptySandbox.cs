using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Projects;
using Mail.Core.Sandbox;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Sandbox;

/// <summary>DELETE /sandbox/messages: all that is in the sandbox, or what came for one address.</summary>
public static class EmptySandbox
{
    public static void Map(IEndpointRouteBuilder sandbox) => sandbox.MapDelete("/messages", Handle).RequireScope(Scopes.SendMessages);

    /// <param name="Deleted">How many there were.</param>
    public sealed record Response(string Object, int Deleted);

    /// <param name="to">The recipient's address; a text that is no whole address deletes what came for those that contain it. All without it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, SandboxInbox inbox, CancellationToken ct, string? to = null)
    {
        if (SandboxQuery.Text("to", to) is { } unreadable) return unreadable.ToApiError();
        return TypedResults.Ok(new Response("sandbox", await inbox.EmptyAsync(project.Id, to, ct)));
    }
}
