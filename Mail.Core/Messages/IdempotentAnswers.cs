using Mail.Core.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Core.Messages;

/// <summary>Idempotency keys of calls that make something else than messages: the answer is stored in the transaction of what it tells.</summary>
public sealed class IdempotentAnswers(NpgsqlDataSource dataSource, IOptions<IntakeOptions> options, TimeProvider clock)
{
    // As intake has it: an expired key is taken over; a key that is being stored elsewhere is waited for.
    private const string TakeSql = """
        INSERT INTO idempotency_keys AS k (project_id, key, request_hash, response, expires_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (project_id, key) DO UPDATE SET request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at WHERE k.expires_at <= $6
        """;

    /// <summary>Comes first in a request: what was answered before is answered again, even if it would be refused today.</summary>
    /// <returns>Null for a new key.</returns>
    public async Task<Result<string>?> FindAsync(ProjectId project, IdempotencyRecord? key, CancellationToken ct)
    {
        if (key is null) return null;
        Dictionary<(Guid, string), (byte[] RequestHash, string Response)> found = await IntakeSql.FindKeysAsync(dataSource, [(project, key.Key)], clock.GetUtcNow(), ct);
        if (!found.TryGetValue((project.Value, key.Key), out (byte[] RequestHash, string Response) stored)) return null;
        return stored.RequestHash.AsSpan().SequenceEqual(key.RequestHash)
            ? stored.Response
            : new Failure(FailureKind.Conflict, "invalid_idempotent_request", "This Idempotency-Key was used for a request with another body in the last 24 hours. Use a new key for a new request.");
    }

    /// <summary>Comes last in the transaction.</summary>
    /// <returns>False when somebody else has the key: roll back, and <see cref="FindAsync"/>.</returns>
    public async Task<bool> TakeAsync(NpgsqlConnection within, ProjectId project, IdempotencyRecord? key, string response, CancellationToken ct)
    {
        if (key is null) return true;
        DateTimeOffset now = clock.GetUtcNow();
        await using NpgsqlCommand command = new(TakeSql, within);
        command.Parameters.AddTyped(project.Value).AddTyped(key.Key).AddTyped(key.RequestHash).AddTyped(response).AddTyped((now + options.Value.IdempotencyLifetime).UtcDateTime).AddTyped(now.UtcDateTime);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }
}
