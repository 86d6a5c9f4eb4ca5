using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Messages;
using Npgsql;

namespace Mail.Core.Reservations;

/// <summary>What a request under an Idempotency-Key did.</summary>
public sealed record DoneAnswer(Guid Offer, Guid? Reservation);

/// <summary>Requests that are sent again do nothing again: the key is taken in the transaction of what the request does, and stands with it or not at all.</summary>
internal static class DoneBefore
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(24);

    // Waits for a request of the same key that is under way; one that is over is taken over.
    private const string Take = """
        INSERT INTO idempotency_keys AS k (project_id, key, request_hash, response, expires_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (project_id, key) DO UPDATE SET request_hash = excluded.request_hash, response = excluded.response, expires_at = excluded.expires_at WHERE k.expires_at <= $6
        """;

    private const string Find = "SELECT request_hash, response FROM idempotency_keys WHERE project_id = $1 AND key = $2";
    private const string Write = "UPDATE idempotency_keys SET response = $3 WHERE project_id = $1 AND key = $2";

    /// <returns>Null when the key is the caller's now; else what it did before, or why it cannot be used.</returns>
    public static async Task<Result<DoneAnswer>?> TakeAsync(NpgsqlConnection within, ProjectId project, bool isTest, IdempotencyRecord key, DateTimeOffset now, CancellationToken ct)
    {
        await using (NpgsqlCommand take = new(Take, within))
        {
            take.Parameters.AddTyped(project.Value).AddTyped(Name(key, isTest)).AddTyped(key.RequestHash).AddTyped("").AddTyped((now + _lifetime).UtcDateTime).AddTyped(now.UtcDateTime);
            if (await take.ExecuteNonQueryAsync(ct) == 1) return null;
        }

        await using NpgsqlCommand find = new(Find, within);
        find.Parameters.AddTyped(project.Value).AddTyped(Name(key, isTest));
        await using NpgsqlDataReader reader = await find.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return new Failure(FailureKind.Conflict, "concurrent_idempotent_requests", "Another request with this Idempotency-Key is under way. Send it again.");
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.RequestHash)) return new Failure(FailureKind.Conflict, "invalid_idempotent_request", "This Idempotency-Key was used with another request. Use a new one.");
        return JsonSerializer.Deserialize(reader.GetString(1), ReservationJson.Default.DoneAnswer)!;
    }

    public static async Task WriteAsync(NpgsqlConnection within, ProjectId project, bool isTest, IdempotencyRecord key, DoneAnswer answer, CancellationToken ct)
    {
        await using NpgsqlCommand write = new(Write, within);
        write.Parameters.AddTyped(project.Value).AddTyped(Name(key, isTest)).AddTyped(JsonSerializer.Serialize(answer, ReservationJson.Default.DoneAnswer));
        await write.ExecuteNonQueryAsync(ct);
    }

    private static string Name(IdempotencyRecord key, bool isTest) => $"reservations:{(isTest ? "test" : "live")}:{key.Key}";
}
