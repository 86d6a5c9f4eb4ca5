using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Templates.Editing;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Templates.Storage;

/// <summary>The table `template_layouts`. A project that has no `_layout` of its own uses the built-in one.</summary>
public sealed class LayoutStore(NpgsqlDataSource dataSource)
{
    private const string ListSql = "SELECT key, source FROM template_layouts WHERE project_id = $1 ORDER BY key";
    private const string FindSql = "SELECT key, source FROM template_layouts WHERE project_id = $1 AND key = $2";

    // The project's row is locked, so that two at once do not pass the limit.
    private const string PutSql = """
        WITH project AS (SELECT id FROM projects WHERE id = $1 FOR NO KEY UPDATE)
        INSERT INTO template_layouts (project_id, key, source, created_at, updated_at)
        SELECT $1, $2, $3, $4, $4 FROM project WHERE (SELECT count(*) FROM template_layouts WHERE project_id = $1 AND key <> $2) < $5
        ON CONFLICT (project_id, key) DO UPDATE SET source = excluded.source, revision = template_layouts.revision + 1, updated_at = excluded.updated_at
        """;

    private const string RemoveSql = "DELETE FROM template_layouts WHERE project_id = $1 AND key = $2";

    public async Task<IReadOnlyDictionary<string, LayoutSource>> ListAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value);
        return await ReadAsync(command, ct);
    }

    public async Task<LayoutSource?> FindAsync(ProjectId project, string key, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(key);
        return (await ReadAsync(command, ct)).GetValueOrDefault(key);
    }

    /// <returns>False when the project has as many as it may have.</returns>
    public async Task<bool> PutAsync(ProjectId project, string key, LayoutSource layout, DateTimeOffset now, int most, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(PutSql);
        command.Parameters.AddTyped(project.Value).AddTyped(key).AddTyped(JsonSerializer.Serialize(layout, TemplateSourceJson.Default.LayoutSource), NpgsqlDbType.Json).AddTyped(now.UtcDateTime).AddTyped(most);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    public async Task<bool> RemoveAsync(ProjectId project, string key, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(key);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private static async Task<Dictionary<string, LayoutSource>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        Dictionary<string, LayoutSource> layouts = new(StringComparer.Ordinal);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) layouts[reader.GetString(0)] = JsonSerializer.Deserialize(reader.GetString(1), TemplateSourceJson.Default.LayoutSource)!;
        return layouts;
    }
}
