using System.Net;
using Mail.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.ServiceDefaults.Management;

/// <summary>
/// A small server of its own within the host: the worker has no other, and the port that users reach says nothing of how the system does. Two hosts on one machine need two ports.
/// </summary>
internal sealed partial class ManagementServer(IOptions<ManagementOptions> options, PrometheusExporter metrics, HealthCheckService health, ILogger<ManagementServer> logger) : IHostedService, IAsyncDisposable
{
    public const string MetricsPath = "/metrics";

    private WebApplication? _app;

    /// <summary>Where it listens, once it does.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Without configuration: the addresses and certificates of the host are not for this port.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 100;
            kestrel.Limits.MaxRequestBodySize = 0;
            Listen(kestrel, options.Value);
        });
        _app = builder.Build();
        _app.MapGet(MetricsPath, MetricsAsync);
        _app.MapGet(HealthEndpoints.Ready, context => HealthAsync(context, _ => true));
        _app.MapGet(HealthEndpoints.Alive, context => HealthAsync(context, HealthEndpoints.IsLive));
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"Management__Port {options.Value.Port} at {options.Value.Address} cannot be opened: {e.Message} Give each host on this machine a port of its own, or 0 for none.", e);
        }

        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        LogListening(Address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Listen(KestrelServerOptions kestrel, ManagementOptions options)
    {
        if (options.Address is "localhost") kestrel.ListenLocalhost(options.Port);
        else if (options.Address is "*") kestrel.ListenAnyIP(options.Port);
        else if (IPAddress.TryParse(options.Address, out IPAddress? address)) kestrel.Listen(address, options.Port);
        else throw new OptionsValidationException(ManagementOptions.Section, typeof(ManagementOptions), [$"Management__Address '{options.Address}' is no address of a machine; use localhost, * or such as 10.0.0.5."]);
    }

    private Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(metrics.Scrape(), context.RequestAborted);
    }

    /// <summary>One word, as at the users' port.</summary>
    private async Task HealthAsync(HttpContext context, Func<HealthCheckRegistration, bool> which)
    {
        HealthReport report = await health.CheckHealthAsync(which, context.RequestAborted);
        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(report.Status.ToString(), context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics and health at {Address}")]
    private partial void LogListening(Uri address);
}
