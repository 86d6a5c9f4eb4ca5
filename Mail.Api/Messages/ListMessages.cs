using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Delivery;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Messages;

/// <summary>GET /emails: newest first, by pages.</summary>
public static class ListMessages
{
    public static void Map(IEndpointRouteBuilder messages) => messages.MapGet("/", Handle).RequireScope(Scopes.ReadMessages);

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<Item> Data);

    public sealed record Item(
        string Id, IReadOnlyList<string> To, string From, DateTimeOffset CreatedAt, string Subject, IReadOnlyList<string>? Bcc, IReadOnlyList<string>? Cc,
        IReadOnlyList<string>? ReplyTo, string LastEvent, DateTimeOffset? ScheduledAt);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="before">The first id of this page: the page before holds newer ones.</param>
    /// <param name="status">A recipient's state, such as `delivery_delayed`.</param>
    /// <param name="to">Part of a recipient's address.</param>
    /// <param name="experiment">Messages that took part in this experiment.</param>
    /// <param name="arm">Of those, the ones that took this arm.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, MessageReader messages, CancellationToken ct, string? limit = null, string? after = null, string? before = null, string? status = null, string? to = null,
        [FromQuery(Name = "experiment_id")] string? experiment = null, string? arm = null)
    {
        Result<MessageFilter> filter = Filter(limit, after, before, status, to, experiment, arm);
        if (!filter.IsSuccess) return filter.Failure.ToApiError();
        (IReadOnlyList<MessageSummary> page, bool hasMore) = await messages.ListAsync(project.Id, filter.Value with { OnlyTest = project.IsTest }, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(ItemOf)]));
    }

    private static Result<MessageFilter> Filter(string? limit, string? after, string? before, string? status, string? to, string? experiment, string? arm)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.");
        Guid afterId = default, beforeId = default;
        if (after is not null && !Guid.TryParse(after, out afterId)) return Failure.Field("after", "must be the id of a message.");
        if (before is not null && !Guid.TryParse(before, out beforeId)) return Failure.Field("before", "must be the id of a message.");
        if (after is not null && before is not null) return Failure.Field("before", "cannot be used together with `after`.");
        DeliveryState state = default;
        if (!string.IsNullOrEmpty(status) && !DeliveryStates.TryParse(status, out state))
            return Failure.Field("status", $"must be one of {string.Join(", ", DeliveryStates.WorstFirst.Select(known => known.Name()))}.");
        if (to is not null && to.Contains('\0', StringComparison.Ordinal)) return Failure.Field("to", "must not contain NUL.");
        Guid experimentId = default;
        if (experiment is not null && !Guid.TryParse(experiment, out experimentId)) return Failure.Field("experiment_id", "must be the id of an experiment.");
        if (arm is not null && experiment is null) return Failure.Field("arm", "is that of an experiment; say `experiment_id` too.");
        if (arm is not null && arm.Contains('\0', StringComparison.Ordinal)) return Failure.Field("arm", "must not contain NUL.");
        return new MessageFilter(
            count, after is null ? null : new MessageId(afterId), before is null ? null : new MessageId(beforeId),
            string.IsNullOrEmpty(status) ? null : state, string.IsNullOrEmpty(to) ? null : to)
        { ExperimentId = experiment is null ? null : experimentId, Arm = arm };
    }

    private static Item ItemOf(MessageSummary message) => new(
        message.Id.ToString(), message.Envelope.To, message.Envelope.From, message.CreatedAt, message.Subject,
        OrNull(message.Envelope.Bcc), OrNull(message.Envelope.Cc), OrNull(message.Envelope.ReplyTo), message.State.Name(), message.ScheduledAt);

    /// <summary>Resend answers null for an empty list.</summary>
    internal static IReadOnlyList<string>? OrNull(IReadOnlyList<string> list) => list.Count == 0 ? null : list;
}
