using Mail.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Mail.Tests.ServiceDefaults;

public sealed class RedisClientTests
{
    [Fact]
    public async Task The_client_works_and_the_check_is_healthy_with_the_form_that_the_app_host_hands_over()
    {
        await using RedisServer server = new();
        await server.StartAsync();
        using IHost host = Host(server.ConnectionString);

        IDatabase database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        await database.StringSetAsync("key", "value");

        Assert.Equal("value", await database.StringGetAsync("key"));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_server_that_is_away_is_degraded_and_is_healthy_again_when_it_is_back()
    {
        await using RedisServer server = new();
        using IHost host = Host(server.ConnectionString);

        HealthReportEntry away = await CheckAsync(host);
        await server.StartAsync();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while ((await CheckAsync(host)).Status is not HealthStatus.Healthy) await Task.Delay(200, limit.Token);

        Assert.Equal((HealthStatus.Degraded, "cache does not answer; this host works on without it."), (away.Status, away.Description));
    }

    [Fact]
    public async Task Without_a_connection_string_there_is_no_client_and_the_check_says_why()
    {
        using IHost host = Host(null);

        HealthReportEntry entry = await CheckAsync(host);

        Assert.Null(host.Services.GetService<IConnectionMultiplexer>());
        Assert.Equal((HealthStatus.Degraded, "ConnectionStrings:cache is not set; this host works without Redis."), (entry.Status, entry.Description));
    }

    [Fact]
    public void A_connection_string_that_the_client_does_not_understand_stops_the_start_and_is_not_shown()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Host("localhost:1,nonsense=hunter2"));

        Assert.StartsWith("ConnectionStrings:cache is not understood by this build's Redis client.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    private static IHost Host(string? connection)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:cache"] = connection });
        builder.AddRedisClient("cache");
        return builder.Build();
    }

    private static async Task<HealthReportEntry> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["cache"];
}
