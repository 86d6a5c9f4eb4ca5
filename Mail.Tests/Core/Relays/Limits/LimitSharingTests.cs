using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Mail.Core.Common;
using Mail.Core.Relays.Limits;
using Mail.Tests.ServiceDefaults;
using Mail.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Mail.Tests.Core.Relays.Limits;

/// <summary>What processes tell each other, and what each does alone when they cannot.</summary>
public sealed class LimitSharingTests
{
    private static readonly LimitLine _line = new("r", 1, 0.01, 0);

    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_domain_that_is_slowed_in_one_process_is_slowed_in_the_others_and_forgotten_by_all()
    {
        await using RedisServer server = new();
        await server.StartAsync();
        await using ServiceProvider services = Services(server.ConnectionString);
        Paces one = new(Limits(services), _clock), other = new(Limits(services), _clock);
        await one.ShareAsync(); // connects

        one.Refused("relay", "big.example", limit: 8);
        await Eventually.TrueAsync(async () =>
        {
            await one.ShareAsync();
            await other.ShareAsync();
            return other.Of("relay").Find("big.example") is not null;
        });
        Pace told = other.Of("relay").Find("BIG.example")!.Value;
        _clock.Advance(TimeSpan.FromSeconds(6));
        other.Refused("relay", "big.example", limit: 8);
        await Eventually.TrueAsync(async () =>
        {
            await other.ShareAsync();
            await one.ShareAsync();
            return one.Of("relay").Find("big.example")!.Value.Rate < told.Rate;
        });
        _clock.Advance(TimeSpan.FromMinutes(16));
        await one.ShareAsync();
        await other.ShareAsync();

        Assert.Equal(4, told.Rate);
        Assert.Equal((null, null), (one.Of("relay").Current, other.Of("relay").Current));
    }

    [Fact]
    public async Task Without_Redis_a_process_answers_alone_at_once()
    {
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        SharedLimits limits = Limits(services);

        (LimitRoom[] first, ILimitStore from) = await limits.TakeAsync([_line], critical: false, "a");
        (LimitRoom[] second, _) = await limits.TakeAsync([_line], critical: false, "b");

        Assert.IsType<LocalLimits>(from);
        Assert.Equal((LimitAnswer.Free, LimitAnswer.Rate), (first[0].Answer, second[0].Answer));
    }

    /// <summary>A server that accepts connections and says nothing is the worst: every question could wait for it.</summary>
    [Fact]
    public async Task A_Redis_that_hangs_makes_nobody_wait_for_long_and_fails_nothing()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        await using ServiceProvider services = Services($"127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port},connectTimeout=20000");
        SharedLimits limits = Limits(services);
        await limits.TakeAsync([_line], critical: false, "first"); // has waited for the first connection

        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 1000; i++) Assert.IsType<LocalLimits>((await limits.TakeAsync([_line], critical: false, "x")).From);

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "A thousand questions waited.");
    }

    private SharedLimits Limits(ServiceProvider services) => new(new RedisAccess(services, TimeSpan.FromSeconds(5), NullLogger.Instance), new LocalLimits(_clock));

    private static ServiceProvider Services(string connection)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        return new ServiceCollection().AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options)).BuildServiceProvider();
    }
}
