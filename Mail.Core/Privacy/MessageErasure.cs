using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Privacy;

/// <summary>
/// What becomes of a person's messages. Those to nobody else go whole, whether they were sent or wait. Of those that others got too, the others' rows stay; the
/// address and the content go. One that is still to be sent to others goes out as it is, but without the address in To and Cc; its content goes once it is out.
/// </summary>
internal static class MessageErasure
{
    private const string Erased = "[erased]";

    // Whoever holds one cannot write it back: an outcome changes only the row that bears its token, and that is gone.
    private const string TakeFromQueueSql = """
        WITH gone AS (DELETE FROM deliveries WHERE project_id = $1 AND message_id = ANY ($2) AND id = ANY ($3) RETURNING lease_token IS NOT NULL AS in_hand)
        SELECT count(*), count(*) FILTER (WHERE in_hand) FROM gone
        """;

    private const string RecipientsSql = "DELETE FROM finished_deliveries WHERE project_id = $1 AND message_id = ANY ($2) AND id = ANY ($3)";

    // Whoever tells an endpoint of it just now writes down later what it answered, which may repeat what it was told. Index: ix_webhook_queue_leased.
    private const string ToldJustNowSql = "SELECT EXISTS (SELECT FROM webhook_queue WHERE project_id = $1 AND lease_token IS NOT NULL AND subject_id = ANY ($2))";

    private const string OthersSql = """
        SELECT message_id, bool_or(waits) FROM (
            SELECT message_id, true AS waits FROM deliveries WHERE project_id = $1 AND message_id = ANY ($2)
            UNION ALL SELECT message_id, false FROM finished_deliveries WHERE project_id = $1 AND message_id = ANY ($2)) AS r
        GROUP BY message_id
        """;

    private const string ShareSql = "UPDATE messages SET envelope = $3, content = $4 WHERE project_id = $1 AND id = $2";

    private const string EmptySql = $$"""
        UPDATE messages SET subject = '{{Erased}}', envelope = $3, content_removed_at = coalesce(content_removed_at, $4),
               content = json_build_object('headers', json_build_object(), 'attachments', json_build_array(), 'removed_at', coalesce(content_removed_at, $4))
        WHERE project_id = $1 AND id = $2
        """;

    private const string CleanQueueSql = "UPDATE deliveries SET reply = NULL, reason = CASE WHEN state = 'sending' THEN reason ELSE 'Waits for its next attempt.' END WHERE project_id = $1 AND message_id = ANY ($2) AND id = ANY ($3)";
    private const string CleanFinishedSql = $"UPDATE finished_deliveries SET reply = NULL, reason = CASE WHEN reason IS NOT NULL THEN '{Erased}' END WHERE project_id = $1 AND message_id = ANY ($2) AND id = ANY ($3)";

    /// <returns>Messages to others that are still to be sent, and whether a worker was sending one to the person, or telling an app of one.</returns>
    public static async Task<(List<Guid> Waiting, bool InHand)> EraseAsync(
        NpgsqlConnection connection, ProjectId project, PersonAddress person, ScannedPage page, ErasedCounts counts, DateTimeOffset now, CancellationToken ct)
    {
        bool inHand = await DeleteRecipientsAsync(connection, project, page.Messages, counts, ct);
        inHand |= await IsToldJustNowAsync(connection, project, page.Messages, ct);
        if (page.Quoting.Count > 0)
        {
            Guid[] messages = [.. page.Quoting.Select(one => one.Message).Distinct()], deliveries = [.. page.Quoting.Select(one => one.Delivery)];
            counts.AddCleaned("deliveries", await ExecuteAsync(connection, CleanQueueSql, project.Value, [messages, deliveries], ct));
            counts.AddCleaned("finished_deliveries", await ExecuteAsync(connection, CleanFinishedSql, project.Value, [messages, deliveries], ct));
        }

        Guid[] own = [.. page.Messages.Where(message => message.Deliveries.Count > 0).Select(message => message.Id)];
        foreach (string table in (string[])["experiment_messages", "conversions"]) // of messages to others too: it may be about this person, and results are sums
            counts.AddRemoved(table, own.Length == 0 ? 0 : await ExecuteAsync(connection, $"DELETE FROM {table} WHERE project_id = $1 AND message_id = ANY ($2)", project.Value, [own], ct));
        Dictionary<Guid, bool> others = await OthersAsync(connection, project, [.. page.Messages.Select(message => message.Id)], ct);
        await DeleteAsync(connection, project, [.. page.Messages.Where(message => message.Deliveries.Count > 0 && !others.ContainsKey(message.Id)).Select(message => message.Id)], counts, ct);
        List<Guid> waiting = [];
        foreach (ConcernedMessage message in page.Messages.Where(message => message.Deliveries.Count == 0 || others.ContainsKey(message.Id)))
        {
            if (others.GetValueOrDefault(message.Id))
            {
                await ShareAsync(connection, project, person, message, ct);
                waiting.Add(message.Id);
            }
            else await EmptyAsync(connection, project, person, message, counts, now, ct);
        }

        return (waiting, inHand);
    }

