using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Mail.Tests.Core.Relays.Fakes;

/// <summary>A server that plays a provider, on a port of this machine. Where the providers' own schemas are present, a request that does not fit is refused and noted.</summary>
internal sealed class ProviderFake : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IProvider _provider;
    private readonly ConcurrentQueue<FakeRequest> _requests = [];
    private readonly ConcurrentQueue<FakeMail> _mails = [];
    private readonly ConcurrentQueue<string> _violations = [];

    private ProviderFake(IProvider provider, WebApplication app) => (_provider, _app) = (provider, app);

    public IProvider Provider => _provider;

    public Uri Url { get; private set; } = null!;

    /// <summary>Decides before the provider does; null leaves it to the provider.</summary>
    public Func<FakeRequest, FakeAnswer?>? Script { get; set; }

    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    public IReadOnlyList<FakeMail> Mails => [.. _mails];

    /// <summary>Requests that did not fit the provider's schema.</summary>
    public IReadOnlyList<string> Violations => [.. _violations];

    public static async Task<ProviderFake> StartAsync(IProvider provider)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        WebApplication app = builder.Build();
        ProviderFake fake = new(provider, app);
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        fake.Url = new Uri(app.Urls.Single());
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new(TimeSpan.Zero); // what hangs is not waited for
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Dictionary<string, string> headers = context.Request.Headers.ToDictionary(header => header.Key.ToUpperInvariant(), header => header.Value.ToString());
        // The raw target: signatures are made over what went over the line.
        FakeRequest request = new(context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget, headers, body.ToArray());
        _requests.Enqueue(request);
        await WriteAsync(context, await AnswerAsync(request));
    }

    private async Task<FakeAnswer> AnswerAsync(FakeRequest request)
    {
        if (_provider.Schema(request) is { } schema && SchemaValidator.IsPresent)
        {
            IReadOnlyList<string> errors = await SchemaValidator.CheckAsync(schema, request.Text);
            foreach (string error in errors) _violations.Enqueue(error);
            if (errors.Count > 0) return new FakeAnswer(400, string.Join('\n', errors), "text/plain");
        }

        try
        {
            return Script?.Invoke(request) ?? _provider.Answer(request, _mails.Enqueue) ?? new FakeAnswer(404, "<h1>Not found</h1>", "text/html");
        }
        catch (Exception e)
        {
            _violations.Enqueue(e.ToString());
            return new FakeAnswer(400, e.Message, "text/plain");
        }
    }

    private static async Task WriteAsync(HttpContext context, FakeAnswer answer)
    {
        switch (answer.End)
        {
            case FakeEnd.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case FakeEnd.Drop:
                context.Abort();
                break;
            default:
                context.Response.StatusCode = answer.Status;
                foreach ((string name, string value) in answer.Headers) context.Response.Headers[name] = value;
                if (answer.Body.Length > 0) context.Response.ContentType = answer.ContentType;
                if (answer.End == FakeEnd.Cut) context.Response.ContentLength = answer.Body.Length + 1000;
                await context.Response.WriteAsync(answer.Body);
                if (answer.End == FakeEnd.Cut)
                {
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                }

                while (answer.End == FakeEnd.Endless && !context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(new string('x', 16 * 1024));
                break;
        }
    }
}
