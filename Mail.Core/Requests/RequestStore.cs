using System.Text.Json;
using Mail.Core.ActionLinks;
using Mail.Core.Common;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Requests;

/// <summary>The table `requests`.</summary>
public sealed class RequestStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "project_id, id, is_test, email, content::text, created_at, deadline, state, choice, comment, decided_ip, decided_agent, ended_at, mailed_at, resends, version";

    private const string AddSql = "INSERT INTO requests (project_id, id, is_test, email, content, created_at, deadline, state, mailed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', $6)";

    private const string SaveSql = """
        UPDATE requests SET state = $4, choice = $5, comment = $6, decided_ip = $7, decided_agent = $8, ended_at = $9, mailed_at = $10, resends = $11, version = version + 1
        WHERE project_id = $1 AND id = $2 AND version = $3
        """;

    private const string FindSql = $"SELECT {Columns} FROM requests WHERE project_id = $1 AND id = $2";
    private const string LockSql = FindSql + " FOR UPDATE";

    // Ids are UUIDv7, so that a page is a range of ix_requests_state, or of the primary key. One row too many tells whether there is another page.
    private const string ListSql = $"""
        SELECT {Columns} FROM requests WHERE project_id = $1 AND is_test = $2 AND id < $3 AND ($4::text IS NULL OR state = $4) AND ($5::text IS NULL OR email = $5) ORDER BY id DESC LIMIT $6
        """;

    public static async Task AddAsync(NpgsqlConnection within, DecisionRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using NpgsqlCommand command = new(AddSql, within);
        command.Parameters.AddTyped(request.ProjectId.Value).AddTyped(request.Id).AddTyped(request.IsTest).AddTyped(request.Email)
            .AddTyped(JsonSerializer.Serialize(request.Content, RequestJson.Default.RequestContent), NpgsqlDbType.Json).AddTyped(request.CreatedAt.UtcDateTime).AddTyped(request.Deadline.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <exception cref="InvalidOperationException">It was not read with <see cref="LockAsync"/> in this transaction.</exception>
    public static async Task SaveAsync(NpgsqlConnection within, DecisionRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using NpgsqlCommand command = new(SaveSql, within);
        command.Parameters.AddTyped(request.ProjectId.Value).AddTyped(request.Id).AddTyped(request.Version).AddTyped(request.State.Name())
            .AddTyped(request.Decision?.Choice, NpgsqlDbType.Text).AddTyped(request.Decision?.Comment, NpgsqlDbType.Text)
            .AddTyped(request.Decision?.Visitor.Ip, NpgsqlDbType.Text).AddTyped(request.Decision?.Visitor.UserAgent, NpgsqlDbType.Text)
            .AddTyped(request.EndedAt?.UtcDateTime, NpgsqlDbType.TimestampTz).AddTyped(request.MailedAt.UtcDateTime).AddTyped(request.Resends);
        if (await command.ExecuteNonQueryAsync(ct) != 1) throw new InvalidOperationException($"Request {request.Id} was changed by somebody else.");
        request.Version++;
    }

    /// <returns>Null when the project has none of this id.</returns>
    public async Task<DecisionRequest?> FindAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <summary>Until the transaction ends nobody else changes it.</summary>
    public static async Task<DecisionRequest?> LockAsync(NpgsqlConnection within, ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(LockSql, within);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <param name="after">The last id of the page before.</param>
    /// <param name="email">In its normal form.</param>
    public async Task<(IReadOnlyList<DecisionRequest> Page, bool HasMore)> ListAsync(ProjectId project, bool isTest, int limit, Guid? after, RequestState? state, string? email, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(isTest).AddTyped(after ?? Guid.AllBitsSet).AddTyped(state?.Name(), NpgsqlDbType.Text).AddTyped(email, NpgsqlDbType.Text).AddTyped(limit + 1);
        List<DecisionRequest> page = await ReadAsync(command, ct);
        return (page[..Math.Min(limit, page.Count)], page.Count > limit);
    }

    private static async Task<List<DecisionRequest>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<DecisionRequest> requests = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            DecisionRequest request = new(
                new ProjectId(reader.GetGuid(0)), reader.GetGuid(1), reader.GetBoolean(2), reader.GetString(3), JsonSerializer.Deserialize(reader.GetString(4), RequestJson.Default.RequestContent)!,
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6));
            if (!RequestNames.TryParse(reader.GetString(7), out RequestState state)) throw new InvalidOperationException($"Request {request.Id} is in an unknown state.");
            DateTimeOffset? endedAt = reader.OptionalTime(12);
            RequestDecision? decision = reader.OptionalText(8) is { } choice ? new RequestDecision(choice, reader.OptionalText(9), endedAt!.Value, new ActionVisitor(reader.OptionalText(10), reader.OptionalText(11))) : null;
            request.Restore(state, decision, endedAt, reader.GetFieldValue<DateTimeOffset>(13), reader.GetInt32(14), reader.GetInt32(15));
            requests.Add(request);
        }

        return requests;
    }
}
