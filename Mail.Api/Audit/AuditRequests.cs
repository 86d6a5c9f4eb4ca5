using System.Globalization;
using System.Text.Json;
using Mail.Core.Audit;
using Mail.Core.Common;

namespace Mail.Api.Audit;

/// <summary>Which lines of the log a call asks for.</summary>
internal static class AuditRequests
{
    public static Result<AuditFilter> Filter(string? action, string? actor, string? subject, string? since, string? until, string? after)
    {
        if (action is { } name && (name.Length > 100 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))) return Failure.Field("action", "must be the name of an action, such as `relay.change`, or of a kind of thing, such as `relay`.");
        if (actor is not null && !Guid.TryParse(actor, out _)) return Failure.Field("actor_id", "must be the id of a member or of an API key.");
        if (subject is not null && (subject.Length > 200 || subject.Any(char.IsControl))) return Failure.Field("subject_id", "must be the id of what was changed.");
        if (after is not null && !Guid.TryParse(after, out _)) return Failure.Field("after", "must be the id of a line.");
        if (!IsTime(since, out DateTimeOffset? from)) return Failure.Field("since", "must be a time, such as 2026-03-01T00:00:00Z.");
        if (!IsTime(until, out DateTimeOffset? to)) return Failure.Field("until", "must be a time, such as 2026-03-01T00:00:00Z.");
        return new AuditFilter(action, actor is null ? null : Guid.Parse(actor), subject, from, to, after is null ? null : Guid.Parse(after));
    }

    private static bool IsTime(string? text, out DateTimeOffset? time)
    {
        bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset read);
        time = isTime ? read : null;
        return text is null || isTime;
    }
}

/// <summary>A line of the audit log as the API shows it.</summary>
/// <param name="Action">Such as `relay.change`.</param>
/// <param name="SubjectId">The id of what was changed.</param>
/// <param name="Outcome">`done`; `unknown` while it is under way, or when the process died before it was known.</param>
/// <param name="Before">What differs, as it was before; null for what is new.</param>
/// <param name="After">The same, after; null for what is gone.</param>
public sealed record AuditResponse(string Object, string Id, DateTimeOffset At, AuditResponse.AuditActor Actor, string? Ip, string Action, string? SubjectId, string Outcome, JsonElement? Before, JsonElement? After)
{
    /// <param name="Kind">`user`, `api_key` or `system`.</param>
    /// <param name="Name">The user's address or the key's name; null when they are gone.</param>
    public sealed record AuditActor(string Kind, string? Id, string? Name);

    public static AuditResponse Of(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(
            "audit_entry", entry.Id.ToString(), entry.At, new AuditActor(entry.ActorKind.StoredName(), entry.ActorId?.ToString(), entry.ActorName), entry.Client, entry.Action, entry.SubjectId,
            entry.Status is null ? "unknown" : "done", Json(entry.Before), Json(entry.After));
    }

    private static JsonElement? Json(string? text)
    {
        if (text is null) return null;
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
