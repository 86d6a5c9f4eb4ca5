using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.Core.Webhooks;

/// <summary>What an endpoint was sent.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>The fixture's subject: which message.</summary>
    public string Subject => Json.GetProperty("data").GetProperty("subject").GetString()!;

    /// <summary>As it should be, by a webhook's secret.</summary>
    public string Signature(string secret) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{Headers["webhook-id"]}.{Headers["webhook-timestamp"]}.{Body}")));
}

/// <summary>An app's endpoints on a free loopback port, over plain HTTP. Takes everything unless a test says otherwise.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What is answered; 200 without it.</summary>
    public Func<HttpContext, Received, Task>? Answer { get; set; }

    public string Url => _app.Urls.Single();

    public static async Task<WebhookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        WebhookReceiver receiver = new(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public string[] Types(string path = "/") => [.. All.Where(one => one.Path == path).Select(one => one.Type)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        Dictionary<string, string> headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Received received = new(context.Request.Path, headers, await reader.ReadToEndAsync(context.RequestAborted));
        All.Enqueue(received);
        if (Answer is not null) await Answer(context, received);
    }
}
