using System.Diagnostics.Metrics;
using System.Globalization;
using Mail.Core.Common;
using StackExchange.Redis;

namespace Mail.Core.Access;

/// <summary>
/// Rates of all processes together, in Redis. While it is away each process counts for itself, and what keeps guessers out is counted in the database: never an error, never an open door.
/// </summary>
public sealed class RateLimiter(RedisAccess redis, LocalRates local, DatabaseRates database)
{
    private static readonly Counter<long> _fallbacks = MailTelemetry.Meter.CreateCounter<long>("mail.rates.fallback", "{question}", "Questions about rates that were not answered by Redis because it was away.");

    // KEYS: the counter: the time at which it is full again. ARGV: milliseconds in which one grows back, milliseconds of the window. On the server's clock.
    // Answers in how many milliseconds it would be full with one more, which is written only when that is within the window.
    private const string Script = """
        local t = redis.call('TIME')
        local now = tonumber(t[1]) * 1000 + tonumber(t[2]) / 1000
        local full = tonumber(redis.call('GET', KEYS[1]) or '0')
        if full < now then full = now end
        full = full + tonumber(ARGV[1])
        if full - now <= tonumber(ARGV[2]) + 0.5 then
          redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', string.format('%.0f', math.ceil(full - now)))
        end
        return string.format('%.3f', full - now)
        """;

    /// <summary>Counts one, if it may come.</summary>
    /// <param name="whose">The client, the key, the project.</param>
    public async ValueTask<RateAnswer> TakeAsync(RateLimit limit, string whose, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(limit);
        string name = $"mail:rate:{limit.Name}:{whose}";
        (bool answered, double milliseconds) = await redis.AskAsync(db => InRedisAsync(db, limit, name));
        if (answered) return RateAnswer.Of(limit, Rounded(milliseconds, limit));
        if (redis.IsConfigured) _fallbacks.Add(1);
        return limit.IsSecurity ? await database.TakeAsync(limit, name, ct) : local.Take(limit, name);
    }

    private static async Task<double> InRedisAsync(IDatabase db, RateLimit limit, string name)
    {
        RedisResult answer = await db.ScriptEvaluateAsync(Script, [name], [Text(limit.Interval), Text(limit.Window)]);
        return double.Parse((string)answer!, CultureInfo.InvariantCulture);
    }

    /// <summary>What the script let through for less than half a millisecond is let through here.</summary>
    private static TimeSpan Rounded(double milliseconds, RateLimit limit)
    {
        TimeSpan full = TimeSpan.FromMilliseconds(milliseconds);
        return full > limit.Window && full <= limit.Window + TimeSpan.FromMilliseconds(0.5) ? limit.Window : full;
    }

    private static string Text(TimeSpan time) => time.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);
}
