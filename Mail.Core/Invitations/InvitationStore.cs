using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Invitations;

/// <summary>Reads invitations and their campaigns, and locks those that are about to change. <see cref="InvitationWriter"/> writes them.</summary>
public sealed class InvitationStore(NpgsqlDataSource dataSource)
{
    public Task<Campaign?> FindCampaignAsync(ProjectId project, bool isTest, Guid id, NpgsqlConnection? within, CancellationToken ct) => CampaignAsync(project, id, isTest, within, ct);

    /// <summary>Whosever it is: for what knows already.</summary>
    internal async Task<Campaign> CampaignAsync(ProjectId project, Guid id, NpgsqlConnection within, CancellationToken ct) =>
        await CampaignAsync(project, id, null, within, ct) ?? throw new InvalidOperationException($"The campaign {id} is gone, and its candidates are not.");

    private async Task<Campaign?> CampaignAsync(ProjectId project, Guid id, bool? isTest, NpgsqlConnection? within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(InvitationSql.FindCampaign, within);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        Campaign? found = await command.ExecuteScalarAsync(ct) is string row ? JsonSerializer.Deserialize(row, InvitationJson.Default.Campaign) : null;
        return isTest is null || found?.IsTest == isTest ? found : null;
    }

    /// <returns>Null for what there is not, is another project's, or of the other mode.</returns>
    public async Task<Invitation?> FindAsync(ProjectId project, bool isTest, Guid id, CancellationToken ct) =>
        (await ReadAsync(InvitationSql.Find, null, ct, new NpgsqlParameter<Guid> { TypedValue = project.Value }, new NpgsqlParameter<Guid> { TypedValue = id })).FirstOrDefault(one => one.IsTest == isTest);

    /// <summary>The row is ours until the transaction ends.</summary>
    public async Task<Invitation?> LockAsync(ProjectId project, bool isTest, Guid id, NpgsqlConnection within, CancellationToken ct) =>
        (await ReadAsync(InvitationSql.Lock, within, ct, new NpgsqlParameter<Guid> { TypedValue = project.Value }, new NpgsqlParameter<Guid> { TypedValue = id })).FirstOrDefault(one => one.IsTest == isTest);

    internal async Task<Invitation?> LockByApplicationAsync(ProjectId project, bool isTest, string applicationId, NpgsqlConnection within, CancellationToken ct) => (await ReadAsync(
        InvitationSql.FindByApplication, within, ct, new NpgsqlParameter<Guid> { TypedValue = project.Value }, new NpgsqlParameter<bool> { TypedValue = isTest }, new NpgsqlParameter<string> { TypedValue = applicationId })).SingleOrDefault();

    internal Task<List<Invitation>> LockManyAsync(ProjectId project, Guid[] ids, NpgsqlConnection within, CancellationToken ct) =>
        ReadAsync(InvitationSql.LockMany, within, ct, new NpgsqlParameter<Guid> { TypedValue = project.Value }, new NpgsqlParameter<Guid[]> { TypedValue = ids });

    internal Task<List<Invitation>> LockDueAsync(ProjectId project, Guid campaign, DateTimeOffset now, int most, NpgsqlConnection within, CancellationToken ct) => ReadAsync(
        InvitationSql.LockDue, within, ct, new NpgsqlParameter<Guid> { TypedValue = project.Value }, new NpgsqlParameter<Guid> { TypedValue = campaign },
        new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime }, new NpgsqlParameter<int> { TypedValue = most });

    internal Task<List<Invitation>> LockRunAsync(ProjectId project, Guid run, int most, NpgsqlConnection within, CancellationToken ct) => ReadAsync(
        InvitationSql.LockRun, within, ct, new NpgsqlParameter<Guid> { TypedValue = project.Value }, new NpgsqlParameter<Guid> { TypedValue = run }, new NpgsqlParameter<int> { TypedValue = most });

    internal static async Task<bool> AnyDueAsync(ProjectId project, Guid campaign, DateTimeOffset now, NpgsqlConnection within, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(InvitationSql.AnyDue, within);
        command.Parameters.AddTyped(project.Value).AddTyped(campaign).AddTyped(now.UtcDateTime);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <returns>Those that are new; an application that is known already is left as it is.</returns>
    internal static async Task<HashSet<Guid>> AddAsync(List<Invitation> candidates, NpgsqlConnection within, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(InvitationSql.Add, within);
        command.Parameters.AddTyped(JsonSerializer.Serialize(candidates, InvitationJson.Default.ListInvitation), NpgsqlDbType.Jsonb);
        HashSet<Guid> added = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) added.Add(reader.GetGuid(0));
        return added;
    }

    /// <summary>With all that is known of them; the link is unknown from then on.</summary>
    public async Task<bool> RemoveAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(InvitationSql.Remove);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>What happened, in order.</summary>
    public async Task<IReadOnlyList<InvitationEvent>> TimelineAsync(ProjectId project, Guid candidate, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(InvitationSql.Timeline);
        command.Parameters.AddTyped(project.Value).AddTyped(candidate);
        List<InvitationEvent> events = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) events.Add(JsonSerializer.Deserialize(reader.GetString(0), InvitationJson.Default.InvitationEvent)!);
        return events;
    }

    [SuppressMessage("Security", "CA2100", Justification = "Constants of InvitationSql and CandidateList.")]
    internal async Task<List<Invitation>> ReadAsync(string sql, NpgsqlConnection? within, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql, within);
        command.Parameters.AddRange(parameters);
        List<Invitation> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add(JsonSerializer.Deserialize(reader.GetString(0), InvitationJson.Default.Invitation)!);
        return found;
    }
}
