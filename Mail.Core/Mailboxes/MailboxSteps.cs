using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messaging;

namespace Mail.Core.Mailboxes;

/// <summary>A mailbox has a goal, and its next step is due.</summary>
/// <param name="Turn">One of another turn than the mailbox's was replaced, and comes to nothing.</param>
[BusMessage("mailboxes.step-due")]
internal sealed record MailboxStepDue(ProjectId ProjectId, Guid Mailbox, int Turn) : IProjectMessage;

internal static class MailboxStepHandler
{
    [BusHandler(HoldsTransaction = false)]
    public static Task Handle(MailboxStepDue due, MailboxSaga saga, MailDbContext db, BusContext context, CancellationToken ct) => saga.HandleAsync(due, db, context, ct);
}

/// <summary>One was undone some time ago. A request that was on its way then may have made it again.</summary>
[BusMessage("mailboxes.look-again-due")]
internal sealed record MailboxLookAgainDue(ProjectId ProjectId, Guid Mailbox) : IProjectMessage;

internal static class MailboxLookAgainHandler
{
    [BusHandler(HoldsTransaction = false)]
    public static Task Handle(MailboxLookAgainDue due, MailboxSaga saga, MailDbContext db, BusContext context, CancellationToken ct) => saga.LookAgainAsync(due, db, context, ct);
}
