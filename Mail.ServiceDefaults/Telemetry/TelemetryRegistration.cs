using Mail.ServiceDefaults.Management;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Mail.ServiceDefaults.Telemetry;

/// <summary>
/// OpenTelemetry from the activities and meters that .NET, Npgsql and our own code already have. By hand, because the
/// instrumentation packages are not in the default build (docs/adr); everything follows the OTEL_* variables.
/// </summary>
internal static class TelemetryRegistration
{
    /// <summary>On .NET 10 request activities carry no tags unless this is false.</summary>
    private const string SuppressRequestTags = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    private static readonly string[] _sources = ["Mail", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    private static readonly string[] _meters =
    [
        "Mail", "Npgsql", "System.Runtime", "System.Net.Http", "System.Net.NameResolution", "Microsoft.EntityFrameworkCore",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Authorization",
    ];

    /// <summary>
    /// Exports traces, metrics and logs by OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set, and keeps metrics for /metrics when Management__Port is. Without either
    /// nothing listens, so nothing is paid for.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        bool isExported = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]), isScraped = builder.HasManagementPort();
        if (!isExported && !isScraped) return;

        string service = builder.ServiceName();
        IOpenTelemetryBuilder telemetry = new Builder(builder.Services)
            // The variables come last: OTEL_RESOURCE_ATTRIBUTES tells replicas apart.
            .ConfigureResource(resource => resource.AddService(service).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics.AddMeter(_meters));
        if (isScraped)
        {
            builder.Services.AddSingleton<PrometheusExporter>();
            telemetry.WithMetrics(metrics => metrics.AddReader(provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>())));
        }

        if (isExported) builder.AddExport(telemetry);
        // First of all hosted services, whenever AddServiceDefaults was called.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryStarter>());
    }

    private static void AddExport(this IHostApplicationBuilder builder, IOpenTelemetryBuilder telemetry)
    {
        if (!AppContext.TryGetSwitch(SuppressRequestTags, out _)) AppContext.SetSwitch(SuppressRequestTags, false);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = false; // ASP.NET Core's scope has the path, and paths of links in mails bear tokens
        });
        telemetry
            .WithTracing(tracing => tracing.AddSource(_sources).AddProcessor(new UnrecordedParents()).AddProcessor(new HiddenTokens()))
            .UseOtlpExporter();
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, RequestSpans>()); // outermost of all middleware
    }

    private sealed class Builder(IServiceCollection services) : IOpenTelemetryBuilder
    {
        public IServiceCollection Services { get; } = services;
    }

    /// <summary>The providers listen from the moment they are made, and nothing else asks for them. The container disposes them, which sends the rest.</summary>
    private sealed class TelemetryStarter(IServiceProvider provider) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            provider.GetRequiredService<MeterProvider>();
            provider.GetService<TracerProvider>(); // none where only metrics are asked for
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
