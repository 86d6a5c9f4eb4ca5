using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.ServiceDefaults;

/// <param name="ParentId">Empty for a root.</param>
internal sealed record ReceivedSpan(string TraceId, string SpanId, string ParentId, string Name, string Service, IReadOnlyDictionary<string, string> Attributes);

/// <param name="TraceId">Empty for what was logged outside any trace.</param>
internal sealed record ReceivedLog(string TraceId, string Service, string Body);

/// <summary>Takes OTLP over HTTP (http/protobuf) and reads of it what the tests look at.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    public OtlpReceiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/traces", async (HttpRequest request) => ReadSpans(await BodyAsync(request)));
        _app.MapPost("/v1/metrics", async (HttpRequest request) => ReadMetricNames(await BodyAsync(request)));
        _app.MapPost("/v1/logs", async (HttpRequest request) => ReadLogs(await BodyAsync(request)));
    }

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    public ConcurrentQueue<string> MetricNames { get; } = new();

    public ConcurrentQueue<ReceivedLog> Logs { get; } = new();

    public async Task<string> StartAsync()
    {
        await _app.StartAsync();
        return _app.Urls.First();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    // The field numbers are those of opentelemetry-proto: resource (1) and scopes (2) of an entry, records (2) of a scope.
    private void ReadSpans(ReadOnlyMemory<byte> body)
    {
        foreach (Protobuf entry in new Protobuf(body).Messages(1))
        {
            foreach (Protobuf span in entry.Messages(2).SelectMany(scope => scope.Messages(2)))
                Spans.Enqueue(new ReceivedSpan(Hex(span, 1), Hex(span, 2), Hex(span, 4), span.Text(5), Service(entry), Attributes(span, 9)));
        }
    }

    private void ReadMetricNames(ReadOnlyMemory<byte> body)
    {
        foreach (Protobuf metric in new Protobuf(body).Messages(1).SelectMany(entry => entry.Messages(2)).SelectMany(scope => scope.Messages(2))) MetricNames.Enqueue(metric.Text(1));
    }

    private void ReadLogs(ReadOnlyMemory<byte> body)
    {
        foreach (Protobuf entry in new Protobuf(body).Messages(1))
        {
            foreach (Protobuf record in entry.Messages(2).SelectMany(scope => scope.Messages(2)))
                Logs.Enqueue(new ReceivedLog(Hex(record, 9), Service(entry), record.Messages(5).FirstOrDefault() is { } said && said.Has(1) ? said.Text(1) : ""));
        }
    }

    private static string Service(Protobuf entry) => Attributes(entry.Messages(1).Single(), 1).GetValueOrDefault("service.name", "");

    private static string Hex(Protobuf message, int field) => message.Has(field) ? Convert.ToHexStringLower(message.Bytes(field).Span) : "";

    private static Dictionary<string, string> Attributes(Protobuf message, int field) => message.Messages(field).ToDictionary(
        pair => pair.Text(1),
        pair => pair.Messages(2).Single() is var value && value.Has(1) ? value.Text(1) : value.Number(3).ToString(CultureInfo.InvariantCulture));
}
