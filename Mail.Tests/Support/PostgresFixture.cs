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
    private static readonly TimeSpan _startLimit = TimeSpan.FromMinutes(3); // the first run on a machine without PostgreSQL fetches it

    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _migrating = new(1);
    private DistributedApplication? _application;
    private NpgsqlDataSource? _server;
    private string _serverConnection = "";
    private string? _migrated;

    /// <summary>Makes a new, empty database.</summary>
    /// <param name="template">A database to copy, for tests that would otherwise migrate again; nobody may be connected to it.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string template = "template1", CancellationToken ct = default)
    {
        NpgsqlDataSource ready = await ServerAsync(ct);
        string name = $"test_{Guid.NewGuid():N}";
        await using NpgsqlCommand create = ready.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
        await create.ExecuteNonQueryAsync(ct);
        return new NpgsqlConnectionStringBuilder(_serverConnection) { Database = name }.ConnectionString;
    }

    /// <summary>Makes a database with our schema, as a copy: a migration of its own would take five times as long.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateMigratedDatabaseAsync()
    {
        await _migrating.WaitAsync();
        try
        {
            _migrated ??= await MigrateAsync();
        }
        finally
        {
            _migrating.Release();
        }

        return await CreateDatabaseAsync(_migrated);
    }

    /// <summary>
    /// Takes a database away, with whoever is connected to it. Each has 840 files: a thousand that waited for the end of the run took the removal of the folder over its limit.
    /// </summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        NpgsqlDataSource ready = await ServerAsync(CancellationToken.None);
        await using NpgsqlCommand drop = ready.CreateCommand($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await Ending.WithinLimitAsync("The connections to the tests' PostgreSQL", () => _server.DisposeAsync().AsTask());
        if (_application is not null) await Ending.WithinLimitAsync("The tests' PostgreSQL, or the removal of its folder,", () => _application.DisposeAsync().AsTask());
        _turn.Dispose();
        _migrating.Dispose();
    }

    private async Task<string> MigrateAsync()
    {
        string connectionString = new NpgsqlConnectionStringBuilder(await CreateDatabaseAsync()) { Pooling = false }.ConnectionString; // a template has no connections
        await Migration.RunAsync(connectionString);
        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }

    private async Task<NpgsqlDataSource> ServerAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return _server ??= await StartAsync(ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<NpgsqlDataSource> StartAsync(CancellationToken ct)
    {
        IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("postgres");
        _application = await builder.BuildAsync(ct);
        await _application.StartAsync(ct);

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_startLimit);
        await _application.ResourceNotifications.WaitForResourceHealthyAsync("postgres", limit.Token);
        _serverConnection = await _application.GetConnectionStringAsync("postgres", ct) ?? throw new InvalidOperationException("The server has no connection string.");
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_serverConnection) { Database = "postgres" });
    }
}
