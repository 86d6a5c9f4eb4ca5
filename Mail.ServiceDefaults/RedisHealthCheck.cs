using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Mail.ServiceDefaults;

/// <summary>Degraded and never Unhealthy: Redis holds only what may be lost, so a host without it goes on working.</summary>
/// <param name="name">The connection string's name, for the words.</param>
/// <param name="provider">Asked for the client only in the check, because asking connects.</param>
internal sealed class RedisHealthCheck(string name, IServiceProvider provider) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // The first connection blocks; not on the thread of the other checks.
            IConnectionMultiplexer? redis = await Task.Run(provider.GetService<IConnectionMultiplexer>, cancellationToken).WaitAsync(cancellationToken);
            if (redis is null) return HealthCheckResult.Degraded($"ConnectionStrings:{name} is not set; this host works without Redis.");
            TimeSpan roundTrip = await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy($"Ping took {roundTrip.TotalMilliseconds:F1} ms.");
        }
        catch (Exception e) when (e is RedisException or TimeoutException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Degraded($"{name} does not answer; this host works on without it.", e);
        }
    }
}
