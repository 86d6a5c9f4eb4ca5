using Npgsql;

namespace Mail.Core.Database;

/// <summary>
/// One database connection that one loop keeps for its statements, so that they stay prepared and keep their plans. Opened on first use,
/// thrown away on any failure. Callers take turns.
/// </summary>
internal sealed class HeldConnection(NpgsqlDataSource dataSource, string? settings = null, TimeProvider? clock = null) : IAsyncDisposable
{
    // Planning each time costs a sixth of the server's time for a message, and a millisecond of an idle one's way: a statement is planned once, for any parameters.
    // Such plans outlive the table's size: one made while a table was empty would scan all of it once it holds a million rows.
    // Only statements that an index serves belong here. Their estimated cost is then absurd, and would start the JIT compiler.
    // Nor may a plan fetch all rows of a project to sort them, which costs nothing while there are few: what is due is read in the order of its index.
    private const string PlanSettings =
        "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_sort = off; SET enable_bitmapscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan;";

    /// <summary>For what is left of that danger: a table that was empty a moment ago is looked at again.</summary>
    private static readonly TimeSpan _plansLast = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly SemaphoreSlim _turn = new(1);
    private long _plannedAt;
    private NpgsqlConnection? _connection;
    private bool _disposed;

    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> use, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_connection is null) _connection = await OpenAsync(ct);
            else if (_clock.GetElapsedTime(_plannedAt) > _plansLast) await PlanAnewAsync(_connection, ct);
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
            _plannedAt = _clock.GetTimestamp();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task PlanAnewAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand discard = new("DISCARD PLANS", connection);
        await discard.ExecuteNonQueryAsync(ct);
        _plannedAt = _clock.GetTimestamp();
    }

    private async ValueTask CloseAsync()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
