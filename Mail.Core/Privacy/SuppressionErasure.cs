using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>Takes a person off the suppression list; or keeps what stops mail to them, without the address.</summary>
internal static class SuppressionErasure
{
    // What passes by itself is not worth keeping. In one statement: the address is never free for a moment.
    private const string KeepSql = """
        WITH gone AS (
            DELETE FROM suppressions WHERE project_id = $1 AND address = $2 RETURNING topic, reason, created_at, expires_at
        ), kept AS (
            INSERT INTO erased_suppressions (project_id, address_hash, topic, reason, created_at, expires_at)
            SELECT $1, $3, topic, reason, created_at, expires_at FROM gone WHERE reason <> 'soft_bounce'
            ON CONFLICT (project_id, address_hash, topic, reason) DO UPDATE SET expires_at = excluded.expires_at
        )
        SELECT count(*) FROM gone
        """;

    private const string RemoveSql = "WITH gone AS (DELETE FROM suppressions WHERE project_id = $1 AND address = $2 RETURNING 1) SELECT count(*) FROM gone";
    private const string RemoveHashesSql = "DELETE FROM erased_suppressions WHERE project_id = $1 AND address_hash = $2";
    private const string RemoveCountsSql = "DELETE FROM soft_bounces WHERE project_id = $1 AND address = $2";

    public static async Task RunAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, byte[] hash, bool keep, ErasedCounts counts, CancellationToken ct)
    {
        await using (NpgsqlCommand list = new(keep ? KeepSql : RemoveSql, connection))
        {
            list.Parameters.AddTyped(project.Value).AddTyped(person.Normal);
            if (keep) list.Parameters.AddTyped(hash);
            counts.AddRemoved("suppressions", (long)(await list.ExecuteScalarAsync(ct))!);
        }

        if (!keep)
        {
            await using NpgsqlCommand hashes = new(RemoveHashesSql, connection);
            hashes.Parameters.AddTyped(project.Value).AddTyped(hash);
            counts.AddRemoved("erased_suppressions", await hashes.ExecuteNonQueryAsync(ct));
        }

        await using NpgsqlCommand soft = new(RemoveCountsSql, connection);
        soft.Parameters.AddTyped(project.Value).AddTyped(person.Normal);
        counts.AddRemoved("soft_bounces", await soft.ExecuteNonQueryAsync(ct));
    }
}
