using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messaging;
using Mail.Core.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Invitations;

/// <summary>Stores transitions, one or a thousand, in the caller's transaction: candidates, their mails, the timeline, timers and what apps hear. All of it is there, or nothing.</summary>
public sealed class InvitationWriter(InvitationMail mail, BusOutbox outbox, WebhookPublisher webhooks, TimeProvider clock)
{
    /// <summary>The campaign is the same for all; each invitation's row is locked. Call <see cref="Wake"/> after the commit.</summary>
    /// <returns>The steps as they were stored: an invitation whose mail cannot be taken has become a refusal.</returns>
    internal async Task<IReadOnlyList<InvitationStep>> WriteAsync(NpgsqlConnection within, Campaign campaign, IReadOnlyList<InvitationStep> steps, InvitationCause cause, CancellationToken ct)
    {
        if (steps.Count == 0) return [];
        DateTimeOffset now = clock.GetUtcNow();
        Result<MessageId>?[] mails = await mail.StoreAsync(within, campaign, steps, ct);
        List<InvitationStep> stored = new(steps.Count);
        List<CandidateMail> sent = [];
        for (int i = 0; i < steps.Count; i++)
        {
            InvitationStep step = steps[i];
            if (mails[i] is not { } result) stored.Add(step);
            else if (result.IsSuccess)
            {
                Guid message = result.Value.Value;
                sent.Add(new CandidateMail(campaign.ProjectId, message, step.After.Id));
                stored.Add(step with { After = step.Template == InvitationMail.Revoke ? step.After : step.After with { MessageId = message }, MessageId = message });
            }
            else if (step.What == InvitationEvents.Queued) stored.Add(step.After.Refuse(result.Failure.Detail, now) with { Problem = result.Failure });
            else
            {
                stored.Add(step);
                stored.Add(new InvitationStep(step.After, InvitationEvents.NotTold, Detail: result.Failure.Detail));
            }
        }

        Dictionary<Guid, Invitation> last = [];
        foreach (InvitationStep step in stored) last[step.After.Id] = step.After;
        await ExecuteAsync(InvitationSql.Save, within, campaign.ProjectId, JsonSerializer.Serialize([.. last.Values], InvitationJson.Default.ListInvitation), last.Count, ct);
        if (sent.Count > 0) await ExecuteAsync(InvitationSql.AddMails, within, null, JsonSerializer.Serialize(sent, InvitationJson.Default.ListCandidateMail), sent.Count, ct);
        await TellAsync(within, campaign, stored, cause, now, ct);
        foreach (DateTimeOffset due in last.Values.Select(one => one.DueAt).OfType<DateTimeOffset>().Distinct().Order()) await SetTimerAsync(outbox, campaign, due, within, ct);
        return stored;
    }

    /// <summary>After the commit.</summary>
    internal void Wake()
    {
        mail.Wake();
        outbox.Wake();
    }

    /// <summary>One timer for all of a campaign that are due at the same moment.</summary>
    internal static Task SetTimerAsync(BusOutbox outbox, Campaign campaign, DateTimeOffset due, NpgsqlConnection within, CancellationToken ct) =>
        outbox.ScheduleAsync(new InvitationsDue(campaign.Project, campaign.Id), due, $"invitations/{campaign.Id}/{due.UtcTicks / TimeSpan.TicksPerMicrosecond}", SameKey.Leave, within, ct);

    /// <summary>The timeline, and apps.</summary>
    internal async Task TellAsync(NpgsqlConnection within, Campaign campaign, IReadOnlyList<InvitationStep> steps, InvitationCause cause, DateTimeOffset now, CancellationToken ct)
    {
        List<InvitationEvent> events = new(steps.Count);
        List<NewWebhookEvent> told = [];
        foreach (InvitationStep step in steps)
        {
            if (step.What.Length == 0) continue;
            Invitation one = step.After;
            InvitationEvent happened = new(one.ProjectId, one.Id, UuidV7.New(now), step.What, step.At ?? now, cause.Via, cause.Actor, cause.Ip, cause.UserAgent, step.MessageId, step.Detail);
            events.Add(happened);
            if (!InvitationEvents.IsTold(step.What)) continue;
            InvitationTold data = new(one.Id, one.CampaignId, one.ApplicationId, one.Email, one.State, one.ExpiresAt, happened.At, step.Detail, step.MessageId, one.Starts, one.IsTest);
            told.Add(new NewWebhookEvent(happened.Id, one.Id, $"invitation.{step.What}", JsonSerializer.SerializeToElement(data, InvitationJson.Default.InvitationTold)));
        }

        if (events.Count == 0) return;
        await ExecuteAsync(InvitationSql.AddEvents, within, null, JsonSerializer.Serialize(events, InvitationJson.Default.ListInvitationEvent), events.Count, ct);
        if (told.Count > 0) await webhooks.PublishManyAsync(campaign.Project, told, now, within, ct);
    }

    [SuppressMessage("Security", "CA2100", Justification = "Constants of InvitationSql.")]
    private static async Task ExecuteAsync(string sql, NpgsqlConnection within, Guid? project, string rows, int expected, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(sql, within);
        if (project is { } id) command.Parameters.AddTyped(id);
        command.Parameters.AddTyped(rows, NpgsqlDbType.Jsonb);
        int count = await command.ExecuteNonQueryAsync(ct);
        if (count != expected) throw new InvalidOperationException($"{count} rows were written and not {expected}: an invitation was changed that was not locked.");
    }
}
