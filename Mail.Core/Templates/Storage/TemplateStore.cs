using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Templates.Editing;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Templates.Storage;

/// <summary>The tables `templates` and `template_versions`.</summary>
public sealed class TemplateStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        t.id, t.key, t.draft, t.revision, t.published_version, t.last_version, v.source::jsonb IS DISTINCT FROM t.draft::jsonb, t.created_at, t.updated_at, t.experiment_id, v.created_at
        FROM templates t LEFT JOIN template_versions v ON v.project_id = t.project_id AND v.template_id = t.id AND v.version = t.published_version
        """;

    private const string NamesSql = "SELECT id, key FROM templates WHERE project_id = $1 AND deleted_at IS NULL ORDER BY key";
    private const string ListSql = $"SELECT {Columns} WHERE t.project_id = $1 AND t.deleted_at IS NULL AND t.id = ANY ($2)";
    private const string FindSql = $"SELECT {Columns} WHERE t.project_id = $1 AND t.deleted_at IS NULL AND (t.key = $2 OR t.id = $3)";

    // The project's row is locked, so that two at once do not pass the limit.
    private const string AddSql = """
        WITH project AS (SELECT id FROM projects WHERE id = $1 FOR NO KEY UPDATE)
        INSERT INTO templates (project_id, id, key, draft, created_at, updated_at)
        SELECT $1, $2, $3, $4, $5, $5 FROM project WHERE (SELECT count(*) FROM templates WHERE project_id = $1 AND deleted_at IS NULL) < $6
        """;

    private const string ChangeSql = """
        UPDATE templates SET key = $4, draft = $5, revision = revision + 1, updated_at = $6 WHERE project_id = $1 AND id = $2 AND revision = $3 AND deleted_at IS NULL
        """;

    private const string RemoveSql = "UPDATE templates SET deleted_at = $3 WHERE project_id = $1 AND id = $2 AND deleted_at IS NULL AND experiment_id IS NULL";

    // Published is what was built: when the draft has moved on meanwhile, nothing is. Nor while an experiment runs: it stands in the same row, so that its start and
    // a publication cannot miss each other.
    private const string PublishSql = """
        WITH next AS (
            UPDATE templates SET last_version = last_version + 1, published_version = last_version + 1, updated_at = $9
            WHERE project_id = $1 AND id = $2 AND revision = $3 AND deleted_at IS NULL AND experiment_id IS NULL RETURNING last_version
        )
        INSERT INTO template_versions (project_id, template_id, version, key, source, layout, html, text, note, created_at)
        SELECT $1, $2, last_version, $4, $5, $6, $7, $8, $10, $9 FROM next RETURNING version
        """;

    private const string TakeVersionSql = """
        UPDATE templates t SET published_version = $3, updated_at = $4
        WHERE project_id = $1 AND id = $2 AND deleted_at IS NULL AND experiment_id IS NULL AND EXISTS (SELECT FROM template_versions v WHERE v.project_id = $1 AND v.template_id = $2 AND v.version = $3)
        """;

    private const string VersionColumns = "version, key, source, layout, html, text, note, created_at FROM template_versions WHERE project_id = $1 AND template_id = $2";
    private const string VersionsSql = $"SELECT {VersionColumns} ORDER BY version DESC";
    private const string VersionSql = $"SELECT {VersionColumns} AND version = $3";

    /// <summary>In the order of their keys.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Key)>> NamesAsync(ProjectId project, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(NamesSql);
        command.Parameters.AddTyped(project.Value);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        List<(Guid, string)> names = [];
        while (await reader.ReadAsync(ct)) names.Add((reader.GetGuid(0), reader.GetString(1)));
        return names;
    }

    /// <summary>Those of them that are there.</summary>
    public async Task<IReadOnlyList<StoredTemplate>> FindAsync(ProjectId project, Guid[] ids, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(ids);
        return await ReadAsync(project, command, ct);
    }

    /// <param name="name">Its key or its id.</param>
    public async Task<StoredTemplate?> FindAsync(ProjectId project, string name, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(name).AddTyped(Guid.TryParse(name, out Guid id) ? id : default);
        return (await ReadAsync(project, command, ct)).FirstOrDefault();
    }

    /// <returns>Null when it is there now.</returns>
    public async Task<Failure?> AddAsync(ProjectId project, Guid id, string key, TemplateSource draft, DateTimeOffset now, int most, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AddSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(key).AddTyped(Json(draft), NpgsqlDbType.Json).AddTyped(now.UtcDateTime).AddTyped(most);
        try
        {
            return await command.ExecuteNonQueryAsync(ct) > 0 ? null : new Failure(FailureKind.Conflict, "too_many_templates", $"A project has {most} templates at most. Remove one that is not used.");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return KeyIsTaken(key);
        }
    }

    /// <returns>Null when it is changed; a conflict when somebody else changed it since it was read.</returns>
    public async Task<Failure?> ChangeAsync(StoredTemplate template, string key, TemplateSource draft, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(template);
        await using NpgsqlCommand command = dataSource.CreateCommand(ChangeSql);
        command.Parameters.AddTyped(template.ProjectId.Value).AddTyped(template.Id).AddTyped(template.Revision).AddTyped(key).AddTyped(Json(draft), NpgsqlDbType.Json).AddTyped(now.UtcDateTime);
        try
        {
            return await command.ExecuteNonQueryAsync(ct) > 0 ? null : ChangedMeanwhile;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return KeyIsTaken(key);
        }
    }

    public async Task<bool> RemoveAsync(ProjectId project, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(now.UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <returns>The new version's number.</returns>
    public async Task<Result<int>> PublishAsync(StoredTemplate template, LayoutSource? layout, PublishedTemplate built, string? note, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(built);
        await using NpgsqlCommand command = dataSource.CreateCommand(PublishSql);
        command.Parameters.AddTyped(template.ProjectId.Value).AddTyped(template.Id).AddTyped(template.Revision).AddTyped(template.Key).AddTyped(Json(template.Draft), NpgsqlDbType.Json);
        command.Parameters.Add(new NpgsqlParameter { Value = layout is null ? DBNull.Value : JsonSerializer.Serialize(layout, TemplateSourceJson.Default.LayoutSource), NpgsqlDbType = NpgsqlDbType.Json });
        command.Parameters.AddTyped(built.Html).AddTyped(built.Text).AddTyped(now.UtcDateTime);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)note ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteScalarAsync(ct) is int version ? version : ChangedMeanwhile;
    }

    /// <summary>Messages from now on take this version.</summary>
    /// <returns>False when there is no such version.</returns>
    public async Task<bool> TakeVersionAsync(ProjectId project, Guid id, int version, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(TakeVersionSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(version).AddTyped(now.UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<StoredVersion>> VersionsAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(VersionsSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return await ReadVersionsAsync(command, ct);
    }

    public async Task<StoredVersion?> VersionAsync(ProjectId project, Guid id, int version, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(VersionSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(version);
        return (await ReadVersionsAsync(command, ct)).SingleOrDefault();
    }

    private static Failure ChangedMeanwhile => new(FailureKind.Conflict, "changed_meanwhile", "Somebody else changed the template meanwhile. Read it again and repeat the change.");

    private static Failure KeyIsTaken(string key) => new(FailureKind.Conflict, "template_exists", $"`key` is taken: there is a template `{key}` already.");

    private static string Json(TemplateSource source) => JsonSerializer.Serialize(source, TemplateSourceJson.Default.TemplateSource);

    private static async Task<List<StoredTemplate>> ReadAsync(ProjectId project, NpgsqlCommand command, CancellationToken ct)
    {
        List<StoredTemplate> templates = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            templates.Add(new StoredTemplate(
                project, reader.GetGuid(0), reader.GetString(1), JsonSerializer.Deserialize(reader.GetString(2), TemplateSourceJson.Default.TemplateSource)!, reader.GetInt32(3),
                reader.OptionalInt(4), reader.GetInt32(5), reader.GetBoolean(6), reader.GetFieldValue<DateTimeOffset>(7), reader.GetFieldValue<DateTimeOffset>(8))
            { ExperimentId = reader.IsDBNull(9) ? null : reader.GetGuid(9), PublishedAt = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10) });
        }

        return templates;
    }

    private static async Task<List<StoredVersion>> ReadVersionsAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<StoredVersion> versions = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            LayoutSource? layout = reader.OptionalText(3) is { } stored ? JsonSerializer.Deserialize(stored, TemplateSourceJson.Default.LayoutSource) : null;
            versions.Add(new StoredVersion(
                reader.GetInt32(0), reader.GetString(1), JsonSerializer.Deserialize(reader.GetString(2), TemplateSourceJson.Default.TemplateSource)!, layout, reader.GetString(4), reader.GetString(5),
                reader.OptionalText(6), reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return versions;
    }
}
