using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Flows;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mail.Core.Requests;

/// <summary>The deadline has come.</summary>
[BusMessage("requests.expiry-due")]
internal sealed record RequestExpiryDue(ProjectId ProjectId, Guid Request) : IProjectMessage;

/// <param name="Number">Which of the reminders, from 0.</param>
[BusMessage("requests.reminder-due")]
internal sealed record RequestReminderDue(ProjectId ProjectId, Guid Request, int Number) : IProjectMessage;

/// <summary>A timer whose request is decided, over or forgotten comes to nothing: the aggregate refuses.</summary>
internal static class RequestExpiryHandler
{
    public static async Task Handle(RequestExpiryDue due, MailDbContext db, RequestFlow flow, CancellationToken ct)
    {
        Result<DecisionRequest> changed = await flow.ChangeAsync((NpgsqlConnection)db.Database.GetDbConnection(), due.ProjectId, null, due.Request, (request, now) => request.Expire(now), FlowActor.Timer, ct);
        if (changed.Failure is { Code: "request_pending" }) throw new InvalidOperationException("The timer of a request came before its deadline."); // tried again
        flow.Wake();
    }
}

internal static class RequestReminderHandler
{
    public static async Task Handle(RequestReminderDue due, MailDbContext db, RequestFlow flow, CancellationToken ct)
    {
        await flow.ChangeAsync((NpgsqlConnection)db.Database.GetDbConnection(), due.ProjectId, null, due.Request, (request, now) => request.Remind(due.Number, now), FlowActor.Timer, ct);
        flow.Wake();
    }
}
