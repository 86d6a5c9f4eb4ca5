using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>The time has come for some invitations of a campaign: reminders, ends.</summary>
[BusMessage("invitations.due")]
internal sealed record InvitationsDue(ProjectId ProjectId, Guid CampaignId) : IProjectMessage;

internal static class DueInvitations
{
    private const int Portion = 500;

    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    /// <summary>Reads what is due now, whatever was due when the timer was set: one that was extended, started or revoked since is not. Large campaigns in portions, each a transaction.</summary>
    public static async Task Handle(InvitationsDue due, MailDbContext db, InvitationStore store, InvitationWriter writer, BusOutbox outbox, TimeProvider clock, CancellationToken ct)
    {
        NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();
        DateTimeOffset now = clock.GetUtcNow();
        List<Invitation> waiting = await store.LockDueAsync(due.ProjectId, due.CampaignId, now, Portion, connection, ct);
        if (waiting.Count > 0)
        {
            Campaign campaign = await store.CampaignAsync(due.ProjectId, due.CampaignId, connection, ct);
            await writer.WriteAsync(connection, campaign, [.. waiting.Select(one => one.Due(campaign, now)).OfType<InvitationStep>()], InvitationCause.Timer, ct);
        }

        if (waiting.Count == Portion) await outbox.PublishAsync(due, connection, ct);
        else if (await InvitationStore.AnyDueAsync(due.ProjectId, due.CampaignId, now, connection, ct)) await outbox.ScheduleAsync(due, now + _again, connection, ct); // somebody held them
    }
}
