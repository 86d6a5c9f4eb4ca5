using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Access;

/// <summary>Rates of all processes in the database, on its clock. Names are stored as hashes: an address of a client is nobody's business here.</summary>
public sealed class DatabaseRates(NpgsqlDataSource dataSource)
{
    // One step for everybody: of many at once exactly as many are let through as there is room for. No row comes back when there is none.
    // Counters that are full again go with it, a few at a time.
    private const string TakeSql = """
        WITH gone AS (
            DELETE FROM rate_counters WHERE name_hash IN (
                SELECT name_hash FROM rate_counters WHERE full_at <= now() AND name_hash <> $1 LIMIT 10 FOR UPDATE SKIP LOCKED)
        )
        INSERT INTO rate_counters AS c (name_hash, full_at) VALUES ($1, clock_timestamp() + $2)
        ON CONFLICT (name_hash) DO UPDATE SET full_at = greatest(c.full_at, clock_timestamp()) + $2
        WHERE greatest(c.full_at, clock_timestamp()) + $2 <= clock_timestamp() + $3
        RETURNING full_at - clock_timestamp()
        """;

    private const string FullSql = "SELECT full_at - clock_timestamp() FROM rate_counters WHERE name_hash = $1";

    public async Task<RateAnswer> TakeAsync(RateLimit limit, string name, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(limit);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        await using (NpgsqlCommand take = dataSource.CreateCommand(TakeSql))
        {
            take.Parameters.AddTyped(hash).AddTyped(limit.Interval).AddTyped(limit.Window);
            if (await take.ExecuteScalarAsync(ct) is TimeSpan full) return RateAnswer.Of(limit, full > limit.Window ? limit.Window : full);
        }

        await using NpgsqlCommand read = dataSource.CreateCommand(FullSql);
        read.Parameters.AddTyped(hash);
        TimeSpan stands = await read.ExecuteScalarAsync(ct) is TimeSpan known ? known : TimeSpan.Zero;
        TimeSpan wait = stands + limit.Interval - limit.Window;
        return new RateAnswer(limit, IsAllowed: false, stands, wait > TimeSpan.Zero ? wait : limit.Interval);
    }
}
