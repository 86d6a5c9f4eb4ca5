using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Workers;

/// <summary>Which workers are there, on the database's clock.</summary>
public sealed class WorkerHeartbeats(NpgsqlDataSource dataSource)
{
    private const string Beat = """
        INSERT INTO worker_heartbeats (id, host, process_id, version, started_at, seen_at) VALUES ($1, $2, $3, $4, now(), now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()
        """;

    private const string Remove = "DELETE FROM worker_heartbeats WHERE id = $1";

    // Those that were killed.
    private const string ForgetDead = "DELETE FROM worker_heartbeats WHERE seen_at < now() - interval '1 day'";

    private const string Seen = "SELECT EXISTS (SELECT FROM worker_heartbeats WHERE seen_at > now() - $1)";

    public async Task BeatAsync(Guid worker, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Beat);
        command.Parameters.AddTyped(worker).AddTyped(Environment.MachineName).AddTyped(Environment.ProcessId).AddTyped(BuildVersion.Text);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task RemoveAsync(Guid worker, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Remove);
        command.Parameters.AddTyped(worker);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task ForgetDeadAsync(CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ForgetDead);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether any worker was heard within that time.</summary>
    public async Task<bool> AnySeenAsync(TimeSpan within, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(Seen);
        command.Parameters.AddTyped(within);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
