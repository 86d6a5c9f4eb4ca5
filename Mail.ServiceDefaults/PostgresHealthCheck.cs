using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Mail.ServiceDefaults;

/// <summary>Whether the database answers now. On the data source, not on the context: that one would retry for a minute before it says no.</summary>
internal sealed class PostgresHealthCheck(NpgsqlDataSource dataSource) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken); // a failure is Unhealthy: the service that runs the checks records the exception
        return HealthCheckResult.Healthy();
    }
}
