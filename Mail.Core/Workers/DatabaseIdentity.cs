using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Workers;

/// <summary>
/// Which database this is: the cluster's number and the database's within it. A dump does not carry either, so that a database that was restored differs from what it says of itself.
/// A copy of the cluster's files, or recovery to a point in time, keeps both: nobody can tell by them.
/// </summary>
internal static class DatabaseIdentity
{
    private const string OwnSql = "SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || oid FROM pg_database WHERE datname = current_database()";
    private const string OwnWithoutClusterSql = "SELECT '-/' || oid FROM pg_database WHERE datname = current_database()";
    private const string NotedSql = "SELECT identity FROM installation";

    // Whoever comes first notes it; those who start at the same time read what the first one wrote.
    private const string FirstSql = "INSERT INTO installation (identity, noted_at) VALUES ($1, now()) ON CONFLICT DO NOTHING";
    private const string NoteSql = """
        INSERT INTO installation (identity, noted_at) VALUES ($1, now())
        ON CONFLICT (is_only) DO UPDATE SET identity = excluded.identity, noted_at = excluded.noted_at, copy_identity = NULL, copy_last_id = NULL
        """;

    // All these ids are UUIDv7: the largest is the newest. Clocks do not matter: where the new machine's is behind, what it accepted is held too, which is the safe side.
    private const string NewestSql = """
        SELECT coalesce(max(id::text)::uuid, '00000000-0000-0000-0000-000000000000')
        FROM (SELECT message_id FROM deliveries UNION ALL SELECT id FROM bus_messages UNION ALL SELECT event_id FROM webhook_queue WHERE given_up_at IS NULL) AS waiting (id)
        """;

    // The first host that starts writes it; a dump of a copy that nobody has chosen for is another copy.
    private const string NoteCopySql = $"UPDATE installation SET copy_identity = $1, copy_last_id = ({NewestSql}) WHERE identity <> $1 AND copy_identity IS DISTINCT FROM $1";
    private const string CopyLastSql = "SELECT copy_last_id FROM installation WHERE copy_identity = $1";

    /// <returns>Whether it is the database that its own row names; where there is none yet, it is written.</returns>
    public static async Task<bool> IsKnownAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        string own = await OwnAsync(connection, ct);
        await using (NpgsqlCommand first = new(FirstSql, connection))
        {
            first.Parameters.AddTyped(own);
            await first.ExecuteNonQueryAsync(ct);
        }

        await using NpgsqlCommand noted = new(NotedSql, connection);
        return (string?)await noted.ExecuteScalarAsync(ct) == own;
    }

    /// <summary>In a restored copy, notes once what waits in it, so that it is told from what is accepted from now on. Changes nothing in any other database.</summary>
    public static async Task NoteCopyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand note = new(NoteCopySql, connection) { CommandTimeout = 0 };
        note.Parameters.AddTyped(await OwnAsync(connection, ct));
        await note.ExecuteNonQueryAsync(ct);
    }

    /// <returns>The newest id that waited when a host started in the copy first; in a database that is no copy, the newest that waits now.</returns>
    public static async Task<Guid> LastOfCopyAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using (NpgsqlCommand noted = new(CopyLastSql, connection))
        {
            noted.Parameters.AddTyped(await OwnAsync(connection, ct));
            if (await noted.ExecuteScalarAsync(ct) is Guid last) return last;
        }

        await using NpgsqlCommand newest = new(NewestSql, connection) { CommandTimeout = 0 };
        return (Guid)(await newest.ExecuteScalarAsync(ct))!;
    }

    public static async Task NoteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        string own = await OwnAsync(connection, ct);
        await using NpgsqlCommand note = new(NoteSql, connection);
        note.Parameters.AddTyped(own);
        await note.ExecuteNonQueryAsync(ct);
    }

    private static async Task<string> OwnAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using NpgsqlCommand may = new("SELECT has_function_privilege('pg_control_system()', 'EXECUTE')", connection);
        bool isAllowed = (bool)(await may.ExecuteScalarAsync(ct))!;
#pragma warning disable CA2100 // one of two constants
        await using NpgsqlCommand own = new(isAllowed ? OwnSql : OwnWithoutClusterSql, connection);
#pragma warning restore CA2100
        return (string)(await own.ExecuteScalarAsync(ct))!;
    }
}
