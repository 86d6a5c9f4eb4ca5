using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Templates.Experiments;

/// <summary>
/// The table `experiments`. That one runs stands in its template's row too, where acceptance sees it and publications are held back by it. Who changes both takes the
/// experiment first.
/// </summary>
internal sealed class ExperimentStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "id, template_id, name, state, arms::text, rule::text, rule_outcome::text, results::text, winner, ended_by, created_at, started_at, ended_at";
    private const string ListSql = $"SELECT {Columns} FROM experiments WHERE project_id = $1 AND template_id = $2 ORDER BY id DESC";
    private const string FindSql = $"SELECT {Columns} FROM experiments WHERE project_id = $1 AND template_id = $2 AND id = $3";

    // The template's row is locked, so that two at once do not pass the limit.
    private const string AddSql = """
        WITH template AS (SELECT id FROM templates WHERE project_id = $1 AND id = $3 AND deleted_at IS NULL FOR NO KEY UPDATE)
        INSERT INTO experiments (project_id, id, template_id, name, state, arms, rule, created_at)
        SELECT $1, $2, id, $4, 'draft', $5, $6, $7 FROM template WHERE (SELECT count(*) FROM experiments WHERE project_id = $1 AND template_id = $3) < $8
        """;

    private const string StartSql = """
        UPDATE experiments SET state = 'running', started_at = coalesce(started_at, $3), ended_at = NULL, ended_by = NULL, rule_looked_at = NULL
        WHERE project_id = $1 AND id = $2 AND state IN ('draft', 'stopped')
        """;

    // Of the version that its arms were looked at beside.
    private const string TakeTemplateSql = """
        UPDATE templates SET experiment_id = $3, updated_at = $5 WHERE project_id = $1 AND id = $2 AND deleted_at IS NULL AND experiment_id IS NULL AND published_version = $4
        """;

    private const string EndSql = """
        UPDATE experiments SET state = $4, winner = $5, ended_by = $6, results = $7, ended_at = $8, rule_outcome = coalesce($9, rule_outcome) WHERE project_id = $1 AND id = $2 AND state = ANY ($3)
        """;

    // One that was stopped may be concluded later, while nothing else runs.
    private const string FreeTemplateSql = """
        UPDATE templates SET experiment_id = NULL, published_version = coalesce($4, published_version), updated_at = $5
        WHERE project_id = $1 AND id = $2 AND deleted_at IS NULL AND (experiment_id = $3 OR experiment_id IS NULL)
        """;

    private const string RemoveSql = """
        WITH gone AS (DELETE FROM experiments WHERE project_id = $1 AND template_id = $2 AND id = $3 AND state <> 'running' RETURNING id),
             arms AS (DELETE FROM experiment_messages x USING gone WHERE x.project_id = $1 AND x.experiment_id = gone.id)
        SELECT count(*) FROM gone
        """;

    // Whoever has it looks alone; index: ix_experiments_ruled.
    private const string DueSql = $"""
        SELECT project_id, {Columns} FROM experiments
        WHERE state = 'running' AND rule IS NOT NULL AND rule_outcome IS NULL AND (rule_looked_at IS NULL OR rule_looked_at <= $2)
          AND started_at + make_interval(hours => (rule ->> 'after_hours')::int) <= $1
        ORDER BY rule_looked_at NULLS FIRST LIMIT 1 FOR UPDATE SKIP LOCKED
        """;

    private const string LookedSql = "UPDATE experiments SET rule_looked_at = $3, rule_outcome = $4 WHERE project_id = $1 AND id = $2";

    public async Task<IReadOnlyList<Experiment>> ListAsync(ProjectId project, Guid template, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(template);
        List<Experiment> experiments = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) experiments.Add(Read(reader, 0));
        return experiments;
    }

    public async Task<Experiment?> FindAsync(ProjectId project, Guid template, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(template).AddTyped(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader, 0) : null;
    }

    /// <returns>False when the template has as many as it may have, or is gone.</returns>
    public async Task<bool> AddAsync(ProjectId project, Experiment experiment, int most, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AddSql);
        command.Parameters.AddTyped(project.Value).AddTyped(experiment.Id).AddTyped(experiment.TemplateId).AddTyped(experiment.Name).AddTyped(JsonSerializer.Serialize(experiment.Arms, ExperimentJson.Default.ArmList), NpgsqlDbType.Json)
            .AddTyped(experiment.Rule is { } rule ? JsonSerializer.Serialize(rule, ExperimentJson.Default.WinnerRule) : null, NpgsqlDbType.Jsonb).AddTyped(experiment.CreatedAt.UtcDateTime).AddTyped(most);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <param name="published">The version that its arms were looked at beside.</param>
    /// <returns>False, and nothing done, when something else runs, or changed what is published.</returns>
    public async Task<bool> StartAsync(ProjectId project, Experiment experiment, int published, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        await using NpgsqlCommand start = new(StartSql, connection), take = new(TakeTemplateSql, connection);
        start.Parameters.AddTyped(project.Value).AddTyped(experiment.Id).AddTyped(now.UtcDateTime);
        take.Parameters.AddTyped(project.Value).AddTyped(experiment.TemplateId).AddTyped(experiment.Id).AddTyped(published).AddTyped(now.UtcDateTime);
        if (await start.ExecuteNonQueryAsync(ct) == 0 || await take.ExecuteNonQueryAsync(ct) == 0) return false;
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <returns>False, and nothing done, when it was ended by somebody else, or another one runs now.</returns>
    public async Task<bool> EndAsync(ProjectId project, Experiment experiment, ExperimentEnd end, CancellationToken ct)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync(ct);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(ct);
        if (!await EndAsync(connection, project, experiment, end, ct)) return false;
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>In the caller's transaction, which is to be given up when the answer is false.</summary>
    public static async Task<bool> EndAsync(NpgsqlConnection connection, ProjectId project, Experiment experiment, ExperimentEnd end, CancellationToken ct)
    {
        await using NpgsqlCommand ended = new(EndSql, connection), free = new(FreeTemplateSql, connection);
        ended.Parameters.AddTyped(project.Value).AddTyped(experiment.Id).AddTyped(end.From).AddTyped(end.State).AddTyped(end.Winner?.Name, NpgsqlDbType.Text).AddTyped(end.By)
            .AddTyped(JsonSerializer.Serialize(end.Results, ExperimentJson.Default.ExperimentResults), NpgsqlDbType.Jsonb).AddTyped(end.At.UtcDateTime).AddTyped(Json(end.Outcome), NpgsqlDbType.Jsonb);
        free.Parameters.AddTyped(project.Value).AddTyped(experiment.TemplateId).AddTyped(experiment.Id).AddTyped(end.Winner?.Version).AddTyped(end.At.UtcDateTime);
        return await ended.ExecuteNonQueryAsync(ct) > 0 && await free.ExecuteNonQueryAsync(ct) > 0;
    }

    public async Task<bool> RemoveAsync(ProjectId project, Guid template, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(RemoveSql);
        command.Parameters.AddTyped(project.Value).AddTyped(template).AddTyped(id);
        return await command.ExecuteScalarAsync(ct) is > 0L;
    }

    /// <summary>Held until the end of the caller's transaction.</summary>
    /// <param name="lookedBefore">One that was looked at since waits.</param>
    public static async Task<(ProjectId Project, Experiment Experiment)?> TakeDueAsync(NpgsqlConnection connection, DateTimeOffset now, DateTimeOffset lookedBefore, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(DueSql, connection);
        command.Parameters.AddTyped(now.UtcDateTime).AddTyped(lookedBefore.UtcDateTime);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? (new ProjectId(reader.GetGuid(0)), Read(reader, 1)) : null;
    }

    /// <param name="outcome">Null when it was not time yet.</param>
    public static async Task LookedAsync(NpgsqlConnection connection, ProjectId project, Guid id, RuleOutcome? outcome, DateTimeOffset now, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(LookedSql, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(now.UtcDateTime).AddTyped(Json(outcome), NpgsqlDbType.Jsonb);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string? Json(RuleOutcome? outcome) => outcome is null ? null : JsonSerializer.Serialize(outcome, ExperimentJson.Default.RuleOutcome);

    private static Experiment Read(NpgsqlDataReader reader, int first) => new(
        reader.GetGuid(first), reader.GetGuid(first + 1), reader.GetString(first + 2), reader.GetString(first + 3), ExperimentJson.Arms(reader.GetString(first + 4)),
        reader.OptionalText(first + 5) is { } rule ? JsonSerializer.Deserialize(rule, ExperimentJson.Default.WinnerRule) : null,
        reader.OptionalText(first + 6) is { } outcome ? JsonSerializer.Deserialize(outcome, ExperimentJson.Default.RuleOutcome) : null,
        reader.OptionalText(first + 7) is { } results ? JsonSerializer.Deserialize(results, ExperimentJson.Default.ExperimentResults) : null,
        reader.OptionalText(first + 8), reader.OptionalText(first + 9), reader.GetFieldValue<DateTimeOffset>(first + 10), reader.OptionalTime(first + 11), reader.OptionalTime(first + 12));
}

/// <summary>How an experiment ends.</summary>
/// <param name="From">The states out of which it may.</param>
/// <param name="Winner">Whose version is published; null to leave what is.</param>
internal sealed record ExperimentEnd(string[] From, string State, ExperimentArm? Winner, string By, ExperimentResults Results, RuleOutcome? Outcome, DateTimeOffset At);
