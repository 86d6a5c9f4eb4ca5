using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Tracking;

/// <summary>Somebody whose reading is not measured.</summary>
/// <param name="Email">In its normal form: lower case, the domain in ASCII.</param>
/// <param name="How">`recipient`, on a page of ours, or `api`.</param>
public sealed record TrackingObjection(Guid Id, string Email, string How, DateTimeOffset CreatedAt);

/// <summary>Who objects to being tracked, by project. What is out already is not recorded any more, and nothing new carries links or a picture.</summary>
public sealed class TrackingObjections(NpgsqlDataSource dataSource, TimeProvider clock)
{
    public const string ByRecipient = "recipient", ByApi = "api";

    private const string Columns = "id, email, how, created_at";

    // What stands there stays as it is; the empty update makes it be returned.
    private const string AddSql = $"""
        INSERT INTO tracking_objections AS o (project_id, email, id, how, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (project_id, email) DO UPDATE SET how = o.how RETURNING {Columns}
        """;

    private const string RemoveSql = $"DELETE FROM tracking_objections WHERE project_id = $1 AND (email = $2 OR id = $3) RETURNING {Columns}";
    private const string FindSql = $"SELECT {Columns} FROM tracking_objections WHERE project_id = $1 AND (email = $2 OR id = $3)";

    // Ids are UUIDv7, so that a page is a range of ux_tracking_objections_id. One row too many tells whether there is another page.
    private const string ListSql = $"SELECT {Columns} FROM tracking_objections WHERE project_id = $1 AND id < $2 AND id > $3";
    private const string OlderSql = ListSql + " ORDER BY id DESC LIMIT $4";
    private const string NewerSql = ListSql + " ORDER BY id LIMIT $4";

    // Whether the page that a recipient sees should speak of it: the project tracks, or this message did.
    private const string ConcernsSql = """
        SELECT EXISTS (SELECT FROM projects WHERE id = $1 AND (track_opens OR track_clicks)) OR EXISTS (SELECT FROM messages WHERE project_id = $1 AND id = $2 AND content -> 'tracking' IS NOT NULL)
        """;

    /// <param name="email">In its normal form.</param>
    /// <returns>What stands there now, and whether it is new.</returns>
    public async Task<(TrackingObjection Objection, bool IsNew)> AddAsync(ProjectId projectId, string email, string how, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Guid id = UuidV7.New(now);
        await using NpgsqlCommand command = dataSource.CreateCommand(AddSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(email).AddTyped(id).AddTyped(how).AddTyped(now.UtcDateTime);
        TrackingObjection objection = (await ReadAsync(command, ct)).Single();
        return (objection, objection.Id == id);
    }

    /// <param name="idOrEmail">An id, or an address in its normal form.</param>
    public Task<TrackingObjection?> RemoveAsync(ProjectId projectId, string idOrEmail, CancellationToken ct) => OneAsync(RemoveSql, projectId, idOrEmail, ct);

    /// <param name="idOrEmail">An id, or an address in its normal form.</param>
    public Task<TrackingObjection?> FindAsync(ProjectId projectId, string idOrEmail, CancellationToken ct) => OneAsync(FindSql, projectId, idOrEmail, ct);

    /// <returns>What came last first, and whether there are more in the direction asked for.</returns>
    public async Task<(IReadOnlyList<TrackingObjection> Page, bool HasMore)> ListAsync(ProjectId projectId, int limit, Guid? after, Guid? before, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(before is null ? OlderSql : NewerSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(after ?? Guid.AllBitsSet).AddTyped(before ?? Guid.Empty).AddTyped(limit + 1);
        List<TrackingObjection> page = await ReadAsync(command, ct);
        bool hasMore = page.Count > limit;
        if (hasMore) page.RemoveAt(limit);
        if (before is not null) page.Reverse();
        return (page, hasMore);
    }

    /// <summary>Whether somebody who got this message is, or may be, tracked.</summary>
    public async Task<bool> ConcernsAsync(ProjectId projectId, MessageId messageId, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ConcernsSql);
        command.Parameters.AddTyped(projectId.Value).AddTyped(messageId.Value);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private async Task<TrackingObjection?> OneAsync(string sql, ProjectId projectId, string idOrEmail, CancellationToken ct)
    {
#pragma warning disable CA2100 // the constants above
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddTyped(projectId.Value).AddTyped(idOrEmail).AddTyped(Guid.TryParse(idOrEmail, out Guid id) ? id : (Guid?)null, NpgsqlDbType.Uuid);
        return (await ReadAsync(command, ct)).FirstOrDefault();
    }

    private static async Task<List<TrackingObjection>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<TrackingObjection> all = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) all.Add(new TrackingObjection(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        return all;
    }
}
