using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Mail.Api;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Messages;
using Mail.Core.Projects;
using Mail.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mail.Tests.Api;

/// <summary>The real API over a real, fresh database, in this process; no worker takes what it accepts.</summary>
public sealed class ApiFixture(PostgresFixture postgres) : WebApplicationFactory<ApiHost>, IAsyncLifetime
{
    public const string LiveKey = "mk_live_fixture7Qw3nVbT9kXrL";
    public const string AdminEmail = "admin@example.com";
    public const string AdminPassword = "correct horse battery";

    private string _connectionString = "";
    private bool _isStarted;

    /// <summary>Every line that the host has logged.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>What went in and out that nobody may read in a log or a trace; searched for at the end.</summary>
    internal SecretWatch Secrets { get; } = new();

    /// <summary>Further settings; before the first client.</summary>
    internal Dictionary<string, string> Settings { get; } = [];

    /// <summary>Puts other services in place of the host's; before the first client.</summary>
    internal Action<IServiceCollection>? Replace { get; set; }

    /// <summary>For a worker beside it.</summary>
    public string ConnectionString => _connectionString;

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public async ValueTask InitializeAsync() => WorkerLogs.Keep(_connectionString = await postgres.CreateMigratedDatabaseAsync());

    /// <summary>A client that carries a key; null for none.</summary>
    public HttpClient ClientWith(string? key)
    {
        HttpClient client = CreateClient();
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Another project with a key of its own.</summary>
    public async Task<string> AddProjectAsync(string keyPrefix = "mk_live_")
    {
        string key = keyPrefix + Guid.NewGuid().ToString("N");
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Project project = new(ProjectId.New(now), "Other", now);
        db.Projects.Add(project);
        db.ApiKeys.Add(new ApiKey(project.Id, Guid.CreateVersion7(now), "test", ApiKeyLookup.HashOf(key), key[..12], keyPrefix == "mk_test_", [.. Scopes.All], now));
        await db.SaveChangesAsync();
        return key;
    }

    public async Task<long> CountAsync(string table)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = Database.CreateCommand($"SELECT count(*) FROM {table}");
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The one value that a statement gives.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
#pragma warning disable CA2100 // a test's own constant
        await using NpgsqlCommand command = Database.CreateCommand(sql);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:maildb", _connectionString);
        builder.UseSetting("Bootstrap:ApiKey", LiveKey);
        builder.UseSetting("Bootstrap:AdminEmail", AdminEmail);
        builder.UseSetting("Bootstrap:AdminPassword", AdminPassword);
        builder.UseSetting("Delivery:InProcess", "never");
        builder.UseSetting("RateLimits:AccountsPerMinute", "100000"); // all tests come from one address
        if (Settings.GetValueOrDefault("environment") == Environments.Production)
        {
            Settings.TryAdd("BASE_URL", "https://mail.example.com"); // without these two it does not start
            Settings.TryAdd("SECRET_KEY", Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));
        }

        foreach ((string name, string value) in Settings) builder.UseSetting(name, value);
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(Secrets));
        if (Replace is not null) builder.ConfigureTestServices(Replace);
        builder.ConfigureLogging(logging => logging.AddProvider(new Recorder(Log)).SetMinimumLevel(LogLevel.Debug));
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        IHost host = base.CreateHost(builder);
        host.Services.GetService<IStartupValidator>()?.Validate(); // the program tells what is wrong with its settings in lines, and ends; a test gets the exception
        _isStarted = true;
        return host;
    }

    /// <summary>Ends the host, for a test that looks at what it leaves in its database.</summary>
    public async Task EndAsync()
    {
        if (_isStarted) await RememberMailsAsync();
        _isStarted = false;
        await base.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await EndAsync();
        await base.DisposeAsync(); // nothing the second time
        if (_connectionString.Length > 0) await postgres.DropDatabaseAsync(_connectionString);
        GC.SuppressFinalize(this);
        Assert.Empty(Secrets.Leaks(Log.Concat(WorkerLogs.Take(_connectionString))));
    }

    private async Task RememberMailsAsync()
    {
        try
        {
            await Secrets.RememberMailsAsync(Database, Services.GetRequiredService<MessageSecrets>());
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or System.Security.Cryptography.CryptographicException)
        {
            // a test has taken the database away, or the keys
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);
    }
}
