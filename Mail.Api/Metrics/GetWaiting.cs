using Mail.Api.Access;
using Mail.Core.Metrics;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Metrics;

/// <summary>GET /emails/waiting: what was accepted and has not left yet, and the oldest of it.</summary>
public static class GetWaiting
{
    public static void Map(IEndpointRouteBuilder metrics) => metrics.MapGet("/waiting", Handle).RequireScope(Scopes.ReadMessages);

    /// <param name="Count">Recipients that wait now; what is scheduled is left out.</param>
    /// <param name="HasMore">That there are more than were counted.</param>
    /// <param name="Oldest">Of the message that was accepted first; null when nothing waits.</param>
    public sealed record Response(string Object, int Count, bool HasMore, Oldest? Oldest);

    /// <param name="AcceptedAt">Since when it waits.</param>
    /// <param name="Reason">Why, in words.</param>
    public sealed record Oldest(string EmailId, DateTimeOffset AcceptedAt, string State, DateTimeOffset NextAttemptAt, string Reason);

    public static async Task<Ok<Response>> Handle(CurrentProject project, WaitingMailReader reader, CancellationToken ct)
    {
        WaitingMail waiting = await reader.ReadAsync(project.Id, ct);
        Oldest? oldest = waiting.Oldest is { } first ? new Oldest(first.MessageId.ToString(), first.AcceptedAt, first.State, first.NextAttemptAt, first.Reason) : null;
        return TypedResults.Ok(new Response("waiting_emails", waiting.Count, waiting.Count == WaitingMailReader.Most, oldest));
    }
}
