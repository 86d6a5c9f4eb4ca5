using System.Diagnostics;
using System.Net;
using Mail.Tests.Api;
using Mail.Tests.Core.Webhooks;
using Mail.Tests.ServiceDefaults;
using Mail.Tests.Support;

namespace Mail.Tests.EndToEnd;

/// <summary>What an OTLP receiver gets of one message: docs/guides/metrics.md, "One trace for a message".</summary>
[Trait("Category", "E2E")]
public sealed class TraceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task One_trace_leads_from_the_request_over_the_relays_to_the_report_and_the_webhook_and_logs_bear_its_id()
    {
        await using OtlpReceiver receiver = new();
        await using SmtpSink sink = SmtpSink.Start();
        await using WebhookReceiver app = await WebhookReceiver.StartAsync();
        await using Cluster cluster = await Cluster.StartAsync(
            await postgres.CreateDatabaseAsync(), apis: 1, workers: 1, ("SMTP_HOST", SmtpSink.Host), ("SMTP_PORT", $"{sink.Port}"), ("SMTP_TLS", "none"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", await receiver.StartAsync()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"), ("OTEL_BLRP_SCHEDULE_DELAY", "200"), ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
            ("Logging__LogLevel__Default", "Information"), ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information")); // a line for each request
        await cluster.Clients[0].PostAsync("/webhooks", $$"""{"endpoint":"{{app.Url}}/","events":["email.sent","email.delivered"]}""", HttpStatusCode.Created);
        using Activity caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();
        string trace = caller.TraceId.ToHexString();

        // One recipient over the relay, and one of whom the simulator reports, as a provider's webhook or a bounce would.
        await cluster.Clients[0].PostAsync("/emails", """{"from":"a@example.com","to":["a@example.net","delivered@mail.test"],"subject":"s","text":"t"}""", HttpStatusCode.OK);
        caller.Stop();

        List<ReceivedSpan> spans = await RunningMail.EventuallyAsync(
            () => Task.FromResult(receiver.Spans.Where(span => span.TraceId == trace).ToList()),
            seen => seen.Count(span => span.Name == "webhook deliver") == 3 && seen.Any(span => span.Name == "mail.report") && seen.Any(span => span.Name == "POST /emails/") && Orphans(seen).Count == 1, TimeSpan.FromSeconds(30));
        ReceivedSpan request = Assert.Single(spans, span => span.Name == "POST /emails/");
        Assert.Equal("api-1", request.Service);
        Assert.Equal([request], Orphans(spans)); // the caller is none of ours; nothing else hangs in the air
        HashSet<string> deliveries = [.. WorkersBelow(spans, "mail.deliver", request).Select(span => span.SpanId)];
        Assert.Equal(2, deliveries.Count);
        List<ReceivedSpan> relays = [.. spans.Where(span => span.Name == "mail.relay")];
        Assert.Equal(["default", "simulator"], relays.Select(span => span.Attributes["mail.relay"]).Order());
        Assert.Equal(deliveries.Order(), relays.Select(span => span.ParentId).Order());
        Assert.Single(WorkersBelow(spans, "mail.report", request));
        Assert.Equal(["email.delivered", "email.sent", "email.sent"], WorkersBelow(spans, "webhook deliver", request).Select(span => span.Attributes["mail.event.type"]).Order());

        await RunningMail.EventuallyAsync(
            () => Task.FromResult(receiver.Logs.Where(line => line.TraceId == trace).ToList()),
            lines => lines.Any(line => line.Service == "api-1" && line.Body.Contains("Request finished", StringComparison.Ordinal)) && lines.Any(line => line.Service == "worker-1" && line.Body.Contains("was taken by the relay 'default'", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(20));
        await AssertMetricsAsync(receiver);
    }

    /// <summary>Those that this message must have moved are there, and none is there that the guide does not know.</summary>
    private static async Task AssertMetricsAsync(OtlpReceiver receiver)
    {
        HashSet<string> documented =
        [
            .. File.ReadLines(Repository.Path("docs", "guides", "metrics.md")).Where(line => line.StartsWith("| `mail.", StringComparison.Ordinal)).Select(line => line.Split('`')[1]),
        ];
        string[] moved =
        [
            "mail.messages.accepted", "mail.queue.wait", "mail.claim.size", "mail.compose.duration", "mail.send.duration", "mail.deliveries.sent", "mail.deliveries.reported", "mail.webhook.attempts",
            "mail.webhook.duration", "mail.webhook.lag", "mail.queue.depth", "mail.workers",
        ];

        HashSet<string> names = await RunningMail.EventuallyAsync(
            () => Task.FromResult(receiver.MetricNames.Where(name => name.StartsWith("mail.", StringComparison.Ordinal)).ToHashSet()), seen => moved.All(seen.Contains), TimeSpan.FromSeconds(40));

        Assert.Empty(names.Except(documented));
    }

    /// <summary>Those whose parent is not among them.</summary>
    private static List<ReceivedSpan> Orphans(List<ReceivedSpan> spans)
    {
        HashSet<string> known = [.. spans.Select(span => span.SpanId)];
        return [.. spans.Where(span => !known.Contains(span.ParentId))];
    }

    /// <summary>Those of a name, which the worker made, right below the request that accepted the message.</summary>
    private static List<ReceivedSpan> WorkersBelow(List<ReceivedSpan> spans, string name, ReceivedSpan request)
    {
        List<ReceivedSpan> found = [.. spans.Where(span => span.Name == name)];
        Assert.All(found, span => Assert.Equal(("worker-1", request.SpanId), (span.Service, span.ParentId)));
        return found;
    }
}
