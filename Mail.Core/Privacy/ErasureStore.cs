using System.Security.Cryptography;
using System.Text.Json;
using Mail.Core.Common;
using Mail.Core.Suppressions;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using NpgsqlTypes;

namespace Mail.Core.Privacy;

/// <summary>The table `erasures`. The address stands there encrypted, and not any more once it is forgotten.</summary>
internal sealed class ErasureStore(NpgsqlDataSource dataSource, IDataProtectionProvider protection, SuppressionHashes hashes, TimeProvider clock)
{
    /// <summary>Who asks does the first steps; the workers come after it.</summary>
    private static readonly TimeSpan _untilWorkers = TimeSpan.FromSeconds(15);

    /// <summary>Other hosts' clocks may be ahead of ours; what they have answered for is meant too.</summary>
    private static readonly TimeSpan _clockMargin = TimeSpan.FromSeconds(10);

    private const string Columns = "id, keep_suppressed, removed::text, cardinality(waiting), created_at, finished_at";
    private const string AddSql = "INSERT INTO erasures (project_id, id, address_hash, address, keep_suppressed, before_id, created_at, next_step_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    private const string FindSql = $"SELECT {Columns} FROM erasures WHERE project_id = $1 AND id = $2";
    private const string OpenSql = "SELECT id FROM erasures WHERE project_id = $1 AND address_hash = $2 AND keep_suppressed = $3 AND finished_at IS NULL ORDER BY id LIMIT 1";
    private const string ListSql = $"SELECT {Columns} FROM erasures WHERE project_id = $1 ORDER BY id DESC LIMIT $2";
    private const string DueSql = "SELECT project_id, id FROM erasures WHERE finished_at IS NULL AND next_step_at <= $1 ORDER BY next_step_at LIMIT $2";

    // Held to the end of the step: two never do the same one, and no count is made twice.
    private const string LockSql = """
        SELECT address, address_hash, keep_suppressed, before_id, removed::text, stage, position, waiting, in_hand FROM erasures
        WHERE project_id = $1 AND id = $2 AND finished_at IS NULL FOR UPDATE SKIP LOCKED
        """;

    private const string SaveSql = "UPDATE erasures SET removed = $3, stage = $4, position = $5, waiting = $6, in_hand = $7, next_step_at = $8 WHERE project_id = $1 AND id = $2";
    private const string FinishSql = "UPDATE erasures SET removed = $3, address = NULL, position = NULL, waiting = '{}', finished_at = $4 WHERE project_id = $1 AND id = $2";

    private readonly IDataProtector _protector = protection.CreateProtector("Mail.Core.Privacy.Erasures.v1");

    /// <returns>The id of a new erasure, or of the one that goes on for the same address.</returns>
    public async Task<Guid> AddAsync(ProjectId project, PersonAddress person, bool keepSuppressed, CancellationToken ct)
    {
        byte[] hash = await hashes.OfAsync(new SuppressionKey(project, person.Normal), ct);
        await using (NpgsqlCommand open = dataSource.CreateCommand(OpenSql))
        {
            open.Parameters.AddTyped(project.Value).AddTyped(hash).AddTyped(keepSuppressed);
            if (await open.ExecuteScalarAsync(ct) is Guid known) return known;
        }

        DateTimeOffset now = clock.GetUtcNow();
        Guid id = UuidV7.New(now);
        await using NpgsqlCommand add = dataSource.CreateCommand(AddSql);
        add.Parameters.AddTyped(project.Value).AddTyped(id).AddTyped(hash).AddTyped(_protector.Protect(person.Normal)).AddTyped(keepSuppressed)
            .AddTyped(UuidV7.First(now + _clockMargin)).AddTyped(now.UtcDateTime).AddTyped((now + _untilWorkers).UtcDateTime);
        await add.ExecuteNonQueryAsync(ct);
        return id;
    }

    public async Task<Erasure?> FindAsync(ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(FindSql);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        return (await ReadAsync(command, ct)).FirstOrDefault();
    }

    public async Task<IReadOnlyList<Erasure>> ListAsync(ProjectId project, int limit, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(ListSql);
        command.Parameters.AddTyped(project.Value).AddTyped(limit);
        return await ReadAsync(command, ct);
    }

    public async Task<List<(ProjectId Project, Guid Id)>> DueAsync(int limit, CancellationToken ct)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(DueSql);
        command.Parameters.AddTyped(clock.GetUtcNow().UtcDateTime).AddTyped(limit);
        List<(ProjectId, Guid)> due = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) due.Add((new ProjectId(reader.GetGuid(0)), reader.GetGuid(1)));
        return due;
    }

    /// <summary>Takes it for the caller's transaction.</summary>
    /// <returns>Null when somebody else has it, or it is finished.</returns>
    /// <exception cref="CryptographicException">The address was encrypted with a key ring that is gone.</exception>
    public async Task<ErasureWork?> LockAsync(NpgsqlConnection connection, ProjectId project, Guid id, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(LockSql, connection);
        command.Parameters.AddTyped(project.Value).AddTyped(id);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        if (!PersonAddress.TryParse(_protector.Unprotect(reader.GetString(0)), out PersonAddress? person, out string? error)) throw new FormatException($"The address of the erasure {id} cannot be read: {error}");
        return new ErasureWork(project, id, person, reader.GetFieldValue<byte[]>(1), reader.GetBoolean(2), reader.GetGuid(3), Counts(reader.GetString(4)))
        {
            Stage = reader.GetInt32(5),
            Position = reader.IsDBNull(6) ? null : reader.GetFieldValue<string[]>(6),
            Waiting = [.. reader.GetFieldValue<Guid[]>(7)],
            InHand = reader.GetBoolean(8),
        };
    }

    public static async Task SaveAsync(NpgsqlConnection connection, ErasureWork work, DateTimeOffset nextStepAt, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(SaveSql, connection);
        command.Parameters.AddTyped(work.Project.Value).AddTyped(work.Id).AddTyped(JsonSerializer.Serialize(work.Counts, ErasedCountsJson.Default.ErasedCounts), NpgsqlDbType.Jsonb)
            .AddTyped(work.Stage).AddTyped(work.Position, NpgsqlDbType.Array | NpgsqlDbType.Text).AddTyped(work.Waiting.ToArray()).AddTyped(work.InHand).AddTyped(nextStepAt.UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task FinishAsync(NpgsqlConnection connection, ErasureWork work, CancellationToken ct)
    {
        await using NpgsqlCommand command = new(FinishSql, connection);
        command.Parameters.AddTyped(work.Project.Value).AddTyped(work.Id).AddTyped(JsonSerializer.Serialize(work.Counts, ErasedCountsJson.Default.ErasedCounts), NpgsqlDbType.Jsonb).AddTyped(clock.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<List<Erasure>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        List<Erasure> erasures = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            erasures.Add(new Erasure(reader.GetGuid(0), reader.GetBoolean(1), Counts(reader.GetString(2)), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4), reader.OptionalTime(5)));
        return erasures;
    }

    private static ErasedCounts Counts(string json) => JsonSerializer.Deserialize(json, ErasedCountsJson.Default.ErasedCounts) ?? new ErasedCounts();
}
