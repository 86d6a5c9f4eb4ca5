using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Suppressions;
using Npgsql;

namespace Mail.Core.Tracking;

/// <summary>Asks who objects to being tracked when tracked mail leaves: one question for each claim that holds such mail, none for others.</summary>
public sealed class ObjectionLookup(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    // One probe of the primary key for each address; nearly all of them find nothing.
    private const string FindSql = """
        SELECT o.project_id, o.email FROM unnest($1::uuid[], $2::text[]) AS wanted(project_id, email)
        JOIN tracking_objections o ON o.project_id = wanted.project_id AND o.email = wanted.email
        """;

    private readonly HeldConnection _connection = new(dataSource);

    /// <returns>Those of the addresses whose owners object.</returns>
    public Task<HashSet<SuppressionKey>> FindAsync(IReadOnlyList<SuppressionKey> wanted, CancellationToken ct) => _connection.UseAsync(async (connection, ct) =>
    {
        HashSet<SuppressionKey> found = [];
        await using NpgsqlCommand command = new(FindSql, connection);
        command.Parameters.AddTyped(wanted.Select(key => key.ProjectId.Value).ToArray()).AddTyped(wanted.Select(key => key.Address).ToArray());
        await command.PrepareAsync(ct);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) found.Add(new SuppressionKey(new ProjectId(reader.GetGuid(0)), reader.GetString(1)));
        return found;
    }, ct);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
