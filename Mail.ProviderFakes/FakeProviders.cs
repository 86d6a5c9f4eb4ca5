using Microsoft.AspNetCore.Http.Features;

namespace Mail.ProviderFakes;

public sealed record FakeOptions
{
    /// <summary>0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Null: only what the providers themselves check is checked.</summary>
    public FakeValidation? Validate { get; init; }

    /// <summary>Null for all.</summary>
    public IReadOnlyList<IFakeProvider>? Providers { get; init; }
}

/// <summary>
/// The providers of mailboxes, played on one port of this machine: each behind a prefix of its own, with what it holds, what it was asked, and what is to go wrong.
/// Where schemas are given, a request that does not fit is refused and noted.
/// </summary>
public sealed class FakeProviders : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeValidation? _validate;
    private readonly Dictionary<string, FakeDesk> _byPrefix;

    private FakeProviders(WebApplication app, FakeOptions options)
    {
        (_app, _validate) = (app, options.Validate);
        All = [.. (options.Providers ?? FakeSet.All()).Select(provider => new FakeDesk(provider))];
        _byPrefix = All.SelectMany(desk => desk.Provider.Prefixes.Select(prefix => (prefix, desk))).ToDictionary(pair => pair.prefix, pair => pair.desk);
    }

    /// <summary>With a slash at the end.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    public IReadOnlyList<FakeDesk> All { get; }

    /// <summary>Requests of all providers that did not fit, or that a fake could not read.</summary>
    public IReadOnlyList<string> Violations => [.. All.SelectMany(desk => desk.Violations)];

    public FakeDesk this[string provider] => All.First(desk => desk.Provider.Name == provider);

    /// <summary>The fake itself, for tests that look into it.</summary>
    public T Get<T>() => All.Select(desk => desk.Provider).OfType<T>().Single();

    /// <summary>Settings of a connection to this provider here.</summary>
    public Dictionary<string, string> Settings(string provider) => new(this[provider].Provider.Settings(Url));

    /// <summary>In the process of a test, on loopback.</summary>
    public static async Task<FakeProviders> StartAsync(FakeOptions? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options?.Port ?? 0}");
        FakeProviders fakes = On(builder.Build(), options ?? new FakeOptions());
        await fakes._app.StartAsync();
        fakes.Url = new Uri(fakes._app.Urls.Single());
        return fakes;
    }

    /// <summary>On a host that somebody else starts.</summary>
    internal static FakeProviders On(WebApplication app, FakeOptions options)
    {
        FakeProviders fakes = new(app, options);
        FakeControl.Map(app, fakes);
        app.MapFallback("{**path}", fakes.HandleAsync);
        return fakes;
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
        // The raw target: signatures are made over what went over the line.
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string[] parts = target.Split('?', 2);
        string prefix = parts[0].TrimStart('/').Split('/')[0];
        if (!_byPrefix.TryGetValue(prefix, out FakeDesk? desk))
        {
            context.Response.StatusCode = 404;
            return;
        }

        Dictionary<string, string> headers = context.Request.Headers.ToDictionary(header => header.Key.ToUpperInvariant(), header => header.Value.ToString());
        FakeRequest request = new(prefix, context.Request.Method, parts[0][(prefix.Length + 1)..], FakeRequest.Fields(parts.Length > 1 ? parts[1] : ""), target, headers, body.ToArray());
        (FakeAnswer answer, TimeSpan delay) = await desk.AnswerAsync(request, _validate);
        if (delay > TimeSpan.Zero) await Task.Delay(delay, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await WriteAsync(context, answer);
    }

    private static async Task WriteAsync(HttpContext context, FakeAnswer answer)
    {
        if (answer.End == FakeEnd.Hang) await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (answer.End is FakeEnd.Hang or FakeEnd.Drop || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.Body.Length > 0) context.Response.ContentType = answer.ContentType;
        if (answer.End == FakeEnd.Cut) context.Response.ContentLength = answer.Body.Length + 1000;
        if (answer.Body.Length > 0) await context.Response.WriteAsync(answer.Body);
        if (answer.End == FakeEnd.Cut)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
        }

        while (answer.End == FakeEnd.Endless && !context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(new string('x', 16 * 1024));
    }
}
