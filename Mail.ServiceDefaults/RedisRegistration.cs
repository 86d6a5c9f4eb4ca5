using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Mail.ServiceDefaults;

public static class RedisRegistration
{
    /// <summary>
    /// Registers a lazy <see cref="IConnectionMultiplexer"/> for ConnectionStrings:<paramref name="name"/> (`host:port,password=...`) that goes on trying
    /// when the server is away, and a health check. Without that setting nothing is registered but the check, which is then Degraded:
    /// ask for the multiplexer with GetService and do without it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The setting cannot be read as such a string.</exception>
    public static IHostApplicationBuilder AddRedisClient(this IHostApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 } connection)
        {
            ConfigurationOptions options = Parse(name, connection, builder.ServiceName());
            builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        }

        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name, provider => new RedisHealthCheck(name, provider), HealthStatus.Degraded, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder;
    }

    private static ConfigurationOptions Parse(string name, string connection, string client)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(connection);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Not the inner message: it may repeat a part of the string, and so of the password.
            throw new InvalidOperationException($"ConnectionStrings:{name} is not understood by this build's Redis client. It takes `host:port,password=...,ssl=true`, and no user name.");
        }

        options.AbortOnConnectFail = false;
        options.ClientName ??= client;
        // The first use waits for the first connection; the client's own 5 s would be felt by a caller while the server is away.
        if (!connection.Contains("connectTimeout", StringComparison.OrdinalIgnoreCase)) options.ConnectTimeout = 2000;
        return options;
    }
}
