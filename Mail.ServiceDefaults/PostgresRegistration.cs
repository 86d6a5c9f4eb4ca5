using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.ServiceDefaults;

public static class PostgresRegistration
{
    /// <summary>Statements that a connection keeps prepared by itself after their fifth use: more than a host's hot ones, few enough to cost the server nothing.</summary>
    private const int PreparedStatements = 50;

    /// <summary>
    /// Registers one <see cref="NpgsqlDataSource"/> for ConnectionStrings:<paramref name="name"/>, a pooled <typeparamref name="TContext"/> on it that retries
    /// transient failures (so an own transaction needs the context's execution strategy), and a health check named after the context.
    /// What the connection string says wins over our defaults: behind a pooler in transaction mode set `Max Auto Prepare=0`.
    /// </summary>
    /// <remarks>An absent or malformed connection string is a <see cref="ConnectionStringException"/> when the database is first asked for.</remarks>
    public static IHostApplicationBuilder AddMailPostgres<TContext>(this IHostApplicationBuilder builder, string name) where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        string application = builder.ServiceName();
        builder.Services.AddSingleton(provider =>
        {
            NpgsqlDataSourceBuilder source = new(ConnectionString(provider.GetRequiredService<IConfiguration>(), name, application));
            source.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
            return source.Build();
        });
        builder.Services.AddDbContextPool<TContext>((provider, context) =>
            context.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.EnableRetryOnFailure()));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            typeof(TContext).Name, provider => new PostgresHealthCheck(provider.GetRequiredService<NpgsqlDataSource>()), HealthStatus.Unhealthy, tags: null, timeout: TimeSpan.FromSeconds(5)));
        return builder;
    }

    private static string ConnectionString(IConfiguration configuration, string name, string application)
    {
        if (configuration.GetConnectionString(name) is not { Length: > 0 } configured)
        {
            throw new ConnectionStringException(
                $"ConnectionStrings:{name} is not set. Set ConnectionStrings__{name} (Host=...;Port=5432;Username=...;Password=...;Database=...) or ConnectionStrings__{name}_FILE.");
        }

        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(configured);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // Not the inner message: it may repeat a part of the string, and so of the password.
            throw new ConnectionStringException($"ConnectionStrings:{name} is not a connection string of PostgreSQL (Host=...;Port=5432;Username=...;Password=...;Database=...).");
        }

        connection.ApplicationName ??= application;
        if (!connection.ShouldSerialize("Max Auto Prepare")) connection.MaxAutoPrepare = PreparedStatements;
        return connection.ConnectionString;
    }
}

/// <summary>The database's connection string is absent or none; the message is for the person who sets it, and repeats nothing of it.</summary>
public sealed class ConnectionStringException(string message) : InvalidOperationException(message);