    /// <summary>Those that had to wait for others.</summary>
    /// <returns>Those that still do.</returns>
    public static async Task<List<Guid>> EmptySentAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, Guid[] ids, ErasedCounts counts, DateTimeOffset now, CancellationToken ct)
    {
        Dictionary<Guid, bool> others = await OthersAsync(connection, project, ids, ct);
        foreach (ConcernedMessage message in await MessageScan.LoadAsync(connection, project, [.. ids.Where(id => !others.GetValueOrDefault(id))], ct))
            await EmptyAsync(connection, project, person, message, counts, now, ct);
        return [.. ids.Where(id => others.GetValueOrDefault(id))];
    }

    private static async Task<bool> DeleteRecipientsAsync(NpgsqlConnection connection, ProjectId project, IReadOnlyList<ConcernedMessage> messages, ErasedCounts counts, CancellationToken ct)
    {
        ConcernedMessage[] to = [.. messages.Where(message => message.Deliveries.Count > 0)];
        if (to.Length == 0) return false;
        Guid[] ids = [.. to.Select(message => message.Id)], deliveries = [.. to.SelectMany(message => message.Deliveries)];
        long inHand;
        await using (NpgsqlCommand take = new(TakeFromQueueSql, connection))
        {
            take.Parameters.AddTyped(project.Value).AddTyped(ids).AddTyped(deliveries);
            await using NpgsqlDataReader reader = await take.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            counts.AddRemoved("deliveries", reader.GetInt64(0));
            inHand = reader.GetInt64(1);
        }

        // After the queue: what a worker finished in between stands here now, under the same id.
        counts.AddRemoved("finished_deliveries", await ExecuteAsync(connection, RecipientsSql, project.Value, [ids, deliveries], ct));
        return inHand > 0;
    }

    private static async Task<bool> IsToldJustNowAsync(NpgsqlConnection connection, ProjectId project, IReadOnlyList<ConcernedMessage> messages, CancellationToken ct)
    {
        if (messages.Count == 0) return false;
        await using NpgsqlCommand command = new(ToldJustNowSql, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(messages.Select(message => message.Id).ToArray());
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task DeleteAsync(NpgsqlConnection connection, ProjectId project, Guid[] ids, ErasedCounts counts, CancellationToken ct)
    {
        if (ids.Length == 0) return;
        foreach (string table in (string[])["events", "attachments", "captured_messages"]) // what an experiment knows of them, and conversions, are gone already
            counts.AddRemoved(table, await ExecuteAsync(connection, $"DELETE FROM {table} WHERE project_id = $1 AND message_id = ANY ($2)", project.Value, [ids], ct));
        counts.AddRemoved("messages", await ExecuteAsync(connection, "DELETE FROM messages WHERE project_id = $1 AND id = ANY ($2)", project.Value, [ids], ct));
    }

    /// <summary>It is still to be sent to others: the person is no more among those whom it names as recipients.</summary>
    private static async Task ShareAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, ConcernedMessage message, CancellationToken ct)
    {
        if (message.Envelope is not { } envelope || message.Content is not { } content) return; // another version's; it is emptied when it is out
        MessageEnvelope without = envelope with { To = Without(envelope.To, person), Cc = Without(envelope.Cc, person), Bcc = Without(envelope.Bcc, person) };
        MessageContent said = content.Raw is { IsSigned: false, Octets: { } octets } raw && RawRecipients.Without(octets, person) is { } rewritten
            ? content with { Raw = raw with { Octets = rewritten, Bytes = rewritten.Length } } : content;
        await using NpgsqlCommand command = new(ShareSql, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(message.Id)
            .AddTyped(JsonSerializer.Serialize(without, StoredMessageJson.Default.MessageEnvelope), NpgsqlDbType.Json).AddTyped(JsonSerializer.Serialize(said, StoredMessageJson.Default.MessageContent), NpgsqlDbType.Json);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task EmptyAsync(NpgsqlConnection connection, ProjectId project, PersonAddress person, ConcernedMessage message, ErasedCounts counts, DateTimeOffset now, CancellationToken ct)
    {
        MessageEnvelope envelope = message.Envelope ?? new MessageEnvelope(Erased, [], [], [], [], []);
        MessageEnvelope without = envelope with
        {
            From = person.IsIn(envelope.From) ? "erased@erased.invalid" : envelope.From,
            To = Without(envelope.To, person),
            Cc = Without(envelope.Cc, person),
            Bcc = Without(envelope.Bcc, person),
            ReplyTo = Without(envelope.ReplyTo, person),
            Tags = [.. envelope.Tags.Where(tag => !person.IsIn(tag.Name) && !person.IsIn(tag.Value))],
        };
        await using (NpgsqlCommand command = new(EmptySql, connection))
        {
            command.Parameters.AddTyped(project.Value).AddTyped(message.Id).AddTyped(JsonSerializer.Serialize(without, StoredMessageJson.Default.MessageEnvelope), NpgsqlDbType.Json).AddTyped(now.UtcDateTime);
            counts.AddCleaned("messages", await command.ExecuteNonQueryAsync(ct));
        }

        foreach (string table in (string[])["attachments", "captured_messages"])
            counts.AddRemoved(table, await ExecuteAsync(connection, $"DELETE FROM {table} WHERE project_id = $1 AND message_id = ANY ($2)", project.Value, [[message.Id]], ct));
    }

    private static string[] Without(IReadOnlyList<string> addresses, PersonAddress person) => [.. addresses.Where(address => !person.Is(address) && !person.IsIn(address))];

    private static async Task<Dictionary<Guid, bool>> OthersAsync(NpgsqlConnection connection, ProjectId project, Guid[] ids, CancellationToken ct)
    {
        Dictionary<Guid, bool> others = [];
        if (ids.Length == 0) return others;
        await using NpgsqlCommand command = new(OthersSql, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(ids);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) others[reader.GetGuid(0)] = reader.GetBoolean(1);
        return others;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, Guid project, Guid[][] ids, CancellationToken ct)
    {
#pragma warning disable CA2100 // made of constants
        await using NpgsqlCommand command = new(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddTyped(project);
        foreach (Guid[] column in ids) command.Parameters.AddTyped(column);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
