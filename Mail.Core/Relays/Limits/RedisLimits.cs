using System.Globalization;
using StackExchange.Redis;

namespace Mail.Core.Relays.Limits;

/// <summary>
/// Limits of all workers together. Every question is one script, so that it is one step for everybody, on the server's clock, so that workers need no
/// common one. Runs on Redis, Valkey and Garnet (`--lua`). Any failure is an exception: <see cref="SharedLimits"/> knows what to do then.
/// </summary>
internal sealed class RedisLimits(IDatabase database) : ILimitStore
{
    /// <summary>Milliseconds after which it is worth asking for a place again.</summary>
    public const long PlaceWait = 100;

    /// <summary>Seconds by which those that wait are called before there is room for them: they have a claim before them.</summary>
    public const double LookAhead = 0.3;

    private const string Prefix = "mail:limit:";

    /// <summary>How long a dead worker's places stay taken.</summary>
    private static readonly TimeSpan _placeTime = TimeSpan.FromSeconds(60);

    // KEYS: for each line its bucket and its places. ARGV: critical, lease, milliseconds of the lease, then for each line count, rate, most.
    // A bucket is "tokens milliseconds", and is forgotten when it would be full. Answers for each line 0 (free), 1 (rate) or 2 (places), and milliseconds.
    private const string TakeScript = """
        local t = redis.call('TIME')
        local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
        local critical = ARGV[1] == '1'
        local out, state, taken = {}, {}, 0
        for i = 1, #KEYS / 2 do
          local n, rate, most = tonumber(ARGV[i * 3 + 1]), tonumber(ARGV[i * 3 + 2]), tonumber(ARGV[i * 3 + 3])
          local code, wait = 0, 0
          if rate > 0 then
            local capacity = math.max(1, rate / 2)
            local tokens = capacity
            local stored = redis.call('GET', KEYS[i * 2 - 1])
            if stored then
              local was, at = string.match(stored, '(%S+) (%S+)')
              tokens = math.min(capacity, tonumber(was) + math.max(0, now - tonumber(at)) * rate / 1000)
            end
            state[i] = tokens
            local least = math.max(1, capacity / 10)
            if critical then least = 0.000001 end
            if tokens < least then
              code = 1
              wait = math.ceil((least - tokens) / rate * 1000)
            end
          end
          if code == 0 and most > 0 then
            redis.call('ZREMRANGEBYSCORE', KEYS[i * 2], '-inf', now)
            local places = most
            if not critical then places = most - math.floor(most / 10) end
            if redis.call('ZCARD', KEYS[i * 2]) >= places then
              code = 2
              wait = 100
            end
          end
          out[i * 2 - 1] = code
          out[i * 2] = wait
          if code == 0 then taken = taken + n elseif i == 1 then return out end
        end
        if taken == 0 then return out end
        for i = 1, #KEYS / 2 do
          if out[i * 2 - 1] == 0 then
            local n, rate, most = tonumber(ARGV[i * 3 + 1]), tonumber(ARGV[i * 3 + 2]), tonumber(ARGV[i * 3 + 3])
            if i == 1 then n = taken end
            if rate > 0 then
              local tokens = state[i] - n
              local full = math.ceil((math.max(1, rate / 2) - tokens) / rate * 1000) + 1000
              redis.call('SET', KEYS[i * 2 - 1], string.format('%.6f %.0f', tokens, now), 'PX', string.format('%.0f', full))
            end
            if most > 0 then
              redis.call('ZADD', KEYS[i * 2], string.format('%.0f', now + tonumber(ARGV[3])), ARGV[2])
              redis.call('PEXPIRE', KEYS[i * 2], string.format('%.0f', tonumber(ARGV[3]) * 2))
            end
          end
        end
        return out
        """;

