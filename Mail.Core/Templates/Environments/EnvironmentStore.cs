using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Templates.Editing;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Templates.Environments;

/// <summary>Reads and changes all templates of a project at once.</summary>
internal sealed class EnvironmentStore(NpgsqlDataSource dataSource)
{
    private const string SizeSql = """
        SELECT (SELECT coalesce(sum(octet_length(draft::text)), 0) FROM templates WHERE project_id = $1 AND deleted_at IS NULL)
             + (SELECT coalesce(sum(octet_length(source::text)), 0) FROM template_layouts WHERE project_id = $1)
        """;

    private const string TemplatesSql = """
        SELECT t.id, t.key, t.draft, t.revision, t.published_version, t.last_version, v.source, v.layout, t.experiment_id IS NOT NULL
        FROM templates t LEFT JOIN template_versions v ON v.project_id = t.project_id AND v.template_id = t.id AND v.version = t.published_version
        WHERE t.project_id = $1 AND t.deleted_at IS NULL
        """;

    private const string LayoutsSql = "SELECT key, source FROM template_layouts WHERE project_id = $1";

    // Who adds a template or a layout locks the project's row first; who changes one, its own: nothing moves between the look and the end of the transaction.
    private const string LockSql = """
        SELECT id FROM projects WHERE id = $1 FOR NO KEY UPDATE;
        SELECT id FROM templates WHERE project_id = $1 AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE;
        SELECT key FROM template_layouts WHERE project_id = $1 ORDER BY key FOR UPDATE
        """;

    private const string AddSql = "INSERT INTO templates (project_id, id, key, draft, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)";
    private const string ChangeSql = "UPDATE templates SET draft = $3, revision = revision + 1, updated_at = $4 WHERE project_id = $1 AND id = $2";
    private const string RemoveSql = "UPDATE templates SET deleted_at = $3 WHERE project_id = $1 AND id = $2";

    private const string PublishSql = """
        WITH next AS (
            UPDATE templates SET last_version = last_version + 1, published_version = last_version + 1, updated_at = $8 WHERE project_id = $1 AND id = $2 RETURNING last_version
        )
        INSERT INTO template_versions (project_id, template_id, version, key, source, layout, html, text, note, created_at)
        SELECT $1, $2, last_version, $3, $4, $5, $6, $7, $9, $8 FROM next RETURNING version
        """;

    private const string PutLayoutSql = """
        INSERT INTO template_layouts (project_id, key, source, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
        ON CONFLICT (project_id, key) DO UPDATE SET source = excluded.source, revision = template_layouts.revision + 1, updated_at = excluded.updated_at
        """;

    private const string RemoveLayoutSql = "DELETE FROM template_layouts WHERE project_id = $1 AND key = $2";

