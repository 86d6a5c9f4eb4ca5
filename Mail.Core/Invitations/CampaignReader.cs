using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Invitations;

/// <summary>How many of a campaign's candidates have come how far. Each is counted by what happened to them, also when more has happened since.</summary>
/// <param name="Invited">Who has a link that was mailed, or is being mailed.</param>
/// <param name="Started">Who began the interview.</param>
public sealed record CampaignCounts(int Candidates, int Invited, int Sent, int Delivered, int Opened, int Started, int Expired, int Bounced, int Complained, int Revoked)
{
    public double? DeliveryRate => Rate(Delivered, Sent);

    public double? OpenRate => Rate(Opened, Delivered);

    public double? BounceRate => Rate(Bounced, Invited);

    public double? ComplaintRate => Rate(Complained, Delivered);

    public double? StartRate => Rate(Started, Invited);

    /// <summary>Null where there is nothing to divide by.</summary>
    private static double? Rate(int part, int of) => of == 0 ? null : Math.Round((double)part / of, 4);
}

/// <summary>Shows campaigns and their candidates.</summary>
public sealed class CampaignReader(NpgsqlDataSource dataSource, InvitationStore store)
{
    // One pass over the campaign's candidates. Index: ix_candidates_list.
    private const string CountSql = """
        SELECT count(*), count(*) FILTER (WHERE sends > 0), count(*) FILTER (WHERE sent_at IS NOT NULL), count(*) FILTER (WHERE delivered_at IS NOT NULL), count(*) FILTER (WHERE opened_at IS NOT NULL),
               count(*) FILTER (WHERE used_at IS NOT NULL), count(*) FILTER (WHERE state = 'expired'), count(*) FILTER (WHERE bounced_at IS NOT NULL), count(*) FILTER (WHERE complained_at IS NOT NULL),
               count(*) FILTER (WHERE state = 'revoked')
        FROM candidates WHERE project_id = $1 AND campaign_id = $2
        """;

    // Whom inviting all would invite. Index: ix_candidates_list.
    private const string NotInvitedSql = "SELECT count(*) FROM candidates WHERE project_id = $1 AND campaign_id = $2 AND state = 'new'";

    private const string ListSql = """
        SELECT to_json(c)::text FROM candidates c
        WHERE project_id = $1 AND campaign_id = $2 AND id < $3 AND ($4::text IS NULL OR state = $4) AND ($5::text IS NULL OR position(lower($5) IN lower(email)) > 0) AND ($6::text IS NULL OR application_id = $6)
        ORDER BY id DESC LIMIT $7
        """;

    public async Task<CampaignCounts> CountAsync(Campaign campaign, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        await using NpgsqlCommand command = dataSource.CreateCommand(CountSql);
        command.Parameters.AddTyped(campaign.ProjectId).AddTyped(campaign.Id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new CampaignCounts(At(0), At(1), At(2), At(3), At(4), At(5), At(6), At(7), At(8), At(9));

        int At(int column) => (int)reader.GetInt64(column);
    }

    /// <summary>Who has never been invited, and has no link.</summary>
    public async Task<int> NotInvitedAsync(Campaign campaign, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        await using NpgsqlCommand command = dataSource.CreateCommand(NotInvitedSql);
        command.Parameters.AddTyped(campaign.ProjectId).AddTyped(campaign.Id);
        return (int)(long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>What came last first.</summary>
    /// <param name="state">Of <see cref="InvitationStates.Names"/>.</param>
    /// <param name="email">A part of the address.</param>
    public async Task<(IReadOnlyList<Invitation> Page, bool HasMore)> CandidatesAsync(Campaign campaign, int limit, Guid? after, string? state, string? email, string? application, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        List<Invitation> page = await store.ReadAsync(
            ListSql, null, ct, new NpgsqlParameter<Guid> { TypedValue = campaign.ProjectId }, new NpgsqlParameter<Guid> { TypedValue = campaign.Id }, new NpgsqlParameter<Guid> { TypedValue = after ?? Guid.AllBitsSet },
            Text(state), Text(email), Text(application), new NpgsqlParameter<int> { TypedValue = limit + 1 });
        return (page[..Math.Min(limit, page.Count)], page.Count > limit);
    }

    /// <summary>Lines of a CSV file, the names first. What a program for tables would take for a formula is guarded.</summary>
    public async IAsyncEnumerable<string> ExportAsync(Campaign campaign, [EnumeratorCancellation] CancellationToken ct)
    {
        const int Portion = 1000;
        yield return "application_id,email,name,locale,time_zone,state,expires_at,sent_at,delivered_at,opened_at,used_at,bounced_at,note";
        for (Guid? after = null; ;)
        {
            (IReadOnlyList<Invitation> page, bool hasMore) = await CandidatesAsync(campaign, Portion, after, null, null, null, ct);
            foreach (Invitation one in page)
            {
                yield return Csv.Line(
                    one.ApplicationId, one.Email, one.Name, one.Locale, one.TimeZone, JsonSerializer.SerializeToElement(one.State, InvitationJson.Default.InvitationState).GetString(),
                    Time(one.ExpiresAt), Time(one.SentAt), Time(one.DeliveredAt), Time(one.OpenedAt), Time(one.UsedAt), Time(one.BouncedAt), one.Note);
            }

            if (!hasMore) yield break;
            after = page[^1].Id;
        }
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static NpgsqlParameter<string?> Text(string? text) => new() { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text };
}
