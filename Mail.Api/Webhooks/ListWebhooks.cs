using Mail.Api.Access;
using Mail.Core.Projects;
using Mail.Core.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Webhooks;

/// <summary>GET /webhooks: the project's webhooks, the oldest first, and the events that one may ask for.</summary>
public static class ListWebhooks
{
    public static void Map(IEndpointRouteBuilder webhooks) => webhooks.MapGet("/", Handle).RequireScope(Scopes.ReadWebhooks);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<WebhookResponse> Data, IReadOnlyList<string> KnownEvents);

    public static async Task<Ok<Response>> Handle(CurrentProject project, WebhookSetup setup, CancellationToken ct) =>
        TypedResults.Ok(new Response("list", false, [.. (await setup.ListAsync(project.Id, ct)).Select(WebhookResponse.Of)], WebhookEvents.All));
}
