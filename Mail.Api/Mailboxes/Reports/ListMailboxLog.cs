using System.Globalization;
using Mail.Api.Access;
using Mail.Api.Http;
using Mail.Core.Common;
using Mail.Core.Mailboxes.Usage;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mail.Api.Mailboxes.Reports;

/// <summary>GET /mailboxes/log: each action on mailboxes, with user, provider, status, error and time. The last comes first.</summary>
public static class ListMailboxLog
{
    public static void Map(IEndpointRouteBuilder mailboxes) => mailboxes.MapGet("/log", Handle).RequireScope(Scopes.ReadMailboxes).WithSummary("List actions on mailboxes");

    public sealed record Response(string Object, bool HasMore, IReadOnlyList<Line> Data);

    /// <param name="Action">What was done, or which step followed.</param>
    /// <param name="How">`api`, `worker` or `timer`.</param>
    /// <param name="By">The member or the key; null for a step.</param>
    /// <param name="User">Whose mailbox it is.</param>
    /// <param name="Status">How it ended; `refused` for what was refused before there was a mailbox.</param>
    /// <param name="Error">The problem's code.</param>
    public sealed record Line(
        string Id, DateTimeOffset At, string Action, string How, string? By, string? Ip, string? MailboxId, string? Email, string? User, string? Provider, string Status, string? Error, string? Message, double? Milliseconds);

    /// <param name="limit">1 to 100; 20 without it.</param>
    /// <param name="after">The last id of this page: the next page holds older ones.</param>
    /// <param name="mailboxId">Of one mailbox.</param>
    /// <param name="action">Exactly this one, such as `create`.</param>
    /// <param name="status">Exactly this one, such as `refused`.</param>
    /// <param name="provider">Such as `ses`.</param>
    /// <param name="since">From this time on.</param>
    /// <param name="until">Before this time.</param>
    public static async Task<Results<Ok<Response>, ApiError>> Handle(
        HttpContext http, CurrentProject project, MailboxLog log, CancellationToken ct, string? limit = null, string? after = null, [FromQuery(Name = "mailbox_id")] string? mailboxId = null, string? action = null,
        string? status = null, string? provider = null, string? since = null, string? until = null)
    {
        Result<MailboxCaller> caller = MailboxCaller.Read(http, project);
        if (!caller.IsSuccess) return caller.Failure.ToApiError();
        int count = 20;
        if (limit is not null && (!int.TryParse(limit, out count) || count is < 1 or > 100)) return Failure.Field("limit", "must be a number from 1 to 100.").ToApiError();
        if (Id("after", after, out long? before) is { } wrongAfter) return wrongAfter.ToApiError();
        if (mailboxId is not null && !Guid.TryParse(mailboxId, out _)) return Failure.Field("mailbox_id", "must be the id of a mailbox.").ToApiError();
        if ((Word("action", action) ?? Word("status", status) ?? Word("provider", provider)) is { } wrong) return wrong.ToApiError();
        if (Time("since", since, out DateTimeOffset? from) is { } wrongSince) return wrongSince.ToApiError();
        if (Time("until", until, out DateTimeOffset? to) is { } wrongUntil) return wrongUntil.ToApiError();
        (IReadOnlyList<MailboxLogLine> page, bool hasMore) = await log.ListAsync(
            new MailboxLogFilter(caller.Value.Access, mailboxId is null ? null : Guid.Parse(mailboxId), action, status, provider, from, to, before), count, ct);
        return TypedResults.Ok(new Response("list", hasMore, [.. page.Select(Of)]));
    }

    internal static Line Of(MailboxLogLine line) => new(
        line.Id.ToString(CultureInfo.InvariantCulture), line.At, line.Action, line.How, line.By, line.Ip, line.Mailbox?.ToString(), line.Address, line.Owner, line.Provider, line.Status, line.Error, line.Message, line.Milliseconds);

    private static Failure? Id(string field, string? text, out long? id)
    {
        bool isId = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long read);
        id = isId ? read : null;
        return text is null || isId ? null : Failure.Field(field, "must be the id of a line.");
    }

    private static Failure? Word(string field, string? text) =>
        text is null || (text.Length is > 0 and <= 60 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')) ? null : Failure.Field(field, "must be a name such as in the log's lines.");

    private static Failure? Time(string field, string? text, out DateTimeOffset? time)
    {
        bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset read);
        time = isTime ? read : null;
        return text is null || isTime ? null : Failure.Field(field, "must be a time, such as 2026-03-01T00:00:00Z.");
    }
}
