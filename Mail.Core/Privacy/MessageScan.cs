using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Privacy;

/// <summary>A message that went, or is to go, to the person, or that names them.</summary>
/// <param name="Envelope">Null when it cannot be read.</param>
/// <param name="Content">Null when it cannot be read.</param>
/// <param name="Deliveries">Those to the person.</param>
internal sealed record ConcernedMessage(
    Guid Id, DateTimeOffset CreatedAt, Lane Lane, bool IsTest, string Subject, MessageEnvelope? Envelope, MessageContent? Content, DateTimeOffset? ScheduledAt, IReadOnlyList<Guid> Deliveries);

/// <param name="Last">The last message that was looked at; null when there are no more.</param>
/// <param name="Quoting">Deliveries to others whose reply or reason quotes the person's address.</param>
internal sealed record ScannedPage(Guid? Last, IReadOnlyList<ConcernedMessage> Messages, IReadOnlyList<(Guid Message, Guid Delivery)> Quoting);

/// <summary>Reads a project's messages in the order of their ids and finds those that concern a person. Uses the caller's connection and transaction.</summary>
internal static class MessageScan
{
    /// <summary>Messages in a page; their bodies are read, so they must not be many.</summary>
    private const int Portion = 250;

    /// <summary>Concerned ones in a page; what is done about them takes some time for each.</summary>
    private const int MostConcerned = 50;

    private static readonly string _pageSql = $"""
        SELECT id, strpos(content, '"raw":') > 0, {PersonSql.MaySay("subject || ' ' || envelope || ' ' || content", 5)} FROM (
            SELECT id, subject, envelope::text AS envelope, content::text AS content FROM messages WHERE project_id = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT $4) AS page
        ORDER BY id
        """;

    private static readonly string _recipientsSql = $"""
        SELECT message_id, id, recipient, {PersonSql.MayBe("recipient", 4)}, reply, reason FROM recipients
        WHERE project_id = $1 AND message_id >= $2 AND message_id <= $3 AND ({PersonSql.MayBe("recipient", 4)} OR {PersonSql.MaySay("concat_ws(' ', reply, reason)", 6)})
        """;

    private const string LoadSql = "SELECT id, created_at, lane, is_test, subject, envelope::text, content::text, coalesce(rescheduled_at, scheduled_at) FROM messages WHERE project_id = $1 AND id = ANY ($2) ORDER BY id";
    private const string LargeSql = "SELECT content FROM attachments WHERE project_id = $1 AND message_id = $2 ORDER BY ordinal LIMIT 1";

    /// <param name="after">Where the last page ended.</param>
    /// <param name="before">The end of all pages.</param>
    public static async Task<ScannedPage> ReadAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, Guid after, Guid before, CancellationToken ct)
    {
        List<(Guid Id, bool IsRaw, bool MaySay)> page = await PageAsync(connection, project, person, after, before, ct);
        if (page.Count == 0) return new ScannedPage(null, [], []);
        (Dictionary<Guid, List<Guid>> own, List<(Guid, Guid)> quoting) = await RecipientsAsync(connection, project, person, page[0].Id, page[^1].Id, ct);
        Guid[] wanted = [.. page.Where(one => one.IsRaw || one.MaySay || own.ContainsKey(one.Id)).Select(one => one.Id)];
        List<ConcernedMessage> concerned = [];
        for (int i = 0; i < wanted.Length; i += MostConcerned)
        {
            foreach (ConcernedMessage message in await LoadAsync(connection, project, wanted[i..Math.Min(i + MostConcerned, wanted.Length)], own, ct))
            {
                if (message.Deliveries.Count == 0 && !await IsNamedAsync(connection, project, person, message, ct)) continue;
                concerned.Add(message);
                if (concerned.Count == MostConcerned) return new ScannedPage(message.Id, concerned, quoting);
            }
        }

        return new ScannedPage(page[^1].Id, concerned, quoting);
    }

    /// <summary>Certain messages, whoever they are to.</summary>
    public static Task<List<ConcernedMessage>> LoadAsync(NpgsqlConnection connection, ProjectId project, Guid[] ids, CancellationToken ct) => LoadAsync(connection, project, ids, [], ct);

    /// <summary>Whether subject, envelope or body of a message say the address.</summary>
    public static async Task<bool> IsNamedAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, ConcernedMessage message, CancellationToken ct)
    {
        if (person.IsIn(message.Subject) || message.Envelope is null || message.Content is not { } content) return true;
        if (person.IsInJson(JsonSerializer.Serialize(message.Envelope, StoredMessageJson.Default.MessageEnvelope))) return true;
        if (content.Raw is not { } raw) return person.IsInJson(JsonSerializer.Serialize(content, StoredMessageJson.Default.MessageContent));
        return (raw.Octets ?? await LargeAsync(connection, project, message.Id, ct)) is { } octets && person.IsInMail(octets);
    }

    private static async Task<List<(Guid, bool, bool)>> PageAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, Guid after, Guid before, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, _pageSql);
        command.Parameters.AddTyped(project.Value).AddTyped(after).AddTyped(before).AddTyped(Portion).AddRuns(person);
        List<(Guid, bool, bool)> page = new(Portion);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) page.Add((reader.GetGuid(0), reader.GetBoolean(1), reader.GetBoolean(2)));
        return page;
    }

    private static async Task<(Dictionary<Guid, List<Guid>> Own, List<(Guid, Guid)> Quoting)> RecipientsAsync(
        NpgsqlConnection connection, ProjectId project, PersonAddress person, Guid first, Guid last, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, _recipientsSql);
        command.Parameters.AddTyped(project.Value).AddTyped(first).AddTyped(last).AddAddress(person).AddRuns(person);
        Dictionary<Guid, List<Guid>> own = [];
        List<(Guid, Guid)> quoting = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetBoolean(3) && person.Is(reader.GetString(2)))
            {
                if (!own.TryGetValue(reader.GetGuid(0), out List<Guid>? deliveries)) own.Add(reader.GetGuid(0), deliveries = []);
                deliveries.Add(reader.GetGuid(1));
            }
            else if (person.IsIn(reader.OptionalText(4)) || person.IsIn(reader.OptionalText(5))) quoting.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return (own, quoting);
    }

    private static async Task<List<ConcernedMessage>> LoadAsync(NpgsqlConnection connection, ProjectId project, Guid[] ids, Dictionary<Guid, List<Guid>> own, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, LoadSql);
        command.Parameters.AddTyped(project.Value).AddTyped(ids);
        List<ConcernedMessage> messages = new(ids.Length);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            messages.Add(new ConcernedMessage(
                reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), (Lane)reader.GetInt16(2), reader.GetBoolean(3), reader.GetString(4),
                Read(reader.GetString(5), StoredMessageJson.Default.MessageEnvelope), Read(reader.GetString(6), StoredMessageJson.Default.MessageContent), reader.OptionalTime(7),
                own.GetValueOrDefault(reader.GetGuid(0)) ?? []));
        }

        return messages;
    }

    internal static async Task<byte[]?> LargeAsync(NpgsqlConnection connection, ProjectId project, Guid message, CancellationToken ct)
    {
        await using NpgsqlCommand command = Command(connection, LargeSql);
        command.Parameters.AddTyped(project.Value).AddTyped(message);
        return await command.ExecuteScalarAsync(ct) as byte[];
    }

    private static T? Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null; // written by another version
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // one of the statements above
        return new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
    }
}
