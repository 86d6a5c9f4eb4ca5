using Mail.Core.Access;
using Mail.Core.Common;
using Mail.Tests.ServiceDefaults;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StackExchange.Redis;

namespace Mail.Tests.Core.Access;

public sealed class RateLimiterTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly RateLimit _hourly = new("test", 5, TimeSpan.FromHours(1)), _security = _hourly with { IsSecurity = true };

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await using NpgsqlCommand create = _database.CreateCommand("CREATE UNLOGGED TABLE IF NOT EXISTS rate_counters (name_hash bytea PRIMARY KEY, full_at timestamptz NOT NULL)");
        await create.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Of_many_at_once_over_two_processes_Redis_lets_as_many_through_as_there_is_room_for()
    {
        await using RedisServer server = new();
        await server.StartAsync();
        await using ServiceProvider one = Services(server.ConnectionString), other = Services(server.ConnectionString);
        RedisAccess[] accesses = [Access(one), Access(other)];
        foreach (RedisAccess access in accesses) await Eventually.TrueAsync(async () => (await access.AskAsync(redis => redis.PingAsync())).Answered);
        RateLimiter[] processes = [.. accesses.Select(Limiter)];

        RateAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => processes[i % 2].TakeAsync(_hourly, "a", CancellationToken.None).AsTask()));

        Assert.Equal(5, answers.Count(answer => answer.IsAllowed));
        Assert.Equal([0, 1, 2, 3, 4], answers.Where(answer => answer.IsAllowed).Select(answer => answer.Remaining).Order());
        Assert.All(answers.Where(answer => !answer.IsAllowed), answer => Assert.InRange(answer.RetryAfter, TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(12)));
        Assert.True((await processes[0].TakeAsync(_hourly, "b", CancellationToken.None)).IsAllowed);
    }

    /// <summary>Which is what an attacker who can take Redis down would be after.</summary>
    [Fact]
    public async Task While_Redis_is_away_what_keeps_guessers_out_is_counted_for_all_processes_together()
    {
        await using ServiceProvider away = Services("127.0.0.1:1,connectTimeout=200");
        RateLimiter[] processes = [Limiter(Access(away)), Limiter(Access(away))];

        RateAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => processes[i % 2].TakeAsync(_security, "a", CancellationToken.None).AsTask()));

        Assert.Equal(5, answers.Count(answer => answer.IsAllowed));
        Assert.All(answers.Where(answer => !answer.IsAllowed), answer => Assert.InRange(answer.RetryAfter, TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(12)));
    }

    [Fact]
    public async Task While_Redis_is_away_each_process_counts_the_rest_for_itself()
    {
        await using ServiceProvider away = Services("127.0.0.1:1,connectTimeout=200");
        RateLimiter[] processes = [Limiter(Access(away)), Limiter(Access(away))];
        int allowed = 0;
        for (int i = 0; i < 20; i++) allowed += (await processes[i % 2].TakeAsync(_hourly, "a", CancellationToken.None)).IsAllowed ? 1 : 0;

        Assert.Equal(10, allowed);
    }

    [Fact]
    public void They_grow_back_one_by_one()
    {
        LocalRates rates = new(_clock);
        for (int i = 4; i >= 0; i--) Assert.Equal(i, rates.Take(_hourly, "a").Remaining);
        RateAnswer full = rates.Take(_hourly, "a");
        _clock.Advance(full.RetryAfter);
        RateAnswer next = rates.Take(_hourly, "a"), after = rates.Take(_hourly, "a");

        Assert.Equal((false, TimeSpan.FromMinutes(12), TimeSpan.FromHours(1)), (full.IsAllowed, full.RetryAfter, full.FullIn));
        Assert.True(next.IsAllowed);
        Assert.False(after.IsAllowed);
    }

    [Fact]
    public async Task Counters_in_the_database_that_are_over_go()
    {
        DatabaseRates rates = new(_database);
        RateLimit soon = new("test", 1000, TimeSpan.FromSeconds(1));
        await rates.TakeAsync(soon, "a", CancellationToken.None);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        await rates.TakeAsync(_hourly, "b", CancellationToken.None);

        await using NpgsqlCommand count = _database.CreateCommand("SELECT count(*) FROM rate_counters");
        Assert.Equal(1L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static RedisAccess Access(ServiceProvider services) => new(services, TimeSpan.FromSeconds(10), NullLogger.Instance);

    private RateLimiter Limiter(RedisAccess redis) => new(redis, new LocalRates(_clock), new DatabaseRates(_database));

    private static ServiceProvider Services(string connection)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        return new ServiceCollection().AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options)).BuildServiceProvider();
    }
}
