using Npgsql;

namespace Mail.Core.Database;

/// <summary>A statement and what takes its rows, so that several go to the database and back together.</summary>
public readonly record struct BatchedQuery(NpgsqlBatchCommand Command, Func<NpgsqlDataReader, CancellationToken, Task> Read);

public static class BatchedQueries
{
    /// <summary>In one round trip, each statement prepared.</summary>
    public static async Task RunAsync(this NpgsqlConnection connection, IReadOnlyList<BatchedQuery> queries, CancellationToken ct)
    {
        if (queries.Count == 0) return;
        await using NpgsqlBatch batch = new(connection);
        foreach (BatchedQuery query in queries) batch.BatchCommands.Add(query.Command);
        await batch.PrepareAsync(ct);
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(ct);
        foreach (BatchedQuery query in queries)
        {
            await query.Read(reader, ct);
            await reader.NextResultAsync(ct);
        }
    }
}
