using Mail.ServiceDefaults.Health;
using Mail.ServiceDefaults.Management;
using Mail.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Mail.ServiceDefaults;

/// <summary>What every host has, whatever it does: a file of variables, secrets from files, telemetry, health, a port for who operates it.</summary>
public static class ServiceDefaults
{
    /// <summary>Reads `.env` where the process was started. Called before a builder is made, the environment's name and the addresses to listen on can stand in it too.</summary>
    /// <exception cref="InvalidOperationException">A line cannot be read; the message names it.</exception>
    public static void ReadEnvironmentFile() => EnvironmentFile.Apply(Environment.CurrentDirectory);

    /// <summary>Call it first: what is registered later can rely on secrets being in the configuration and on telemetry being started before it.</summary>
    /// <exception cref="InvalidOperationException">A `NAME_FILE` variable cannot be followed (<see cref="SecretFiles"/>).</exception>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (EnvironmentFile.Apply(Environment.CurrentDirectory)) ((IConfigurationRoot)builder.Configuration).Reload(); // its variables were read when the builder was made
        StartedByHand.Apply(builder.Configuration);
        builder.Configuration.AddLoggingDefaults();
        builder.Configuration.AddSecretFiles(SecretFiles.Infrastructure);
        builder.AddManagement();
        builder.AddTelemetry(); // put before all others: metrics are there before anybody can ask for them
        builder.AddDefaultHealthChecks();
        return builder;
    }

    /// <summary>
    /// Maps /health (ready: every check), its alias /api/health, and /alive (live), for anyone, in every environment. The body is one word
    /// (Healthy, Degraded, Unhealthy) and never says what is wrong: that stands in the log. Unhealthy is HTTP 503, the others are 200.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary>The name under which this host appears in traces, metrics, logs and in pg_stat_activity: OTEL_SERVICE_NAME, else the application's name.</summary>
    internal static string ServiceName(this IHostApplicationBuilder builder) =>
        builder.Configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : builder.Environment.ApplicationName;
}
