using System.Text.Json;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Flows;

/// <summary>How something came to happen in a flow.</summary>
/// <param name="How">`api`, `page`, `timer` or `mail`.</param>
/// <param name="Who">A key, a member, or the person; null for a timer.</param>
public sealed record FlowActor(string How, string? Who = null, string? Ip = null, string? UserAgent = null)
{
    public static FlowActor Timer { get; } = new("timer");
}

/// <summary>A line of the history of a request, an appointment or the like: what happened, when and by whom.</summary>
/// <param name="What">`created`, `mailed`, `decided`...</param>
/// <param name="Person">Whose line it is: it is forgotten with them. Null for what is no person's.</param>
/// <param name="Detail">An object; null for none.</param>
public sealed record FlowEntry(string What, DateTimeOffset At, FlowActor By, string? Person, JsonElement? Detail = null)
{
    /// <summary>The mail that it is about.</summary>
    public Guid? EmailId { get; init; }
}

/// <summary>The table `flow_history`: one for all flows that are told line by line. A line is written in the transaction of what it tells.</summary>
public sealed class FlowHistory(NpgsqlDataSource dataSource)
{
    public const int Longest = 500;

    private const string AddSql = "INSERT INTO flow_history (project_id, subject_id, what, at, how, who, ip, user_agent, person, email_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    // In the order in which they were written, which is that of their transactions: the subject's row was locked.
    private const string ListSql = "SELECT what, at, how, who, ip, user_agent, person, email_id, detail::text FROM flow_history WHERE project_id = $1 AND subject_id = $2 ORDER BY id LIMIT $3";

    // Programs open links too, again and again: one line for each place and program, and no more than twenty.
    private const string AddOpeningSql = """
        INSERT INTO flow_history (project_id, subject_id, what, at, how, ip, user_agent, person)
        SELECT $1, $2, 'opened', $3, 'page', $4, $5, $6
        WHERE NOT EXISTS (SELECT FROM flow_history WHERE project_id = $1 AND subject_id = $2 AND what = 'opened' AND ip IS NOT DISTINCT FROM $4 AND user_agent IS NOT DISTINCT FROM $5)
          AND (SELECT count(*) FROM flow_history WHERE project_id = $1 AND subject_id = $2 AND what = 'opened') < 20
        """;

    public static async Task AddAsync(NpgsqlConnection within, ProjectId project, Guid subject, FlowEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(within);
        ArgumentNullException.ThrowIfNull(entry);
        await using NpgsqlCommand command = new(AddSql, within);
        command.Parameters.AddTyped(project.Value).AddTyped(subject).AddTyped(entry.What).AddTyped(entry.At.UtcDateTime).AddTyped(entry.By.How)
            .AddTyped(entry.By.Who, NpgsqlDbType.Text).AddTyped(entry.By.Ip, NpgsqlDbType.Text).AddTyped(entry.By.UserAgent, NpgsqlDbType.Text)
            .AddTyped(entry.Person, NpgsqlDbType.Text).AddTyped(entry.EmailId, NpgsqlDbType.Uuid).AddTyped(entry.Detail?.GetRawText(), NpgsqlDbType.Json);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Somebody, or a program, looked at a page. Says nothing the second time.</summary>
    public async Task AddOpeningAsync(ProjectId project, Guid subject, string person, string? ip, string? userAgent, DateTimeOffset at, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(AddOpeningSql);
        command.Parameters.AddTyped(project.Value).AddTyped(subject).AddTyped(at.UtcDateTime).AddTyped(ip, NpgsqlDbType.Text).AddTyped(userAgent, NpgsqlDbType.Text).AddTyped(person);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What came first first, the first <see cref="Longest"/>.</summary>
    public async Task<IReadOnlyList<FlowEntry>> ListAsync(ProjectId project, Guid subject, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(subject).AddTyped(Longest);
        List<FlowEntry> entries = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            entries.Add(new FlowEntry(
                reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), new FlowActor(reader.GetString(2), reader.OptionalText(3), reader.OptionalText(4), reader.OptionalText(5)), reader.OptionalText(6),
                reader.OptionalText(8) is { } detail ? JsonElement.Parse(detail) : null)
            { EmailId = reader.IsDBNull(7) ? null : reader.GetGuid(7) });
        }

        return entries;
    }
}
