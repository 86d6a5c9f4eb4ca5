using Mail.Core.Common;

namespace Mail.Core.Alerts;

/// <summary>An alert as stored.</summary>
public sealed record Alert(Guid Id, AlertKey Key, AlertFacts Facts, long Count, DateTimeOffset OpenedAt, DateTimeOffset LastAt)
{
    /// <summary>Null while it stands.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When a person said that they know: it is not told again.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When people were last told that it stands.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When people were last told that it is over.</summary>
    public DateTimeOffset? ToldEndAt { get; init; }

    public bool IsOpen => ResolvedAt is null;

    /// <summary>Whether it is the installation's and not one project's.</summary>
    public bool IsInstallations => Key.Project is null;

    internal static Guid Stored(ProjectId? project) => project?.Value ?? Guid.Empty;
}
