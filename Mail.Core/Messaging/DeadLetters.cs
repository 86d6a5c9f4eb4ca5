using System.Text;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Messaging;

/// <summary>What could not be handled: to look at, to try again, to throw away. Always within one project, or among what is no project's.</summary>
public sealed class DeadLetters
{
    private const int Portion = 1000;

    private const string Columns = "id, project_id, message_id, name, handler, body, is_encrypted, key, attempts, error, published_at, due_at, died_at";
    private const string ListSql = $"SELECT {Columns} FROM bus_dead_letters WHERE project_id = $1 AND id < $2 AND ($3::text IS NULL OR name = $3) ORDER BY id DESC LIMIT $4";
    private const string FindSql = $"SELECT {Columns} FROM bus_dead_letters WHERE project_id = $1 AND id = $2";

    // Under its old ids, so that whoever knows them does nothing twice; its attempts begin anew. Without its key: the timer that it was has gone off, and a new one may be set.
    private const string ReplaySql = """
        WITH chosen AS (
            SELECT id FROM bus_dead_letters WHERE project_id = $1 AND ($2::uuid[] IS NULL OR id = ANY($2)) AND ($3::text IS NULL OR name = $3) AND died_at <= $4 ORDER BY id LIMIT $5 FOR UPDATE SKIP LOCKED),
        gone AS (DELETE FROM bus_dead_letters d USING chosen c WHERE d.project_id = $1 AND d.id = c.id RETURNING d.*)
        INSERT INTO bus_messages (project_id, id, message_id, handler, name, body, is_encrypted, generation, traceparent, published_at, due_at, next_attempt_at, reason)
        SELECT project_id, queued_id, message_id, handler, name, body, is_encrypted, generation, traceparent, published_at, due_at, $4, 'Replayed; waiting for a worker.' FROM gone
        """;

    private const string DiscardSql = "DELETE FROM bus_dead_letters WHERE project_id = $1 AND id = ANY($2)";
    private const string TypesSql = "SELECT name, count(*), max(died_at) FROM bus_dead_letters WHERE project_id = $1 GROUP BY name ORDER BY 2 DESC, 1 LIMIT 100";
    private const string HandlersSql = "SELECT DISTINCT handler FROM bus_dead_letters WHERE project_id = $1";

    private readonly NpgsqlDataSource _dataSource;
    private readonly BusSignal _signal;
    private readonly IEnumerable<IDeadLetterObserver> _observers;
    private readonly TimeProvider _clock;

    internal DeadLetters(NpgsqlDataSource dataSource, BusSignal signal, IEnumerable<IDeadLetterObserver> observers, TimeProvider clock) =>
        (_dataSource, _signal, _observers, _clock) = (dataSource, signal, observers, clock);

    /// <summary>The last to die first, and whether there are more.</summary>
    /// <param name="project">Null for what is no project's.</param>
    /// <param name="after">Only those that died before this one.</param>
    /// <param name="name">Only messages of that wire name; null for all.</param>
    public async Task<(IReadOnlyList<DeadLetter> Page, bool HasMore)> ListAsync(ProjectId? project, Guid? after, string? name, int limit, CancellationToken ct)
    {
        List<DeadLetter> page = await ReadAsync(ListSql, parameters => parameters.AddTyped(Owner(project)).AddTyped(after ?? Guid.AllBitsSet).AddTyped(name, NpgsqlDbType.Text).AddTyped(limit + 1), ct);
        bool hasMore = page.Count > limit;
        if (hasMore) page.RemoveAt(limit);
        return (page, hasMore);
    }

    public async Task<DeadLetter?> FindAsync(ProjectId? project, Guid id, CancellationToken ct) =>
        (await ReadAsync(FindSql, parameters => parameters.AddTyped(Owner(project)).AddTyped(id), ct)).FirstOrDefault();

    /// <summary>Has it handled again.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> ReplayAsync(ProjectId? project, Guid id, CancellationToken ct) => await ReplayAsync(project, [id], ct) > 0;

