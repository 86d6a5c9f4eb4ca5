using Mail.Core.Common;
using Mail.Core.Database;
using Npgsql;

namespace Mail.Core.Suppressions;

/// <summary>Looks addresses up, many at once: whoever asks while a question is under way shares the next one. Safe for many threads.</summary>
public sealed class SuppressionLookup(NpgsqlDataSource dataSource, SuppressionHashes hashes, TimeProvider clock) : IAsyncDisposable
{
    // One probe of the primary key for each address; nearly all of them find nothing. And one question whether any address is known by its hash alone, which costs
    // no more than a look into an empty table; a row of nulls says yes.
    private const string FindSql = """
        SELECT s.project_id, s.address, s.topic, s.reason, s.created_at
        FROM unnest($1::uuid[], $2::text[]) AS wanted(project_id, address) JOIN suppressions s ON s.project_id = wanted.project_id AND s.address = wanted.address
        WHERE s.expires_at IS NULL OR s.expires_at > $3
        UNION ALL
        SELECT NULL, NULL, NULL, NULL, NULL WHERE EXISTS (SELECT FROM erased_suppressions)
        """;

    // Asked only when there are any.
    private const string FindErasedSql = """
        SELECT wanted.place, s.topic, s.reason, s.created_at
        FROM unnest($1::uuid[], $2::bytea[]) WITH ORDINALITY AS wanted(project_id, address_hash, place)
        JOIN erased_suppressions s ON s.project_id = wanted.project_id AND s.address_hash = wanted.address_hash
        WHERE s.expires_at IS NULL OR s.expires_at > $3
        """;

    private readonly HeldConnection _connection = new(dataSource);
    private readonly Lock _lock = new();
    private Group? _waiting;
    private bool _isAsking;

    /// <returns>Shared with others that asked at the same time: look in it for one's own addresses only.</returns>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public Task<SuppressionMatches> FindAsync(IReadOnlyCollection<SuppressionKey> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (wanted.Count == 0) return Task.FromResult(SuppressionMatches.None);
        Task<SuppressionMatches> answer;
        lock (_lock)
        {
            _waiting ??= new Group();
            _waiting.Wanted.AddRange(wanted);
            answer = _waiting.Answer.Task;
            if (_isAsking) return answer;
            _isAsking = true;
        }

        _ = AskAsync(); // it hands every failure to those who wait
        return answer;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task AskAsync()
    {
        while (true)
        {
            Group group;
            lock (_lock)
            {
                if (_waiting is null)
                {
                    _isAsking = false;
                    return;
                }

                (group, _waiting) = (_waiting, null);
            }

            try
            {
                group.Answer.SetResult(await QueryAsync(group.Wanted));
            }
#pragma warning disable CA1031 // handed to those who asked
            catch (Exception e)
#pragma warning restore CA1031
            {
                group.Answer.SetException(e);
            }
        }
    }

    private Task<SuppressionMatches> QueryAsync(List<SuppressionKey> wanted) => _connection.UseAsync(async (connection, ct) =>
    {
        Guid[] projects = new Guid[wanted.Count];
        string[] addresses = new string[wanted.Count];
        for (int i = 0; i < wanted.Count; i++) (projects[i], addresses[i]) = (wanted[i].ProjectId.Value, wanted[i].Address);
        await using NpgsqlCommand command = new(FindSql, connection);
        command.Parameters.AddTyped(projects).AddTyped(addresses).AddTyped(clock.GetUtcNow().UtcDateTime);
        await command.PrepareAsync(ct);
        Dictionary<SuppressionKey, List<SuppressionMatch>>? found = null;
        bool anyErased = false;
        await using (NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (reader.IsDBNull(0)) anyErased = true;
                else Add(ref found, new(new ProjectId(reader.GetGuid(0)), reader.GetString(1)), reader, 2);
            }
        }

        if (anyErased)
        {
            await using NpgsqlCommand erased = new(FindErasedSql, connection);
            erased.Parameters.AddTyped(projects).AddTyped(await hashes.OfAsync(wanted, ct)).AddTyped(clock.GetUtcNow().UtcDateTime);
            await erased.PrepareAsync(ct);
            await using NpgsqlDataReader reader = await erased.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) Add(ref found, wanted[checked((int)reader.GetInt64(0) - 1)], reader, 1);
        }

        return found is null ? SuppressionMatches.None : new SuppressionMatches(found);
    }, CancellationToken.None);

    private static void Add(ref Dictionary<SuppressionKey, List<SuppressionMatch>>? found, SuppressionKey key, NpgsqlDataReader reader, int column)
    {
        found ??= [];
        if (!found.TryGetValue(key, out List<SuppressionMatch>? entries)) found[key] = entries = [];
        entries.Add(new SuppressionMatch(reader.GetString(column), SuppressionReasons.Parse(reader.GetString(column + 1)), reader.GetFieldValue<DateTimeOffset>(column + 2)));
    }

    private sealed class Group
    {
        public List<SuppressionKey> Wanted { get; } = [];

        public TaskCompletionSource<SuppressionMatches> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
