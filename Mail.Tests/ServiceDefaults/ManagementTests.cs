using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Mail.Tests.ServiceDefaults;

public sealed class ManagementTests
{
    [Fact]
    public async Task Metrics_are_answered_in_prometheus_text_and_only_at_the_management_port()
    {
        using Meter meter = new("Mail");
        string own = $"mail.test.{Guid.NewGuid():N}"; // listeners hear the whole process
        Counter<int> taken = meter.CreateCounter<int>($"{own}.taken", "{thing}", "Things, \\ taken.");
        Histogram<double> wait = meter.CreateHistogram($"{own}.wait", "s", "How long.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        Gauge<double> share = meter.CreateGauge<double>($"{own}.share", "1");
        string name = own.Replace('.', '_');
        (WebApplication app, HttpClient client, HttpClient management) = await StartAsync();
        await using (app)
        using (client)
        using (management)
        {
            taken.Add(2, new("mail.lane", "bulk"), new("mail.relay", "a \"b\" \\ \n"));
            taken.Add(1, new KeyValuePair<string, object?>("mail.lane", "critical"));
            wait.Record(0.25);
            wait.Record(0.75);
            wait.Record(7);
            share.Record(0.5);

            using HttpResponseMessage answer = await management.GetAsync("/metrics");
            string[] lines = (await answer.Content.ReadAsStringAsync()).Split('\n').Where(line => line.Contains(name, StringComparison.Ordinal)).ToArray();

            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
            Assert.Equal(
                [
                    $"# HELP {name}_share_ratio ", $"# TYPE {name}_share_ratio gauge", $"{name}_share_ratio 0.5",
                    $"# HELP {name}_taken_total Things, \\\\ taken.", $"# TYPE {name}_taken_total counter",
                    $"{name}_taken_total{{mail_lane=\"bulk\",mail_relay=\"a \\\"b\\\" \\\\ \\n\"}} 2", $"{name}_taken_total{{mail_lane=\"critical\"}} 1",
                    $"# HELP {name}_wait_seconds How long.", $"# TYPE {name}_wait_seconds histogram",
                    $"{name}_wait_seconds_bucket{{le=\"0.5\"}} 1", $"{name}_wait_seconds_bucket{{le=\"1\"}} 2", $"{name}_wait_seconds_bucket{{le=\"+Inf\"}} 3",
                    $"{name}_wait_seconds_sum 8", $"{name}_wait_seconds_count 3",
                ],
                lines);
            taken.Add(1, new KeyValuePair<string, object?>("mail.lane", "critical"));
            Assert.Contains($"{name}_taken_total{{mail_lane=\"critical\"}} 2", await management.GetStringAsync("/metrics"), StringComparison.Ordinal); // totals go on from one scrape to the next
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/metrics")).StatusCode);
        }
    }

    [Fact]
    public async Task What_is_answered_is_what_prometheus_reads()
    {
        string? promtool = Promtool.Find();
        Assert.SkipUnless(promtool is not null, Promtool.Missing);
        (WebApplication app, HttpClient client, HttpClient management) = await StartAsync();
        await using (app)
        using (client)
        using (management)
        {
            await client.GetAsync("/alive");

            (int code, string said) = await Promtool.RunAsync(["check", "metrics"], await management.GetStringAsync("/metrics"));

            // It also has opinions on names that OpenTelemetry's conventions decide; errors of the format end with 1.
            Assert.True(code is 0 or 3, said);
        }
    }

    [Theory, InlineData("/health", HttpStatusCode.ServiceUnavailable, "Unhealthy"), InlineData("/alive", HttpStatusCode.OK, "Healthy")]
    public async Task Health_is_asked_there_too(string path, HttpStatusCode status, string word)
    {
        (WebApplication app, HttpClient client, HttpClient management) = await StartAsync(builder => builder.Services.AddHealthChecks().AddCheck("broken", () => HealthCheckResult.Unhealthy()));
        await using (app)
        using (client)
        using (management)
        {
            HttpResponseMessage answer = await management.GetAsync(path);

            Assert.Equal((status, word), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_and_is_named()
    {
        using TcpListener other = new(IPAddress.Loopback, FreePort.Next());
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(new() { ["Management:Port"] = $"{port}", ["Management:Address"] = "127.0.0.1" }));

        Assert.Contains($"Management__Port {port} at 127.0.0.1 cannot be opened", refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("Management:Prot", "9464"), InlineData("Management:Port", "70000"), InlineData("Management:Address", "nowhere")]
    public async Task A_wrong_setting_stops_the_start(string key, string value)
    {
        Dictionary<string, string?> settings = new() { ["Management:Port"] = $"{FreePort.Next()}", [key] = value };

        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync(settings));

        Assert.True(refused is OptionsValidationException or InvalidOperationException, refused.ToString());
    }

    [Fact]
    public async Task Without_a_port_nothing_listens()
    {
        (WebApplication app, HttpClient client) = await TestHost.StartAsync([]);
        await using (app)
        using (client)
            Assert.Null(app.Services.GetService<Mail.ServiceDefaults.Management.PrometheusExporter>());
    }

    private static async Task<(WebApplication App, HttpClient Client, HttpClient Management)> StartAsync(Action<WebApplicationBuilder>? add = null)
    {
        int port = FreePort.Next();
        (WebApplication app, HttpClient client) = await TestHost.StartAsync(new() { ["Management:Port"] = $"{port}", ["Management:Address"] = "127.0.0.1" }, add);
        return (app, client, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
    }
}
