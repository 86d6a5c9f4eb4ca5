using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Mail.ServiceDefaults.Health;

/// <summary>Where orchestrators and load balancers ask how a host is.</summary>
internal static class HealthEndpoints
{
    /// <summary>Whether it can do its work: every check.</summary>
    public const string Ready = "/health";

    /// <summary>The same as <see cref="Ready"/>, under the path that existing deployments ask.</summary>
    public const string ReadyAlias = "/api/health";

    /// <summary>Whether the process answers at all: only checks tagged `live`. A failure means that a restart may help.</summary>
    public const string Alive = "/alive";

    private const string LiveTag = "live";

    public static void Map(IEndpointRouteBuilder app)
    {
        Map(app, Ready, new HealthCheckOptions());
        Map(app, ReadyAlias, new HealthCheckOptions());
        Map(app, Alive, new HealthCheckOptions { Predicate = IsLive });
    }

    /// <summary>Whether a request is a probe: probes come every few seconds and would drown what people look for in traces.</summary>
    public static bool IsProbe(PathString path) => path == Ready || path == ReadyAlias || path == Alive;

    /// <summary>Whether a check belongs to <see cref="Alive"/>.</summary>
    public static bool IsLive(HealthCheckRegistration check) => check.Tags.Contains(LiveTag);

    public static void AddDefaultHealthChecks(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    private static void Map(IEndpointRouteBuilder app, string path, HealthCheckOptions options) =>
        app.MapHealthChecks(path, options).AllowAnonymous().DisableHttpMetrics().ExcludeFromDescription();
}
