using Mail.Core.Common;
using Mail.Core.Database;
using Npgsql;

namespace Mail.Core.Suppressions;

/// <summary>Looks addresses up, many at once: whoever asks while a question is under way shares the next one. Safe for many threads.</summary>
public sealed class SuppressionLookup : IAsyncDisposable
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

    private readonly SuppressionHashes _hashes;
    private readonly TimeProvider _clock;
    private readonly HeldConnection _connection;
    private readonly SharedQuery<SuppressionKey, SuppressionMatches> _query;

    public SuppressionLookup(NpgsqlDataSource dataSource, SuppressionHashes hashes, TimeProvider clock)
    {
        (_hashes, _clock, _connection) = (hashes, clock, new HeldConnection(dataSource));
        _query = new(wanted => _connection.UseAsync(async (connection, ct) =>
        {
            Question question = About(wanted);
            await connection.RunAsync([question.Query], ct);
            return await question.AnswerAsync(connection, ct);
        }, CancellationToken.None));
    }

    /// <returns>Shared with others that asked at the same time: look in it for one's own addresses only.</returns>
    /// <exception cref="NpgsqlException">The database is away.</exception>
    public Task<SuppressionMatches> FindAsync(IReadOnlyCollection<SuppressionKey> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return wanted.Count == 0 ? Task.FromResult(SuppressionMatches.None) : _query.AskAsync(wanted);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>For who asks more in the same round trip.</summary>
    public Question About(IReadOnlyList<SuppressionKey> wanted) => new(wanted, _hashes, _clock.GetUtcNow().UtcDateTime);

    /// <summary>One question, answered once.</summary>
    public sealed class Question(IReadOnlyList<SuppressionKey> wanted, SuppressionHashes hashes, DateTime now)
    {
        private readonly Guid[] _projects = [.. wanted.Select(key => key.ProjectId.Value)];
        private Dictionary<SuppressionKey, List<SuppressionMatch>>? _found;
        private bool _anyErased;

        public BatchedQuery Query
        {
            get
            {
                NpgsqlBatchCommand command = new(FindSql);
                command.Parameters.AddTyped(_projects).AddTyped(wanted.Select(key => key.Address).ToArray()).AddTyped(now);
                return new BatchedQuery(command, async (reader, ct) =>
                {
                    while (await reader.ReadAsync(ct))
                    {
                        if (reader.IsDBNull(0)) _anyErased = true;
                        else Add(new(new ProjectId(reader.GetGuid(0)), reader.GetString(1)), reader, 2);
                    }
                });
            }
        }

        /// <summary>After the query has run.</summary>
        public async Task<SuppressionMatches> AnswerAsync(NpgsqlConnection connection, CancellationToken ct)
        {
            if (_anyErased)
            {
                NpgsqlBatchCommand erased = new(FindErasedSql);
                erased.Parameters.AddTyped(_projects).AddTyped(await hashes.OfAsync(wanted, ct)).AddTyped(now);
                await connection.RunAsync([new BatchedQuery(erased, async (reader, ct) =>
                {
                    while (await reader.ReadAsync(ct)) Add(wanted[checked((int)reader.GetInt64(0) - 1)], reader, 1);
                })], ct);
            }

            return _found is null ? SuppressionMatches.None : new SuppressionMatches(_found);
        }

        private void Add(SuppressionKey key, NpgsqlDataReader reader, int column)
        {
            _found ??= [];
            if (!_found.TryGetValue(key, out List<SuppressionMatch>? entries)) _found[key] = entries = [];
            entries.Add(new SuppressionMatch(reader.GetString(column), SuppressionReasons.Parse(reader.GetString(column + 1)), reader.GetFieldValue<DateTimeOffset>(column + 2)));
        }
    }
}
