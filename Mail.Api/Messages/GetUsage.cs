using System.Globalization;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mail.Api.Messages;

/// <summary>GET /usage: how much the project sent, by day or month (UTC), out of what is kept of its messages. Mail of test keys is not counted.</summary>
public static class GetUsage
{
    private const int LongestDays = 400;
    private const int UsualDays = 30;

    public static void Map(IEndpointRouteBuilder usage) => usage.MapGet("/", Handle).RequireScope(Scopes.ReadMessages);

    /// <param name="Since">The first day that is counted.</param>
    /// <param name="Until">The last one.</param>
    /// <param name="HasMore">Whether there are more lines than one answer holds; ask for fewer days.</param>
    /// <param name="Data">The latest period first. What a period has no line for, it has no mail of.</param>
    public sealed record Response(string Object, DateOnly Since, DateOnly Until, string By, string? Split, bool HasMore, IReadOnlyList<Line> Data);

    /// <param name="Period">The day, or the month's first day.</param>
    /// <param name="Part">Of the split: a lane, `name:value` of a tag, a sender's domain, the name of an API key; null without a split, and for mail without tags or a key.</param>
    /// <param name="KeyId">The key, when split by key: names are not unique, and one whose mailbox was removed has only its id.</param>
    /// <param name="Messages">Accepted in the period.</param>
    /// <param name="Recipients">Of these messages; what follows are theirs.</param>
    /// <param name="Waiting">Nothing is decided yet.</param>
    /// <param name="Sent">A relay took the mail, or it was delivered.</param>
    /// <param name="Bounced">Refused for good.</param>
    /// <param name="Other">Complained, suppressed, failed or canceled.</param>
    public sealed record Line(DateOnly Period, string? Part, long Messages, long Recipients, long Waiting, long Sent, long Bounced, long Other, string? KeyId);

    /// <param name="by">`day` or `month`; `day` without it.</param>
    /// <param name="since">The first day, such as 2026-03-01; 30 days back without it.</param>
    /// <param name="until">The last day; today without it.</param>
    /// <param name="split">`lane`, `tag`, `domain` (of the sender) or `key` (the API key); none without it.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(CurrentProject project, UsageReader usage, TimeProvider clock, CancellationToken ct, string? by = null, string? since = null, string? until = null, string? split = null)
    {
        Result<UsageQuestion> question = Read(by, since, until, split, clock);
        if (!question.IsSuccess) return question.Failure.ToApiError();
        IReadOnlyList<UsageLine> lines = await usage.ReadAsync(project.Id, question.Value, ct);
        return TypedResults.Ok(new Response(
            "usage", question.Value.Since, question.Value.Until.AddDays(-1), question.Value.IsByMonth ? "month" : "day", split, lines.Count == UsageReader.MostLines,
            [.. lines.Select(line => new Line(line.Period, line.Part, line.Messages, line.Recipients, line.Waiting, line.Arrived, line.Bounced, line.Others, line.KeyId))]));
    }

    internal static Result<UsageQuestion> Read(string? by, string? since, string? until, string? split, TimeProvider clock)
    {
        if (by is not (null or "day" or "month")) return Failure.Field("by", "must be `day` or `month`.");
        UsageSplit? parts = split switch { null => UsageSplit.None, "lane" => UsageSplit.Lane, "tag" => UsageSplit.Tag, "domain" => UsageSplit.Domain, "key" => UsageSplit.Key, _ => null };
        if (parts is null) return Failure.Field("split", "must be `lane`, `tag`, `domain` or `key`.");
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), last = today;
        if (until is not null && !IsDay(until, out last)) return Failure.Field("until", "must be a day, such as 2026-03-31.");
        DateOnly first = last.AddDays(1 - UsualDays);
        if (since is not null && !IsDay(since, out first)) return Failure.Field("since", "must be a day, such as 2026-03-01.");
        if (first > last) return Failure.Field("since", "must not be after `until`.");
        if (last.DayNumber - first.DayNumber >= LongestDays) return Failure.Field("since", $"must be within {LongestDays} days before `until`.");
        return new UsageQuestion(first, last.AddDays(1), by == "month", parts.Value);
    }

    /// <summary>Before 2000 there was no mail of ours, and ids have no place for times that are too far.</summary>
    private static bool IsDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 2000 and < 3000;
}
