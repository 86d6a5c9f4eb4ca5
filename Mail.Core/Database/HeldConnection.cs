using Npgsql;

namespace Mail.Core.Database;

/// <summary>
/// One database connection that one loop keeps for its statements, so that they stay prepared and keep their plans. Opened on first use,
/// thrown away on any failure. Callers take turns.
/// </summary>
internal sealed class HeldConnection(NpgsqlDataSource dataSource, string? settings = null) : IAsyncDisposable
{
    // Prepared plans outlive the table's size: one made while a table was empty would scan all of it once it holds a million rows.
    // Only statements that an index serves belong here. Their estimated cost is then absurd, and would start the JIT compiler.
    // Nor may a plan fetch all rows of a project to sort them, which costs nothing while there are few: what is due is read in the order of its index.
    private const string PlanSettings =
        "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_sort = off; SET enable_bitmapscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan;";

    private readonly SemaphoreSlim _turn = new(1);
    private NpgsqlConnection? _connection;
    private bool _disposed;

    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> use, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _connection ??= await OpenAsync(ct);
            return await use(_connection, ct);
        }
        catch
        {
            await CloseAsync(); // also after a cancelled statement: the next one gets a connection in a known state
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _disposed = true;
        await CloseAsync();
        _turn.Release();
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        try
        {
            await using NpgsqlCommand set = connection.CreateCommand();
#pragma warning disable CA2100 // both are constants of ours
            set.CommandText = PlanSettings + settings;
#pragma warning restore CA2100
            await set.ExecuteNonQueryAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
