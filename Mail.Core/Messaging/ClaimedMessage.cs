using Mail.Core.Common;

namespace Mail.Core.Messaging;

/// <summary>One message for one handler, ours for the length of a lease.</summary>
internal sealed record ClaimedMessage(
    Guid Project, Guid Id, Guid MessageId, string Handler, string Name, byte[] Body, bool IsEncrypted, string? Key, int Generation, string? TraceParent, DateTimeOffset DueAt, int Attempts, Guid LeaseToken)
{
    public ProjectId? ProjectId => Project == Guid.Empty ? null : new ProjectId(Project);
}
