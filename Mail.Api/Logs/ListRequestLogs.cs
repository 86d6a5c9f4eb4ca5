using System.Globalization;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Logs;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Logs;

/// <summary>GET /logs: the calls of the project's API keys, newest first, by pages.</summary>
public static class ListRequestLogs
{
    public static void Map(IEndpointRouteBuilder logs) => logs.MapGet("/", Handle).RequireScope(Scopes.ReadLogs)
        .WithSummary("List request logs").WithDescription("Calls over HTTP and SMTP, some days back. Neither bodies nor queries are kept.");

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<RequestLogResponse> Data);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="before">The first id of this page: the page before holds newer ones.</param>
    /// <param name="method">Such as `POST`, or `SMTP`.</param>
    /// <param name="path">Part of a documented path, such as `/emails`.</param>
    /// <param name="status">A status such as `422`, or a class of them: `2xx`, `4xx`, `5xx`.</param>
    /// <param name="key">The id of the API key.</param>
    /// <param name="since">The earliest time.</param>
    /// <param name="until">Only before this time.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        CurrentProject project, RequestLogReader logs, CancellationToken ct, string? limit = null, string? after = null, string? before = null, string? method = null, string? path = null, string? status = null,
        [FromQuery(Name = "key_id")] string? key = null, string? since = null, string? until = null)
    {
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        if (!IsId(after, out Guid? afterId)) return Failure.Field("after", "must be the id of a log.").ToApiError();
        if (!IsId(before, out Guid? beforeId)) return Failure.Field("before", "must be the id of a log.").ToApiError();
        if (after is not null && before is not null) return Failure.Field("before", "cannot be used together with `after`.").ToApiError();
        if (method is not null && (method.Length is 0 or > 10 || !method.All(char.IsAsciiLetter))) return Failure.Field("method", "must be a method, such as `POST` or `SMTP`.").ToApiError();
        if (path is not null && (path.Length > 200 || path.Any(char.IsControl))) return Failure.Field("path", "must be part of a path, such as `/emails`.").ToApiError();
        if (!IsStatus(status, out (int, int)? range)) return Failure.Field("status", "must be a status, such as `422`, or a class of them: `2xx`, `4xx` or `5xx`.").ToApiError();
        if (!IsId(key, out Guid? keyId)) return Failure.Field("key_id", "must be the id of an API key.").ToApiError();
        if (!IsTime(since, out DateTimeOffset? from)) return Failure.Field("since", "must be a time, such as 2026-03-01T00:00:00Z.").ToApiError();
        if (!IsTime(until, out DateTimeOffset? to)) return Failure.Field("until", "must be a time, such as 2026-03-01T00:00:00Z.").ToApiError();

        RequestLogFilter filter = new(count, afterId, beforeId, method?.ToUpperInvariant(), string.IsNullOrEmpty(path) ? null : path, range, keyId, from, to);
        (IReadOnlyList<ReadRequest> page, bool hasMore) = await logs.ListAsync(project.Id, filter, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(RequestLogResponse.Of)]));
    }

    private static bool IsId(string? text, out Guid? id)
    {
        id = Guid.TryParse(text, out Guid read) ? read : null;
        return text is null || id is not null;
    }

    private static bool IsStatus(string? text, out (int From, int To)? range)
    {
        range = text is [>= '1' and <= '5' and var hundreds, 'x' or 'X', 'x' or 'X'] ? ((hundreds - '0') * 100, (hundreds - '0' + 1) * 100)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int one) && one is >= 100 and <= 599 ? (one, one + 1) : null;
        return string.IsNullOrEmpty(text) || range is not null;
    }

    private static bool IsTime(string? text, out DateTimeOffset? time)
    {
        bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset read);
        time = isTime ? read : null;
        return text is null || isTime;
    }
}
