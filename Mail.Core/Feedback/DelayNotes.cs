using Mail.Core.Common;
using Mail.Core.Delivery;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Feedback;

/// <summary>Tells that a server behind the relay has not got rid of a message yet: an event beside the state, which stays `sent`.</summary>
public sealed class DelayNotes(NpgsqlDataSource dataSource, TimeProvider clock)
{
    // Once for each wording: servers repeat themselves every few hours, and a reporter may hand the same report in again.
    // The delivery is held until this is committed: an erasure waits for it, and then finds the event.
    private const string TellSql = """
        WITH held AS MATERIALIZED (SELECT 1 FROM finished_deliveries WHERE project_id = $1 AND message_id = $2 AND id = $12 AND state = 'sent' FOR KEY SHARE)
        INSERT INTO events (project_id, message_id, id, type, created_at, recipient, code, enhanced_code, reply, reason, cause, detail)
        SELECT $1, $2, $3, 'email.delivery_delayed', $4, $5, $6, $7, $8, $9, $10, $11
        WHERE NOT EXISTS (SELECT 1 FROM events WHERE project_id = $1 AND message_id = $2 AND recipient = $5 AND type = 'email.delivery_delayed' AND reason = $9)
          AND EXISTS (SELECT 1 FROM held)
        """;

    /// <returns>Whether it was news.</returns>
    internal async Task<bool> TellAsync(FoundDelivery delivery, ReportedWords words, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = dataSource.CreateCommand(TellSql);
        command.Parameters
            .AddTyped(delivery.ProjectId.Value).AddTyped(delivery.MessageId.Value).AddTyped(UuidV7.New(now)).AddTyped(now.UtcDateTime).AddTyped(delivery.Recipient)
            .AddTyped(words.Code, NpgsqlDbType.Integer).AddTyped(DeliveryReports.Storable(words.EnhancedCode), NpgsqlDbType.Text).AddTyped(DeliveryReports.Storable(words.Text), NpgsqlDbType.Text)
            .AddTyped(DeliveryReports.Storable(words.Reason)!).AddTyped(words.Cause, NpgsqlDbType.Text).AddTyped(words.Detail.ToJsonString(), NpgsqlDbType.Jsonb).AddTyped(delivery.Id.Value);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }
}
