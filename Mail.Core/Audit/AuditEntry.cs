using Mail.Core.Projects;

namespace Mail.Core.Audit;

/// <summary>A line of a project's audit log.</summary>
/// <param name="ActorName">The user's address or the key's name; null when they are gone.</param>
/// <param name="Action">Such as `relay.change`.</param>
/// <param name="Status">The answer's HTTP status; null when it is not known how it ended: it is under way, or the process died.</param>
/// <param name="Before">What differs, as the API showed it before: a JSON object; null for what is new, or has nothing to show.</param>
/// <param name="After">The same, after.</param>
public sealed record AuditEntry(Guid Id, DateTimeOffset At, ActorKind ActorKind, Guid? ActorId, string? ActorName, string? Client, string Action, string? SubjectId, int? Status, string? Before, string? After);

/// <summary>Which lines; null for any.</summary>
/// <param name="After">The last id of the page before.</param>
public sealed record AuditFilter(string? Action, Guid? ActorId, string? SubjectId, DateTimeOffset? Since, DateTimeOffset? Until, Guid? After);
