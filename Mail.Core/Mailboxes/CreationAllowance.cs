using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mail.Core.Common;
using Npgsql;

namespace Mail.Core.Mailboxes;

/// <summary>
/// Ten new mailboxes for one user in any 24 hours (BOX-9), whatever became of them: each has asked a provider. The truth is the table of mailboxes, counted in the transaction that adds one, in which
/// nobody else adds one for the same user. Redis only remembers for a minute who has none left, so that whoever tries again and again costs nothing; while it is away the answers are the same.
/// </summary>
public sealed class CreationAllowance(RedisAccess redis, TimeProvider clock)
{
    public const int Most = 10;
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly TimeSpan _remembered = TimeSpan.FromMinutes(1);

    // Of many at once who make one for the same user the others wait here until the first has added his, and see it.
    private const string TurnSql = "SELECT pg_advisory_xact_lock(hashtextextended('mailbox-allowance ' || $1::text || ' ' || $2, 0))";

    // The last one but nine; when it is within the window, there are ten. By ix_mailboxes_owner, whose ids are in the order of their times.
    private const string TenthSql = "SELECT created_at FROM mailboxes WHERE project_id = $1 AND owner = $2 AND is_test = $3 ORDER BY id DESC OFFSET $4 LIMIT 1";

    /// <summary>Whether it is known already that there is none left: asks Redis alone.</summary>
    public async Task<Failure?> KnownRefusalAsync(ProjectId project, bool isTest, string owner)
    {
        string name = Name(project, isTest, owner);
        (_, string? until) = await redis.AskAsync(async db => (string?)await db.StringGetAsync(name));
        return until is not null && DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(until, CultureInfo.InvariantCulture)) is var retryAt && retryAt > clock.GetUtcNow() ? None(retryAt) : null;
    }

    /// <summary>Whether one more may be made.</summary>
    /// <param name="within">The connection in whose transaction it is then added.</param>
    /// <returns>Why not; null when it may.</returns>
    public async Task<Failure?> TakeAsync(NpgsqlConnection within, ProjectId project, bool isTest, string owner, CancellationToken ct)
    {
        await using (NpgsqlCommand turn = new(TurnSql, within))
        {
            turn.Parameters.AddTyped(project.Value).AddTyped(owner);
            await turn.ExecuteNonQueryAsync(ct);
        }

        await using NpgsqlCommand tenth = new(TenthSql, within);
        tenth.Parameters.AddTyped(project.Value).AddTyped(owner).AddTyped(isTest).AddTyped(Most - 1);
        if (await tenth.ExecuteScalarAsync(ct) is not DateTime oldest) return null;
        DateTimeOffset retryAt = new DateTimeOffset(oldest) + Window;
        if (retryAt <= clock.GetUtcNow()) return null;
        await redis.TryAsync(db => db.StringSetAsync(Name(project, isTest, owner), retryAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), _remembered));
        return None(retryAt);
    }

    /// <summary>A hash: who the user is, is nobody's business there.</summary>
    private static string Name(ProjectId project, bool isTest, string owner) =>
        $"mail:mailboxes:none-left:{project.Value:N}:{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{(isTest ? "test" : "live")}\n{owner}")))}";

    private Failure None(DateTimeOffset retryAt) => new(
        FailureKind.TooMany, "mailbox_limit_reached",
        $"{Most} mailboxes were made for this user in the last 24 hours, which is the most. The next one may be made at {retryAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, in {Math.Max(1, (int)Math.Ceiling((retryAt - clock.GetUtcNow()).TotalMinutes))} minutes.");
}
