using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.ServiceDefaults;

internal sealed record ReceivedSpan(string TraceId, string Name, string Service, IReadOnlyDictionary<string, string> Attributes);

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
        _app.MapPost("/v1/logs", async (HttpRequest request) => ReadLogBodies(await BodyAsync(request)));
    }

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    public ConcurrentQueue<string> MetricNames { get; } = new();

    public ConcurrentQueue<string> LogBodies { get; } = new();

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
            string service = Attributes(entry.Messages(1).Single(), 1).GetValueOrDefault("service.name", "");
            foreach (Protobuf span in entry.Messages(2).SelectMany(scope => scope.Messages(2)))
            {
                Spans.Enqueue(new ReceivedSpan(Convert.ToHexStringLower(span.Bytes(1).Span), span.Text(5), service, Attributes(span, 9)));
            }
        }
    }

    private void ReadMetricNames(ReadOnlyMemory<byte> body)
    {
        foreach (Protobuf metric in Records(body)) MetricNames.Enqueue(metric.Text(1));
    }

    private void ReadLogBodies(ReadOnlyMemory<byte> body)
    {
        foreach (Protobuf record in Records(body)) LogBodies.Enqueue(record.Messages(5).Single().Text(1));
    }

    private static IEnumerable<Protobuf> Records(ReadOnlyMemory<byte> body) =>
        new Protobuf(body).Messages(1).SelectMany(entry => entry.Messages(2)).SelectMany(scope => scope.Messages(2));

    private static Dictionary<string, string> Attributes(Protobuf message, int field) => message.Messages(field).ToDictionary(
        pair => pair.Text(1),
        pair => pair.Messages(2).Single() is var value && value.Has(1) ? value.Text(1) : value.Number(3).ToString(CultureInfo.InvariantCulture));
}
