using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Live;

/// <summary>How things stood at one look. Two looks that differ in one say that there is news of it, not which.</summary>
/// <param name="Messages">Of the last message that was accepted, and of what last became of any.</param>
/// <param name="Alerts">Of the last alert that was raised, repeated, acknowledged or over.</param>
internal readonly record struct ProjectMarks(string Messages, string Alerts);

/// <summary>Finds out whether anything has changed in projects, without reading what.</summary>
internal sealed class LastChanges(NpgsqlDataSource dataSource, TimeProvider clock)
{
    // For each project one look at the end of two indexes: the primary keys of messages and message_counts, of which the last row tells the last statement that wrote events.
    // Alerts are few; those of the installation stand in no project.
    private const string ReadSql = """
        SELECT p.id,
               concat((SELECT m.id FROM messages m WHERE m.project_id = p.id ORDER BY m.id DESC LIMIT 1), ' ',
                      (SELECT c.id FROM message_counts c WHERE c.project_id = p.id AND c.hour >= $2 ORDER BY c.hour DESC, c.id DESC LIMIT 1)),
               (SELECT concat(count(*), ' ', max(greatest(a.last_at, a.resolved_at, a.acknowledged_at))) FROM alerts a
                WHERE a.project_id IN (p.id, '00000000-0000-0000-0000-000000000000') AND (a.resolved_at IS NULL OR a.resolved_at >= $2))
        FROM unnest($1::uuid[]) AS p(id)
        """;

    public async Task<IReadOnlyDictionary<ProjectId, ProjectMarks>> ReadAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ReadSql);
        command.Parameters.AddTyped(projects.Select(project => project.Value).ToArray()).AddTyped(clock.GetUtcNow().UtcDateTime.AddHours(-2));
        Dictionary<ProjectId, ProjectMarks> marks = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) marks[new ProjectId(reader.GetGuid(0))] = new ProjectMarks(reader.GetString(1), reader.GetString(2));
        return marks;
    }
}