    /// <summary>Has these handled again; those that are gone are passed over.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> ReplayAsync(ProjectId? project, Guid[] ids, CancellationToken ct) => ChangeAsync(project, () => ReplayAsync(project, ids, null, ct), ct);

    /// <summary>Has all of one message's wire name handled again.</summary>
    /// <returns>How many.</returns>
    public Task<int> ReplayAsync(ProjectId? project, string name, CancellationToken ct) => ChangeAsync(
        project,
        async () =>
        {
            int all = 0, portion;
            do all += portion = await ReplayAsync(project, null, name, ct);
            while (portion == Portion);
            return all;
        },
        ct);

    /// <returns>Whether there was one.</returns>
    public async Task<bool> DiscardAsync(ProjectId? project, Guid id, CancellationToken ct) => await DiscardAsync(project, [id], ct) > 0;

    /// <summary>Throws these away; those that are gone are passed over.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> DiscardAsync(ProjectId? project, Guid[] ids, CancellationToken ct) =>
        ChangeAsync(project, () => ExecuteAsync(DiscardSql, parameters => parameters.AddTyped(Owner(project)).AddTyped(ids), ct), ct);

    /// <summary>How many there are of each type, the most first.</summary>
    public async Task<IReadOnlyList<(string Name, long Count, DateTimeOffset Last)>> TypesAsync(ProjectId? project, CancellationToken ct)
    {
        await using NpgsqlCommand command = _dataSource.CreateCommand(TypesSql);
        command.Parameters.AddTyped(Owner(project));
        List<(string, long, DateTimeOffset)> types = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) types.Add((reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return types;
    }

    private Task<int> ReplayAsync(ProjectId? project, Guid[]? ids, string? name, CancellationToken ct) => ExecuteAsync(
        ReplaySql, parameters => parameters.AddTyped(Owner(project)).AddTyped(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid).AddTyped(name, NpgsqlDbType.Text).AddTyped(_clock.GetUtcNow().UtcDateTime).AddTyped(Portion), ct);

    /// <summary>Workers look at once, and who watches hears of which handlers there are none any more.</summary>
    private async Task<int> ChangeAsync(ProjectId? project, Func<Task<int>> change, CancellationToken ct)
    {
        HashSet<string> before = await HandlersAsync(project, ct);
        int changed = await change();
        if (changed == 0) return 0;
        _signal.Raise();
        before.ExceptWith(await HandlersAsync(project, ct));
        foreach (string cleared in before)
        {
            foreach (IDeadLetterObserver observer in _observers) observer.Cleared(project, cleared);
        }

        return changed;
    }

    private async Task<HashSet<string>> HandlersAsync(ProjectId? project, CancellationToken ct)
    {
        await using NpgsqlCommand command = _dataSource.CreateCommand(HandlersSql);
        command.Parameters.AddTyped(Owner(project));
        HashSet<string> handlers = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) handlers.Add(reader.GetString(0));
        return handlers;
    }

    private async Task<List<DeadLetter>> ReadAsync(string sql, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = _dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        add(command.Parameters);
        List<DeadLetter> found = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            Guid project = reader.GetGuid(1);
            found.Add(new DeadLetter(
                reader.GetGuid(0), project == Guid.Empty ? null : new ProjectId(project), reader.GetGuid(2), reader.GetString(3), reader.GetString(4),
                reader.GetBoolean(6) ? null : Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(5)), reader.OptionalText(7), reader.GetInt32(8), reader.GetString(9),
                reader.GetFieldValue<DateTimeOffset>(10), reader.GetFieldValue<DateTimeOffset>(11), reader.GetFieldValue<DateTimeOffset>(12)));
        }

        return found;
    }

    private async Task<int> ExecuteAsync(string sql, Action<NpgsqlParameterCollection> add, CancellationToken ct)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = _dataSource.CreateCommand(sql);
#pragma warning restore CA2100
        add(command.Parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static Guid Owner(ProjectId? project) => project?.Value ?? Guid.Empty;
}
