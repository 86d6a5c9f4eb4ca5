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
    private const string NoteSql = "INSERT INTO installation (identity, noted_at) VALUES ($1, now()) ON CONFLICT (is_only) DO UPDATE SET identity = excluded.identity, noted_at = excluded.noted_at";

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
