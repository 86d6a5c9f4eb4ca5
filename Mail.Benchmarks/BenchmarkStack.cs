using Aspire.Hosting.Testing;

namespace Mail.Benchmarks;

/// <summary>The system as it is run, without console and inbox: PostgreSQL with durable commits, cache, API and workers, each its own process.</summary>
internal sealed class BenchmarkStack(DistributedApplication app) : IAsyncDisposable
{
    public const string ApiKey = "mk_live_benchmark0123456789abcdef";

    /// <summary>A body of POST /emails, the same job for all stacks: a mail with a code, from a template.</summary>
    public static string ResetMail(string recipient) =>
        "{\"from\":\"Acme <no-reply@example.com>\",\"to\":\"" + recipient + "@example.net\",\"template\":{\"id\":\"password-reset\",\"variables\":{\"code\":\"493817\",\"name\":\"Ada\"}}}";

    public Uri Emails => new(app.GetEndpoint("api"), "/emails");

    /// <summary>Of the database, for a benchmark that fills the queue or holds a snapshot.</summary>
    public async Task<string> ConnectionStringAsync() => await app.GetConnectionStringAsync("maildb") ?? throw new InvalidOperationException("The database has no connection string.");

    /// <param name="sinkPort">Where the worker delivers to.</param>
    /// <param name="settings">More environment variables for API and worker.</param>
    public static Task<BenchmarkStack> StartAsync(int sinkPort, params (string Name, string Value)[] settings) => StartAsync(sinkPort, workers: 1, settings);

    /// <param name="workers">How many processes deliver.</param>
    /// <inheritdoc cref="StartAsync(int, ValueTuple{string, string}[])" />
    public static async Task<BenchmarkStack> StartAsync(int sinkPort, int workers, params (string Name, string Value)[] settings)
    {
        IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        IResourceBuilder<PostgresDatabaseResource> maildb = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("maildb");
        IResourceBuilder<RedisResource> cache = builder.AddRedis("cache");
        IResourceBuilder<ProjectResource> api = builder.AddProject<Projects.Mail_Api>("api")
            .WithReference(maildb).WaitFor(maildb)
            .WithReference(cache).WaitFor(cache)
            .WithEnvironment("Bootstrap__ApiKey", ApiKey)
            .WithEnvironment("Delivery__InProcess", "never") // it would stand in for the worker that a run stops to measure acceptance alone
            .WithHttpHealthCheck("/health");
        IResourceBuilder<ProjectResource> worker = builder.AddProject<Projects.Mail_Worker>("worker")
            .WithReference(maildb).WaitFor(maildb)
            .WithReference(cache).WaitFor(cache)
            .WaitFor(api)
            .WithReplicas(workers);
        foreach (IResourceBuilder<ProjectResource> project in (IResourceBuilder<ProjectResource>[])[api, worker])
        {
            project.WithEnvironment("SMTP_HOST", "127.0.0.1").WithEnvironment("SMTP_PORT", $"{sinkPort}").WithEnvironment("SMTP_TLS", "none")
                .WithEnvironment("Logging__LogLevel__Default", "Warning");
            foreach ((string name, string value) in settings) project.WithEnvironment(name, value);
        }

        DistributedApplication app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api");
        await app.ResourceNotifications.WaitForResourceAsync("worker", KnownResourceStates.Running);
        return new BenchmarkStack(app);
    }

    /// <summary>Stops the worker, so that accepting is measured alone.</summary>
    public async Task StopWorkerAsync()
    {
        await app.ResourceCommands.ExecuteCommandAsync("worker", KnownResourceCommands.StopCommand);
        await app.ResourceNotifications.WaitForResourceAsync("worker", e => e.Snapshot.State?.Text != KnownResourceStates.Running && e.Snapshot.State?.Text != KnownResourceStates.Stopping);
    }

    public async Task StartWorkerAsync()
    {
        await app.ResourceCommands.ExecuteCommandAsync("worker", KnownResourceCommands.StartCommand);
        await app.ResourceNotifications.WaitForResourceAsync("worker", KnownResourceStates.Running);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