    /// <returns>A failure when there is more than a request could carry.</returns>
    public async Task<Result<ProjectTemplates>> ReadAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlCommand size = new(SizeSql, connection);
        size.Parameters.AddTyped(project.Value);
        if (Convert.ToInt64(await size.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture) > 2L * FolderFiles.LargestTotal)
            return new Failure(FailureKind.TooLarge, "too_large", "The project's templates are too large to be taken all at once. Remove those that are not used.");
        await using NpgsqlTransaction snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        return await ReadAsync(connection, project, ct);
    }

    /// <param name="state">What the change was made for.</param>
    /// <param name="note">Of each version.</param>
    /// <returns>By key the versions that were published; null, and nothing done, when the project is in another state.</returns>
    public async Task<IReadOnlyDictionary<string, int>?> ApplyAsync(ProjectId project, string state, EnvironmentChange change, string? note, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await LockAsync(connection, project, ct);
        if ((await ReadAsync(connection, project, ct)).State() != state) return null;
        foreach ((string key, LayoutSource layout) in change.Layouts)
            await RunAsync(connection, PutLayoutSql, ct, Typed(project.Value), Typed(key), Json(Text(layout)), Typed(now.UtcDateTime));
        foreach (string key in change.RemovedLayouts) await RunAsync(connection, RemoveLayoutSql, ct, Typed(project.Value), Typed(key));
        foreach (ProjectTemplate removed in change.Removed) await RunAsync(connection, RemoveSql, ct, Typed(project.Value), Typed(removed.Id), Typed(now.UtcDateTime));
        Dictionary<string, int> versions = new(StringComparer.Ordinal);
        foreach (TemplateChange one in change.Templates)
        {
            Guid id = one.Before?.Id ?? UuidV7.New(now);
            if (one.Before is null) await RunAsync(connection, AddSql, ct, Typed(project.Value), Typed(id), Typed(one.Key), Json(Text(one.Source)), Typed(now.UtcDateTime));
            else if (one.HasNewDraft) await RunAsync(connection, ChangeSql, ct, Typed(project.Value), Typed(id), Json(Text(one.Source)), Typed(now.UtcDateTime));
            if (one.Built is not { } built) continue;
            await using NpgsqlCommand publish = new(PublishSql, connection);
            publish.Parameters.AddRange(new NpgsqlParameter[]
            {
                Typed(project.Value), Typed(id), Typed(one.Key), Json(Text(one.Source)), Json(one.Layout is null ? null : Text(one.Layout)), Typed(built.Html), Typed(built.Text), Typed(now.UtcDateTime),
                new NpgsqlParameter { Value = (object?)note ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            });
            versions[one.Key] = (int)(await publish.ExecuteScalarAsync(ct))!;
        }

        await transaction.CommitAsync(ct);
        return versions;
    }

    private static async Task LockAsync(NpgsqlConnection connection, ProjectId project, CancellationToken ct)
    {
        foreach (string sql in LockSql.Split(';')) await RunAsync(connection, sql, ct, Typed(project.Value));
    }

    private static async Task<ProjectTemplates> ReadAsync(NpgsqlConnection connection, ProjectId project, CancellationToken ct)
    {
        Dictionary<string, ProjectTemplate> templates = new(StringComparer.Ordinal);
        await using (NpgsqlCommand command = new(TemplatesSql, connection))
        {
            command.Parameters.AddTyped(project.Value);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                ProjectTemplate one = new(
                    reader.GetGuid(0), reader.GetString(1), Source(reader.GetString(2)), reader.GetInt32(3), reader.OptionalInt(4), reader.GetInt32(5),
                    reader.OptionalText(6) is { } source ? Source(source) : null, reader.OptionalText(7) is { } layout ? Layout(layout) : null)
                { IsInExperiment = reader.GetBoolean(8) };
                templates[one.Key] = one;
            }
        }

        Dictionary<string, LayoutSource> layouts = new(StringComparer.Ordinal);
        await using NpgsqlCommand all = new(LayoutsSql, connection);
        all.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader rows = await all.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) layouts[rows.GetString(0)] = Layout(rows.GetString(1));
        return new ProjectTemplates(templates, layouts);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
#pragma warning disable CA2100 // one of the constants above
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter<T> Typed<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Json(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json };

    private static TemplateSource Source(string json) => JsonSerializer.Deserialize(json, TemplateSourceJson.Default.TemplateSource)!;

    private static LayoutSource Layout(string json) => JsonSerializer.Deserialize(json, TemplateSourceJson.Default.LayoutSource)!;

    private static string Text(TemplateSource source) => JsonSerializer.Serialize(source, TemplateSourceJson.Default.TemplateSource);

    private static string Text(LayoutSource layout) => JsonSerializer.Serialize(layout, TemplateSourceJson.Default.LayoutSource);
}

/// <summary>What is to be written, all or nothing.</summary>
internal sealed record EnvironmentChange(
    IReadOnlyList<TemplateChange> Templates, IReadOnlyList<ProjectTemplate> Removed, IReadOnlyDictionary<string, LayoutSource> Layouts, IReadOnlyList<string> RemovedLayouts);

/// <param name="Before">Null for a new one.</param>
/// <param name="Built">The version to publish; null when what is published is right already.</param>
internal sealed record TemplateChange(string Key, ProjectTemplate? Before, TemplateSource Source, bool HasNewDraft, LayoutSource? Layout, PublishedTemplate? Built);
