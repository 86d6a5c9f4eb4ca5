using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Invitations;

/// <summary>The table `campaigns`.</summary>
public sealed class CampaignStore(NpgsqlDataSource dataSource, TicketKeys keys, TimeProvider clock)
{
    private const string AddSql = "INSERT INTO campaigns SELECT n.* FROM jsonb_populate_record(NULL::campaigns, $1) n ON CONFLICT DO NOTHING";

    // Of the same title and address, made by a call like this one. Index: ux_campaigns_inline.
    private const string FindInlineSql = """
        SELECT to_json(c)::text FROM campaigns c
        WHERE is_inline AND project_id = $1 AND is_test = $2 AND md5(title) = md5($3) AND md5(target_url) = md5($4) AND title = $3 AND target_url = $4
        """;

    // Ids are UUIDv7: a page is a range of the primary key. One row too many tells whether there is another page.
    private const string ListSql = "SELECT to_json(c)::text FROM campaigns c WHERE project_id = $1 AND is_test = $2 AND id < $3 ORDER BY id DESC LIMIT $4";

    private const string ChangeSql = """
        UPDATE campaigns c SET title = n.title, job = n.job, company = n.company, target_url = n.target_url, expires_in_minutes = n.expires_in_minutes, remind_before_minutes = n.remind_before_minutes,
            locales = n.locales, time_zone = n.time_zone, sender = n.sender, reply_to = n.reply_to, message = n.message, duration_minutes = n.duration_minutes, may_restart = n.may_restart,
            track_opens = n.track_opens, updated_at = n.updated_at, is_inline = c.is_inline AND c.title = n.title AND c.target_url = n.target_url
        FROM jsonb_populate_record(NULL::campaigns, $1) n WHERE c.project_id = n.project_id AND c.id = n.id
        """;

    private const string RemoveSql = "DELETE FROM campaigns WHERE project_id = $1 AND id = $2 AND is_test = $3";

    /// <summary>A new one; with it the project gets a key that signs tickets, so that apps can look for it before the first candidate comes.</summary>
    public async Task AddAsync(Campaign campaign, NpgsqlConnection? within, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        await keys.EnsureAsync(campaign.Project, within, ct);
        await WriteAsync(AddSql, campaign, within, ct);
    }

    public Task ChangeAsync(Campaign campaign, CancellationToken ct) => WriteAsync(ChangeSql, campaign, null, ct);

    /// <summary>With all of its candidates, whose links are unknown from then on.</summary>
    public async Task<bool> RemoveAsync(ProjectId project, bool isTest, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(isTest);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>What came last first.</summary>
    public async Task<(IReadOnlyList<Campaign> Page, bool HasMore)> ListAsync(ProjectId project, bool isTest, int limit, Guid? after, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(after ?? Guid.AllBitsSet).AddTyped(limit + 1);
        List<Campaign> page = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) page.Add(JsonSerializer.Deserialize(reader.GetString(0), InvitationJson.Default.Campaign)!);
        return (page[..Math.Min(limit, page.Count)], page.Count > limit);
    }

    /// <summary>The campaign that a call names, or brings along.</summary>
    internal async Task<Result<Campaign>> OfWishAsync(CandidateWish wish, NpgsqlConnection within, CancellationToken ct)
    {
        if (wish.CampaignId is { } id)
        {
            await using NpgsqlCommand find = new(InvitationSql.FindCampaign, within);
            find.Parameters.AddTyped(wish.Project.Value).AddTyped(id);
            Campaign? named = await find.ExecuteScalarAsync(ct) is string row ? JsonSerializer.Deserialize(row, InvitationJson.Default.Campaign) : null;
            return named is { } there && there.IsTest == wish.IsTest ? there : Failure.Field("campaign_id", "names no campaign of this project.");
        }

        if (wish.Title is not { } title) return Failure.Missing("title");
        if (wish.TargetUrl is not { } url) return Failure.Missing("target_url");
        if (await FindInlineAsync(wish, title, url, within, ct) is { } found) return found;
        DateTimeOffset now = clock.GetUtcNow();
        await AddAsync(new Campaign { ProjectId = wish.Project.Value, Id = UuidV7.New(now), IsTest = wish.IsTest, Title = title, TargetUrl = url, IsInline = true, CreatedAt = now, UpdatedAt = now }, within, ct);
        return await FindInlineAsync(wish, title, url, within, ct) is { } made ? made : throw new InvalidOperationException("The campaign was removed while it was made.");
    }

    private static async Task<Campaign?> FindInlineAsync(CandidateWish wish, string title, string url, NpgsqlConnection within, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(FindInlineSql, within);
        command.Parameters.AddTyped(wish.Project.Value).AddTyped(wish.IsTest).AddTyped(title).AddTyped(url);
        return await command.ExecuteScalarAsync(ct) is string row ? JsonSerializer.Deserialize(row, InvitationJson.Default.Campaign) : null;
    }

    private async Task WriteAsync(string sql, Campaign campaign, NpgsqlConnection? within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        command.Parameters.AddTyped(JsonSerializer.Serialize(campaign, InvitationJson.Default.Campaign), NpgsqlDbType.Jsonb);
        await command.ExecuteNonQueryAsync(ct);
    }
}
