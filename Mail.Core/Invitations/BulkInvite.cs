using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messaging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>The next portion of candidates who wait to be invited.</summary>
[BusMessage("invitations.invite-portion")]
internal sealed record InvitePortion(ProjectId ProjectId, Guid CampaignId, Guid RunId) : IProjectMessage;

/// <summary>
/// Invites many: who is to be invited is marked in one transaction, and invited in portions, each a transaction of its own with its mails. A worker that is killed leaves whole portions behind; the
/// next one goes on with those who are still marked, and nobody is written to twice.
/// </summary>
public sealed class BulkInvite(NpgsqlDataSource dataSource, BusOutbox outbox, InvitationLinks links, TimeProvider clock)
{
    public const int MostNamed = 10_000;

    internal const int Portion = 500;

    private const int Lanes = 2; // both sides of a machine with two cores: preparing mails, and storing them

    private const string BeginSql = """
        UPDATE campaigns SET run_id = $3, run_at = $4, run_ended_at = NULL, run_total = 0, run_accepted = 0, run_refused = 0
        WHERE project_id = $1 AND id = $2 AND is_test = $5 AND (run_id IS NULL OR run_ended_at IS NOT NULL) RETURNING 1
        """;

    private const string MarkNewSql = "UPDATE candidates SET run_id = $3 WHERE project_id = $1 AND campaign_id = $2 AND state = 'new'";
    private const string MarkNamedSql = "UPDATE candidates SET run_id = $3 WHERE project_id = $1 AND campaign_id = $2 AND (id = ANY($4) OR application_id = ANY($5))";
    private const string TotalSql = "UPDATE campaigns SET run_total = $3, run_ended_at = CASE WHEN $3 = 0 THEN $4 END WHERE project_id = $1 AND id = $2";

    internal const string CountSql = "UPDATE campaigns SET run_accepted = run_accepted + $4, run_refused = run_refused + $5 WHERE project_id = $1 AND id = $2 AND run_id = $3";

    // Whoever comes last ends it: while another portion is under way, or somebody else holds a candidate, some are still marked.
    internal const string EndSql = """
        UPDATE campaigns SET run_ended_at = CASE WHEN EXISTS (SELECT FROM candidates WHERE project_id = $1 AND run_id = $3) THEN NULL ELSE $4 END
        WHERE project_id = $1 AND id = $2 AND run_id = $3 AND run_ended_at IS NULL RETURNING run_ended_at IS NULL
        """;

    /// <param name="ids">Of candidates; null with <paramref name="applications"/> null for all who have never been invited.</param>
    /// <returns>How many will be invited; a conflict while another run is under way.</returns>
    public async Task<Result<int>> BeginAsync(Campaign campaign, Guid[]? ids, string[]? applications, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        if (links.Objection is { } objection) return objection;
        DateTimeOffset now = clock.GetUtcNow();
        Guid run = UuidV7.New(now);
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using (NpgsqlCommand begin = new(BeginSql, connection))
        {
            begin.Parameters.AddTyped(campaign.ProjectId).AddTyped(campaign.Id).AddTyped(run).AddTyped(now.UtcDateTime).AddTyped(campaign.IsTest);
            if (await begin.ExecuteScalarAsync(ct) is null) return new Failure(FailureKind.Conflict, "invite_under_way", "Candidates of this campaign are being invited just now. GET /campaigns/{id}/invite says how far that is.");
        }

        int total = await MarkAsync(campaign, run, ids, applications, connection, ct);
        await using (NpgsqlCommand set = new(TotalSql, connection))
        {
            set.Parameters.AddTyped(campaign.ProjectId).AddTyped(campaign.Id).AddTyped(total).AddTyped(now.UtcDateTime);
            await set.ExecuteNonQueryAsync(ct);
        }

        int lanes = total == 0 ? 0 : total <= Portion ? 1 : Lanes;
        for (int lane = 0; lane < lanes; lane++) await outbox.PublishAsync(new InvitePortion(campaign.Project, campaign.Id, run), connection, ct);
        await transaction.CommitAsync(ct);
        outbox.Wake();
        return total;
    }

    private static async Task<int> MarkAsync(Campaign campaign, Guid run, Guid[]? ids, string[]? applications, NpgsqlConnection connection, CancellationToken ct)
    {
        bool isAll = ids is null && applications is null;
        await using NpgsqlCommand mark = new(isAll ? MarkNewSql : MarkNamedSql, connection);
        mark.Parameters.AddTyped(campaign.ProjectId).AddTyped(campaign.Id).AddTyped(run);
        if (!isAll) mark.Parameters.AddTyped(ids ?? []).AddTyped(applications ?? []);
        return await mark.ExecuteNonQueryAsync(ct);
    }
}

internal static class InvitePortionHandler
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    public static async Task Handle(InvitePortion portion, MailDbContext db, InvitationStore store, InvitationWriter writer, BusOutbox outbox, TimeProvider clock, CancellationToken ct)
    {
        NpgsqlConnection connection = (NpgsqlConnection)db.Database.GetDbConnection();
        DateTimeOffset now = clock.GetUtcNow();
        List<Invitation> marked = await store.LockRunAsync(portion.ProjectId, portion.RunId, BulkInvite.Portion, connection, ct);
        if (marked.Count == 0)
        {
            await using NpgsqlCommand end = new(BulkInvite.EndSql, connection);
            end.Parameters.AddTyped(portion.ProjectId.Value).AddTyped(portion.CampaignId).AddTyped(portion.RunId).AddTyped(now.UtcDateTime);
            if (await end.ExecuteScalarAsync(ct) is true) await outbox.ScheduleAsync(portion, now + _again, connection, ct); // an import holds them, say
            return;
        }

        Campaign campaign = await store.CampaignAsync(portion.ProjectId, portion.CampaignId, connection, ct);
        List<InvitationStep> steps = new(marked.Count * 2);
        int refused = 0;
        foreach (Invitation invitation in marked)
        {
            InvitationStep? link = invitation.Link(campaign, now);
            Result<InvitationStep> sent = (link?.After ?? invitation).Send(campaign, now);
            if (sent.IsSuccess)
            {
                if (link is not null) steps.Add(link);
                steps.Add(sent.Value);
                continue;
            }

            refused++;
            steps.Add(new InvitationStep(invitation with { RunId = null, Version = invitation.Version + 1 }, InvitationEvents.NotTold, Detail: sent.Failure.Detail));
        }

        refused += (await writer.WriteAsync(connection, campaign, steps, new InvitationCause("api"), ct)).Count(step => step.What == InvitationEvents.Refused);
        await using NpgsqlCommand count = new(BulkInvite.CountSql, connection);
        count.Parameters.AddTyped(portion.ProjectId.Value).AddTyped(portion.CampaignId).AddTyped(portion.RunId).AddTyped(marked.Count - refused).AddTyped(refused);
        await count.ExecuteNonQueryAsync(ct);
        await outbox.PublishAsync(portion, connection, ct);
    }
}
