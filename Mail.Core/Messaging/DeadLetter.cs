using Mail.Core.Common;

namespace Mail.Core.Messaging;

/// <summary>A message that was given up.</summary>
/// <param name="Name">The message's wire name.</param>
/// <param name="Body">Its JSON as stored; null when it is not for anybody's eyes.</param>
/// <param name="Error">What was wrong with the last attempt, in words.</param>
/// <param name="DueAt">When it was to be handled.</param>
public sealed record DeadLetter(
    Guid Id, ProjectId? Project, Guid MessageId, string Name, string Handler, string? Body, string? Key, int Attempts, string Error, DateTimeOffset PublishedAt, DateTimeOffset DueAt, DateTimeOffset DiedAt);
