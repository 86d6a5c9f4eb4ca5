using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>GET /emails: newest first, by pages; searched by what is asked.</summary>
public static class ListMessages
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("/", Handle).RequireScope(Scopes.ReadMessages);

    /// <param name="HasMore">Whether another page follows, or may follow where not all was searched.</param>
    /// <param name="SearchedTo">
    /// How far the search came before its time was up; null when all was searched, or the page is full. Older messages were not looked at: ask again with `after` set to its
    /// id (or `before`, when going back).
    /// </param>
    public sealed record Response(string Object, bool HasMore, IReadOnlyList<Item> Data, SearchEnd? SearchedTo);

    /// <param name="CreatedAt">Of the last message that was looked at.</param>
    public sealed record SearchEnd(string Id, DateTimeOffset CreatedAt);

    public sealed record Item(
        string Id, IReadOnlyList<string> To, string From, DateTimeOffset CreatedAt, string Subject, IReadOnlyList<string>? Bcc, IReadOnlyList<string>? Cc,
        IReadOnlyList<string>? ReplyTo, string LastEvent, DateTimeOffset? ScheduledAt, IReadOnlyList<MessageTag> Tags);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="before">The first id of this page: the page before holds newer ones.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, MessageSearch messages, [AsParameters] MessageQuery query, CancellationToken ct, string? limit = null, string? after = null, string? before = null)
    {
        Result<MessageFilter> filter = Filter(query, limit, after, before);
        if (!filter.IsSuccess) return filter.Failure.ToApiError();
        MessagePage page = await messages.ListAsync(project.Id, filter.Value with { OnlyTest = project.IsTest }, ct);
        return TypedResults.Ok(new Response("list", page.HasMore, [.. page.Messages.Select(ItemOf)], page.SearchedTo is { } end ? new SearchEnd(end.Id.ToString(), end.CreatedAt) : null));
    }

    private static Result<MessageFilter> Filter(MessageQuery query, string? limit, string? after, string? before)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.");
        Guid afterId = default, beforeId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a message.");
        if (before is not null && !Guid.TryParse(before, out beforeId)) return Failure.Field("before", "must be the id of a message.");
        if (after is not null && before is not null) return Failure.Field("before", "cannot be used together with `after`.");
        return query.Read(count, after is null ? null : new MessageId(afterId), before is null ? null : new MessageId(beforeId));
    }

    internal static Item ItemOf(MessageSummary message) => new(
        message.Id.ToString(), message.Envelope.To, message.Envelope.From, message.CreatedAt, message.Subject,
        OrNull(message.Envelope.Bcc), OrNull(message.Envelope.Cc), OrNull(message.Envelope.ReplyTo), message.State.Name(), message.ScheduledAt, message.Envelope.Tags);

    /// <summary>Resend answers null for an empty list.</summary>
    internal static IReadOnlyList<string>? OrNull(IReadOnlyList<string> list) => list.Count == 0 ? null : list;
}
