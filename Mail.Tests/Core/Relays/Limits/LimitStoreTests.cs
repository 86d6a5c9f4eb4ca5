using System.Diagnostics;
using Mail.Core.Relays.Limits;
using Mail.Tests.ServiceDefaults;
using StackExchange.Redis;

namespace Mail.Tests.Core.Relays.Limits;

/// <summary>The same rules wherever limits are counted: in this process, in Redis, in Garnet.</summary>
public sealed class LimitStoreTests(LimitStoreTests.Servers servers) : IClassFixture<LimitStoreTests.Servers>
{
    private const string InProcess = "process", Redis = "redis", Garnet = "garnet";

    [Theory, InlineData(InProcess), InlineData(Redis), InlineData(Garnet)]
    public async Task A_rate_has_its_burst_then_says_how_long_to_wait_and_keeps_a_rest_for_critical_ones(string kind)
    {
        ILimitStore store = await servers.StoreAsync(kind);
        LimitLine line = new("ar", 1, 0.5, 0);

        long began = Stopwatch.GetTimestamp();
        LimitRoom first = await TakeAsync(store, line), second = await TakeAsync(store, line);
        double secondBy = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await Task.Delay(300); // a little is there again
        LimitRoom critical = await TakeAsync(store, line, critical: true), third = await TakeAsync(store, line);
        double thirdBy = Stopwatch.GetElapsedTime(began).TotalMilliseconds;

        Assert.Equal((LimitAnswer.Free, LimitAnswer.Rate, LimitAnswer.Free, LimitAnswer.Rate), (first.Answer, second.Answer, critical.Answer, third.Answer));
        Assert.InRange(second.Wait, 1999 - secondBy, 2000);
        Assert.InRange(third.Wait, 3999 - thirdBy, 4000); // the critical one left a debt
    }

    [Theory, InlineData(InProcess), InlineData(Redis), InlineData(Garnet)]
    public async Task Places_are_taken_and_given_back_and_the_last_tenth_is_for_critical_ones(string kind)
    {
        ILimitStore store = await servers.StoreAsync(kind);
        LimitLine line = new("br/example.com", 1, 0, 10);

        for (int i = 0; i < 9; i++) Assert.Equal(LimitAnswer.Free, (await TakeAsync(store, line, lease: $"{i}")).Answer);
        Assert.Equal(LimitAnswer.Concurrency, (await TakeAsync(store, line, lease: "other")).Answer);
        Assert.Equal(LimitAnswer.Free, (await TakeAsync(store, line, critical: true, lease: "critical")).Answer);
        Assert.Equal(LimitAnswer.Concurrency, (await TakeAsync(store, line, critical: true, lease: "other")).Answer);
        Assert.Equal(0, await store.CallAsync(line with { Count = 5 }));
        store.Release([line], "3");
        store.Release([line], "critical");

        Assert.Equal(5, await store.CallAsync(line with { Count = 5 }));
        Assert.Equal(LimitAnswer.Free, (await TakeAsync(store, line, lease: "next")).Answer);
        Assert.Equal(LimitAnswer.Concurrency, (await TakeAsync(store, line, lease: "over")).Answer);
    }

    [Theory, InlineData(InProcess), InlineData(Redis), InlineData(Garnet)]
    public async Task A_full_domain_takes_nothing_of_the_relay_and_a_full_relay_takes_nothing_of_a_domain(string kind)
    {
        ILimitStore store = await servers.StoreAsync(kind);
        LimitLine relay = new("cr", 0, 0.1, 3), slow = new("cr/slow.example", 1, 0.1, 2), free = new("cr/free.example", 1, 1000, 2);
        await TakeAsync(store, slow with { Count = 1 });

        LimitRoom[] onlySlow = await store.TakeAsync([relay, slow], critical: false, "a");
        LimitRoom[] both = await store.TakeAsync([relay, slow, free], critical: false, "b");
        LimitRoom[] full = await store.TakeAsync([relay, free], critical: false, "c");
        store.Release([relay, free], "b");
        LimitRoom[] places = await store.TakeAsync([new("cs", 0, 0, 0), free], critical: false, "d");

        Assert.Equal([LimitAnswer.Free, LimitAnswer.Rate], onlySlow.Select(room => room.Answer));
        Assert.Equal([LimitAnswer.Free, LimitAnswer.Rate, LimitAnswer.Free], both.Select(room => room.Answer));
        Assert.Equal(LimitAnswer.Rate, full[0].Answer);
        Assert.Equal([LimitAnswer.Free, LimitAnswer.Free], places.Select(room => room.Answer));
        Assert.Equal(LimitAnswer.Free, (await store.TakeAsync([new("cs", 0, 0, 0), free], critical: false, "e"))[1].Answer);
        Assert.Equal(LimitAnswer.Concurrency, (await store.TakeAsync([new("cs", 0, 0, 0), free], critical: false, "f"))[1].Answer);
    }

    [Theory, InlineData(InProcess), InlineData(Redis), InlineData(Garnet)]
    public async Task Many_at_once_get_no_more_than_there_is(string kind)
    {
        ILimitStore store = await servers.StoreAsync(kind);
        LimitLine line = new("dr", 1, 0.001, 0), places = new("dp", 1, 0, 7);

        LimitRoom[] rooms = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => TakeAsync(store, line)));
        LimitRoom[] held = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => TakeAsync(store, places, lease: $"{i}")));

        Assert.Equal((1, 7), (rooms.Count(room => room.Answer == LimitAnswer.Free), held.Count(room => room.Answer == LimitAnswer.Free)));
    }

    [Theory, InlineData(InProcess), InlineData(Redis), InlineData(Garnet)]
    public async Task Those_that_wait_are_called_at_the_rate_by_all_together(string kind)
    {
        ILimitStore store = await servers.StoreAsync(kind);
        LimitLine line = new("er", 100, 20, 0);
        int called = 0, asked = 0;
        for (; asked < 20; asked++)
        {
            called += await store.CallAsync(line);
            await Task.Delay(50);
        }

        Assert.InRange(called, 15, 20 * 1.1 * 4 + 11); // a second or so of 22 a second, however slow the machine is
        Assert.Equal(0, await store.CallAsync(new LimitLine("eslow", 100, 0.01, 0)) - 1);
        Assert.Equal(0, await store.CallAsync(new LimitLine("eslow", 100, 0.01, 0)));
    }

    private static async Task<LimitRoom> TakeAsync(ILimitStore store, LimitLine line, bool critical = false, string lease = "x") => (await store.TakeAsync([line], critical, lease))[0];

    /// <summary>One of each kind for all tests, which use names of their own.</summary>
    public sealed class Servers : IAsyncDisposable
    {
        private readonly SemaphoreSlim _turn = new(1);
        private readonly Dictionary<string, (RedisServer Server, ConnectionMultiplexer Client)> _started = [];

        internal async Task<ILimitStore> StoreAsync(string kind)
        {
            if (kind == InProcess) return new LocalLimits(TimeProvider.System);
            await _turn.WaitAsync();
            try
            {
                if (!_started.TryGetValue(kind, out (RedisServer Server, ConnectionMultiplexer Client) one))
                {
                    RedisServer server = new(kind);
                    await server.StartAsync();
                    _started[kind] = one = (server, await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",syncTimeout=10000"));
                }

                return new RedisLimits(one.Client.GetDatabase());
            }
            finally
            {
                _turn.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach ((RedisServer server, ConnectionMultiplexer client) in _started.Values)
            {
                client.Dispose();
                await server.DisposeAsync();
            }

            _turn.Dispose();
        }
    }
}
