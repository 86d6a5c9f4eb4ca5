using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.ServiceDefaults;

public sealed class TelemetryTests : IAsyncDisposable
{
    private readonly OtlpReceiver _receiver = new();

    // Listeners hear the whole process, so other tests' hosts too: only this trace is looked at.
    private readonly Activity _trace = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C);

    private List<ReceivedSpan> Spans => [.. _receiver.Spans.Where(span => span.TraceId == _trace.TraceId.ToHexString())];

    [Fact]
    public async Task A_requests_span_has_its_route_and_status()
    {
        await RunAsync(client => client.GetAsync("/things/7?secret=1"));

        ReceivedSpan span = Assert.Single(Spans, span => span.Name == "GET /things/{id}");
        Assert.Equal("defaults-test", span.Service);
        Assert.Equal("/things/{id}", span.Attributes["http.route"]);
        Assert.Equal("200", span.Attributes["http.response.status_code"]);
        Assert.Equal("GET", span.Attributes["http.request.method"]);
        Assert.Equal("/things/7", span.Attributes["url.path"]);
    }

    [Fact]
    public async Task A_failed_requests_span_has_the_error_and_the_route_that_failed()
    {
        await RunAsync(client => client.GetAsync("/fails"));

        ReceivedSpan span = Assert.Single(Spans, span => span.Name == "GET /fails");
        Assert.Equal("500", span.Attributes["http.response.status_code"]);
        Assert.Equal("System.InvalidTimeZoneException", span.Attributes["error.type"]);
    }

    [Fact]
    public async Task An_unknown_path_and_method_do_not_become_names()
    {
        await RunAsync(async client =>
        {
            await client.GetAsync("/nowhere");
            await client.SendAsync(new HttpRequestMessage(new HttpMethod("MADEUP"), "/nowhere"));
        });

        Assert.Contains(Spans, span => span.Name == "GET" && span.Attributes["http.response.status_code"] == "404");
        Assert.Contains(Spans, span => span.Name == "HTTP" && span.Attributes["http.request.method"] == "_OTHER");
    }

    [Theory, InlineData("always_on"), InlineData("parentbased_always_on")]
    public async Task Probes_make_no_span_and_no_span_of_what_they_do_inside(string sampler)
    {
        await RunAsync(
            async client =>
            {
                foreach (string path in (string[])["/health", "/alive", "/api/health", "/things/7"]) await client.GetAsync(path);
            },
            sampler);

        Assert.DoesNotContain(Spans, span => span.Attributes.TryGetValue("url.path", out string? path) && path != "/things/7");
        Assert.Equal(1, Spans.Count(span => span.Name == "GET /things/{id}"));
        Assert.Equal(1, Spans.Count(span => span.Name == "inside"));
    }

    [Fact]
    public async Task Our_own_activities_meters_and_logs_and_the_frameworks_are_sent()
    {
        await RunAsync(client => client.GetAsync("/things/7"));

        Assert.Contains("inside", Spans.Select(span => span.Name));
        Assert.Superset(
            new HashSet<string> { "mail.test.things", "http.server.request.duration", "dotnet.gc.collections", "kestrel.active_connections" },
            _receiver.MetricNames.ToHashSet());
        Assert.Contains("Thing 7 was asked for", _receiver.Logs.Select(line => line.Body));
    }

    public ValueTask DisposeAsync()
    {
        _trace.Dispose();
        return _receiver.DisposeAsync();
    }

    /// <summary>Runs a host that exports to the receiver. When this returns, the host has ended and all that it had was sent.</summary>
    private async Task RunAsync(Func<HttpClient, Task> act, string sampler = "parentbased_always_on")
    {
        using ActivitySource source = new("Mail");
        using Meter meter = new("Mail");
        Counter<int> things = meter.CreateCounter<int>("mail.test.things");
        Dictionary<string, string?> settings = new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = await _receiver.StartAsync(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "defaults-test",
            ["OTEL_TRACES_SAMPLER"] = sampler,
        };
        (WebApplication app, HttpClient client) = await TestHost.StartAsync(settings, map: app =>
        {
            app.UseExceptionHandler(failed => failed.Run(context => context.Response.WriteAsync(context.Features.Get<IExceptionHandlerFeature>()!.Error.Message)));
            app.Use(async (context, next) =>
            {
                using Activity? inside = source.StartActivity("inside");
                await next(context);
            });
            app.UseRouting();
            app.MapGet("/things/{id}", (int id, ILogger<TelemetryTests> logger) =>
            {
                things.Add(1);
                logger.ThingAsked(id);
                return HttpStatusCode.OK;
            });
            app.MapGet("/fails", string () => throw new InvalidTimeZoneException("on purpose"));
        });
        _trace.Start();
        using (client) await act(client);
        _trace.Stop();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

internal static partial class TelemetryTestsLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Thing {Id} was asked for")]
    public static partial void ThingAsked(this ILogger logger, int id);
}
