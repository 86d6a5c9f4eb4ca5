using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Invitations;

/// <summary>
/// What candidates are told: invited (or invited again): `interview-invitation`; the reminder: `interview-reminder`; more time: `interview-extended`; taken back: `interview-revoked`. The last two
/// only where a mail went before. All in the candidate's language and time zone, by the project's own templates of these names where it has them.
/// </summary>
public sealed class InvitationMail(FlowMail mail, InvitationLinks links)
{
    public const string Invite = "interview-invitation", Remind = "interview-reminder", Extend = "interview-extended", Revoke = "interview-revoked";

    private const string StartUrl = "start_url";

    /// <summary>Stores the mails of those steps that have one.</summary>
    /// <returns>For each step in its place: null where there is no mail.</returns>
    internal async Task<Result<MessageId>?[]> StoreAsync(NpgsqlConnection within, Campaign campaign, IReadOnlyList<InvitationStep> steps, CancellationToken ct)
    {
        Result<MessageId>?[] stored = new Result<MessageId>?[steps.Count];
        int[] places = [.. Enumerable.Range(0, steps.Count).Where(i => steps[i].Template is not null)];
        if (places.Length == 0) return stored;
        string company = campaign.Company ?? await CompanyAsync(within, campaign.Project, ct);
        List<FlowMessage> mails = new(places.Length);
        foreach (int place in places) mails.Add(await MessageAsync(campaign, company, steps[place], ct));
        IReadOnlyList<Result<MessageId>> results = await mail.StoreAsync(within, mails, ct);
        for (int i = 0; i < places.Length; i++) stored[places[i]] = results[i];
        return stored;
    }

    /// <summary>After the commit.</summary>
    internal void Wake() => mail.Wake();

    private async ValueTask<FlowMessage> MessageAsync(Campaign campaign, string company, InvitationStep step, CancellationToken ct)
    {
        Invitation invitation = step.After;
        Dictionary<string, JsonElement> variables = new() { ["title"] = PlatformMail.Text(campaign.Title), ["company"] = PlatformMail.Text(company) };
        if (invitation.Name is { } name) variables["name"] = PlatformMail.Text(name);
        if ((invitation.TimeZone ?? campaign.TimeZone) is { } zone) variables["time_zone"] = PlatformMail.Text(zone);
        if (step.Template == Revoke)
        {
            if (step.Detail is { } reason) variables["message"] = PlatformMail.Text(reason);
        }
        else
        {
            variables[StartUrl] = PlatformMail.Text(links.UrlOf(await links.TokenAsync(invitation, ct)));
            variables["expires_at"] = PlatformMail.Time(invitation.ExpiresAt!.Value);
            if (step.PreviousExpiry is { } before) variables["previous_expires_at"] = PlatformMail.Time(before);
            if (step.Template == Invite && campaign.Message is { } message) variables["message"] = PlatformMail.Text(message);
            if (campaign.DurationMinutes is { } minutes) variables["duration_minutes"] = PlatformMail.Number(minutes);
        }

        return new FlowMessage(campaign.Project, campaign.IsTest, invitation.Email, step.Template!, variables, campaign.LocaleFor(invitation.Locale))
        {
            ToName = invitation.Name, From = campaign.Sender, ReplyTo = campaign.ReplyTo, SecretVariables = [StartUrl], TracksOpens = campaign.TrackOpens,
            Tags = [new TagRequest("campaign", campaign.Id.ToString())],
        };
    }

    private static async Task<string> CompanyAsync(NpgsqlConnection within, ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(InvitationSql.Company, within);
        command.Parameters.AddTyped(project.Value);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