    // KEYS: the calls' bucket, the line's bucket, its places. ARGV: how many, the calls' rate, the line's rate, its places, look-ahead in seconds.
    private const string CallScript = """
        local t = redis.call('TIME')
        local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
        local n, rate, most = tonumber(ARGV[1]), tonumber(ARGV[3]), tonumber(ARGV[4])
        if most > 0 then
          redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
          if redis.call('ZCARD', KEYS[3]) >= most then return 0 end
        end
        if rate > 0 then
          local function tokens(key, r)
            local capacity = math.max(1, r / 2)
            local stored = redis.call('GET', key)
            if not stored then return capacity end
            local was, at = string.match(stored, '(%S+) (%S+)')
            return math.min(capacity, tonumber(was) + math.max(0, now - tonumber(at)) * r / 1000)
          end
          local calls = tokens(KEYS[1], tonumber(ARGV[2]))
          n = math.min(n, math.floor(calls), math.floor(tokens(KEYS[2], rate) + rate * tonumber(ARGV[5])))
          if n <= 0 then return 0 end
          local full = math.ceil((math.max(1, tonumber(ARGV[2]) / 2) - calls + n) / tonumber(ARGV[2]) * 1000) + 1000
          redis.call('SET', KEYS[1], string.format('%.6f %.0f', calls - n, now), 'PX', string.format('%.0f', full))
        end
        return n
        """;

    // KEYS: places. ARGV: milliseconds, then a lease for each. Only what is still there: a place that was given back stays so.
    private const string RenewScript = """
        local t = redis.call('TIME')
        local ends = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000) + tonumber(ARGV[1])
        for i = 1, #KEYS do
          if redis.call('ZSCORE', KEYS[i], ARGV[i + 1]) then
            redis.call('ZADD', KEYS[i], string.format('%.0f', ends), ARGV[i + 1])
            redis.call('PEXPIRE', KEYS[i], string.format('%.0f', tonumber(ARGV[1]) * 2))
          end
        end
        return 0
        """;

    /// <summary>A little more than the rate: some of those called are overtaken by critical ones, or come later than thought.</summary>
    public static double CallRate(double rate) => rate * 1.1;

    /// <summary>The last tenth of the places is for critical messages.</summary>
    public static int Places(int most, bool critical) => critical ? most : most - most / 10;

    public async ValueTask<LimitRoom[]> TakeAsync(LimitLine[] lines, bool critical, string lease)
    {
        RedisKey[] keys = new RedisKey[lines.Length * 2];
        RedisValue[] values = new RedisValue[lines.Length * 3 + 3];
        (values[0], values[1], values[2]) = (critical ? 1 : 0, lease, (long)_placeTime.TotalMilliseconds);
        for (int i = 0; i < lines.Length; i++)
        {
            LimitLine line = lines[i];
            (keys[i * 2], keys[i * 2 + 1]) = (Key(line.Name, "rate"), Key(line.Name, "places"));
            (values[i * 3 + 3], values[i * 3 + 4], values[i * 3 + 5]) = (line.Count, Text(line.Rate), line.Most);
        }

        RedisResult[] answer = (RedisResult[])(await database.ScriptEvaluateAsync(TakeScript, keys, values))!;
        LimitRoom[] rooms = new LimitRoom[lines.Length];
        for (int i = 0; i * 2 < answer.Length; i++) rooms[i] = new LimitRoom((LimitAnswer)(int)answer[i * 2], (long)answer[i * 2 + 1]);
        return rooms;
    }

    public void Release(LimitLine[] lines, string lease)
    {
        try
        {
            foreach (LimitLine line in lines)
                if (line.Most > 0) database.SortedSetRemove(Key(line.Name, "places"), lease, CommandFlags.FireAndForget);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            // Away: they end by themselves.
        }
    }

    /// <summary>Keeps the places of leases that are still used.</summary>
    public async ValueTask RenewAsync(IReadOnlyCollection<(string Line, string Lease)> places)
    {
        foreach ((string Line, string Lease)[] some in places.Chunk(100))
            await database.ScriptEvaluateAsync(RenewScript, [.. some.Select(place => Key(place.Line, "places"))], [(long)_placeTime.TotalMilliseconds, .. some.Select(place => (RedisValue)place.Lease)]);
    }

    public async ValueTask<int> CallAsync(LimitLine line) => (int)await database.ScriptEvaluateAsync(
        CallScript, [Key(line.Name, "calls"), Key(line.Name, "rate"), Key(line.Name, "places")], [line.Count, Text(CallRate(line.Rate)), Text(line.Rate), line.Most, Text(LookAhead)]);

    // All of a relay's keys stand in one slot of a cluster.
    private static RedisKey Key(string line, string what)
    {
        int end = line.IndexOf(LimitNames.DomainMark, StringComparison.Ordinal);
        return end < 0 ? $"{Prefix}{{{line}}}:{what}" : $"{Prefix}{{{line[..end]}}}{line[end..]}:{what}";
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
