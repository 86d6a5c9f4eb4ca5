using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Logs;

/// <summary>Which calls are asked for.</summary>
/// <param name="After">Only those older than this one.</param>
/// <param name="Before">Only those newer than this one: those next to it.</param>
/// <param name="Path">Part of a route.</param>
public sealed record RequestLogFilter(
    int Limit, Guid? After, Guid? Before, string? Method, string? Path, (int From, int To)? Status, Guid? KeyId, DateTimeOffset? Since, DateTimeOffset? Until);

/// <param name="KeyName">Null when the key is gone.</param>
/// <param name="Client">The address that it came from.</param>
public sealed record ReadRequest(
    Guid Id, DateTimeOffset At, Guid KeyId, string? KeyName, bool IsTest, string Method, string Route, int Status, string? Error, TimeSpan Took, string? Client, string? UserAgent, string? TraceId, IReadOnlyList<Guid> MessageIds);

/// <summary>Reads the calls of a project's API keys, and removes those that are not kept any more.</summary>
public sealed class RequestLogReader(NpgsqlDataSource dataSource)
{
    private const int Portion = 5000;

    private const string Columns = """
        SELECT l.id, l.at, l.key_id, k.name, l.is_test, l.method, l.route, l.status, l.error, l.microseconds, l.client, l.user_agent, l.trace_id, l.message_ids
        FROM request_logs l LEFT JOIN api_keys k ON k.project_id = l.project_id AND k.id = l.key_id
        """;

    // The primary key is walked from the page's edge; time is a bound of it, because ids are made of time. Refusals, which are few, have an index of their own: ix_request_logs_refused.
    private const string Where = """
        WHERE l.project_id = $1 AND l.id > $2 AND l.id < $3 AND ($4::text IS NULL OR l.method = $4) AND ($5::text IS NULL OR strpos(lower(l.route), lower($5)) > 0)
          AND l.status >= $6 AND l.status < $7 AND ($8::uuid IS NULL OR l.key_id = $8)
        """;

    private const string OlderSql = $"{Columns} {Where} ORDER BY l.id DESC LIMIT $9";
    private const string NewerSql = $"{Columns} {Where} ORDER BY l.id LIMIT $9";
    private const string OneSql = $"{Columns} WHERE l.project_id = $1 AND l.id = $2";

    // Project by project along the primary key, in portions: no statement reads what stays.
    private const string RemoveSql = "DELETE FROM request_logs WHERE project_id = $1 AND id IN (SELECT id FROM request_logs WHERE project_id = $1 AND id < $2 ORDER BY id LIMIT $3)";

    /// <summary>Newest first, and whether there are more in the direction that was asked for.</summary>
    public async Task<(IReadOnlyList<ReadRequest> Page, bool HasMore)> ListAsync(ProjectId project, RequestLogFilter filter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Guid from = filter.Since is { } since ? UuidV7.First(since) : Guid.Empty, to = filter.Until is { } until ? UuidV7.First(until) : Guid.AllBitsSet;
        if (filter.Before is { } before && before.CompareTo(from) > 0) from = before;
        if (filter.After is { } after && after.CompareTo(to) < 0) to = after;
        bool isNewer = filter.Before is not null;
#pragma warning disable CA2100 // one of two constants
        await using NpgsqlCommand command = dataSource.CreateCommand(isNewer ? NewerSql : OlderSql);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project.Value).AddTyped(from).AddTyped(to).AddTyped(filter.Method!, NpgsqlDbType.Text).AddTyped(filter.Path!, NpgsqlDbType.Text)
            .AddTyped(filter.Status?.From ?? 0).AddTyped(filter.Status?.To ?? 1000).AddTyped(filter.KeyId, NpgsqlDbType.Uuid).AddTyped(filter.Limit + 1);
        List<ReadRequest> page = await ReadAsync(command, ct);
        bool hasMore = page.Count > filter.Limit;
        if (hasMore) page.RemoveAt(filter.Limit);
        if (isNewer) page.Reverse();
        return (page, hasMore);
    }

    /// <returns>Null when there is none, or it is not kept any more.</returns>
    public async Task<ReadRequest?> FindAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(OneSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, ct)).FirstOrDefault();
    }

    /// <returns>How many are gone.</returns>
    public async Task<long> RemoveBeforeAsync(DateTimeOffset at, CancellationToken ct)
    {
        List<Guid> projects = [];
        await using (NpgsqlCommand list = dataSource.CreateCommand("SELECT id FROM projects"))
        await using (NpgsqlDataReader reader = await list.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) projects.Add(reader.GetGuid(0));
        }

        long total = 0;
        foreach (Guid project in projects)
        {
            int count;
            do
            {
                await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
                command.Parameters.AddTyped(project).AddTyped(UuidV7.First(at)).AddTyped(Portion);
                total += count = await command.ExecuteNonQueryAsync(ct);
            }
            while (count == Portion);
        }

        return total;
    }

    private static async Task<List<ReadRequest>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<ReadRequest> page = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            page.Add(new ReadRequest(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(2), reader.OptionalText(3), reader.GetBoolean(4), reader.GetString(5), reader.GetString(6), reader.GetInt32(7), reader.OptionalText(8),
                TimeSpan.FromMicroseconds(reader.GetInt32(9)), reader.OptionalText(10), reader.OptionalText(11), reader.OptionalText(12), reader.GetFieldValue<Guid[]>(13)));
        }

        return page;
    }
}
