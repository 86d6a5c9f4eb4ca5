using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>GET /emails/scheduled: what leaves later, in the order in which it leaves.</summary>
public static class ListScheduled
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("/scheduled", Handle).WithSummary("List scheduled messages").RequireScope(Scopes.ReadMessages);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<ListMessages.Item> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds what leaves after it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, ScheduledMessages scheduled, CancellationToken ct, string? limit = null, string? after = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        Guid afterId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a message.").ToApiError();
        (IReadOnlyList<MessageSummary> page, bool hasMore) = await scheduled.ListAsync(project.Id, after is null ? null : new MessageId(afterId), count, project.IsTest, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(ListMessages.ItemOf)]));
    }
}
