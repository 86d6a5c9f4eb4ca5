using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Relays;

/// <summary>Puts messages into the project's sandbox inbox instead of sending them.</summary>
public sealed class CaptureRelay(string name, NpgsqlDataSource dataSource, TimeProvider clock) : IRelay
{
    // The delivery's id is the row's: a hand-over that is repeated because its answer was lost changes nothing. What was taken from the queue meanwhile, because
    // the recipient is to be forgotten, is not kept; the lock lets neither slip by the other.
    private const string InsertSql = """
        WITH held AS MATERIALIZED (
            SELECT d.id FROM deliveries d WHERE d.project_id = $1 AND d.id = ANY ($5) FOR KEY SHARE
        )
        INSERT INTO captured_messages (project_id, id, message_id, recipient, mime, captured_at)
        SELECT $1, r.id, $2, r.recipient, $3, $4 FROM unnest($5::uuid[], $6::text[]) AS r(id, recipient) JOIN held USING (id)
        ON CONFLICT (project_id, id) DO NOTHING
        """;

    private static readonly RelayReply _captured = new(RelayVerdict.Accepted, null, null, "Captured in the sandbox inbox.");

    public string Name => name;

    public RelayKind Kind => RelayKind.Capture;

    public async Task<RelayOutcome> SendAsync(RelayMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!await message.MayStart(ct)) return RelayOutcome.Withdrawn;
        try
        {
            await using NpgsqlCommand command = dataSource.CreateCommand(InsertSql);
            command.Parameters.AddTyped(message.ProjectId.Value).AddTyped(message.Id.Value).AddTyped(message.Mime).AddTyped(clock.GetUtcNow().UtcDateTime)
                .AddTyped(message.Recipients.Select(recipient => recipient.Id.Value).ToArray())
                .AddTyped(message.Recipients.Select(recipient => recipient.Address.Address).ToArray());
            await command.ExecuteNonQueryAsync(ct);
            return RelayOutcome.Answered(_captured, message.Recipients.Count);
        }
        catch (NpgsqlException e)
        {
            return RelayOutcome.Answered(new RelayReply(RelayVerdict.Transient, null, null, $"The sandbox inbox could not be written: {e.Message}"), message.Recipients.Count);
        }
        catch (OperationCanceledException)
        {
            return RelayOutcome.Withdrawn; // a row that was written all the same is recognised by its id
        }
    }

    public Task<RelayFault?> ProbeAsync(CancellationToken ct) => Task.FromResult<RelayFault?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
