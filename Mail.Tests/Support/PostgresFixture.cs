using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(Mail.Tests.Support.PostgresFixture))]

namespace Mail.Tests.Support;

/// <summary>
/// One PostgreSQL server for the whole test run, started by the first test that asks. A test class takes it as a constructor parameter
/// and makes a database of its own, so tests run side by side. Random port, temporary folder; both are gone after the run, even a killed one.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3); // the first run on a machine without PostgreSQL fetches it

    private readonly SemaphoreSlim turn = new(1);
    private DistributedApplication? application;
    private NpgsqlDataSource? server;
    private string serverConnection = "";

    /// <summary>Makes a new, empty database.</summary>
    /// <param name="template">A database to copy, for tests that would otherwise migrate again; nobody may be connected to it.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string template = "template1", CancellationToken ct = default)
    {
        NpgsqlDataSource ready = await ServerAsync(ct);
        string name = $"test_{Guid.NewGuid():N}";
        await using NpgsqlCommand create = ready.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
        await create.ExecuteNonQueryAsync(ct);
        return new NpgsqlConnectionStringBuilder(serverConnection) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        if (application is not null) await application.DisposeAsync();
        turn.Dispose();
    }

    private async Task<NpgsqlDataSource> ServerAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return server ??= await StartAsync(ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<NpgsqlDataSource> StartAsync(CancellationToken ct)
    {
        IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("postgres");
        application = await builder.BuildAsync(ct);
        await application.StartAsync(ct);

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartLimit);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("postgres", limit.Token);
        serverConnection = await application.GetConnectionStringAsync("postgres", ct) ?? throw new InvalidOperationException("The server has no connection string.");
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(serverConnection) { Database = "postgres" });
    }
}
