using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mail.Hosting.Local.Postgres;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Mail.Tests.Hosting.Local;

public sealed class PostgresStandInTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Without_a_PostgreSQL_of_the_machine_the_one_from_npm_serves()
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create("--Local:PostgresBin=npm");
        builder.AddPostgres("postgres").AddDatabase("maildb");

        (DistributedApplication app, CancellationToken ct) = await StartAsync(builder, "maildb");

        await using NpgsqlConnection connection = new(await app.GetConnectionStringAsync("maildb", ct));
        await connection.OpenAsync(ct);
        Assert.Equal(18, connection.PostgreSqlVersion.Major);
        Assert.Equal("é", await new NpgsqlCommand("SELECT lower('É')", connection).ExecuteScalarAsync(ct));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_a_right_one_is_by_SCRAM()
    {
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("postgres");
        (DistributedApplication app, CancellationToken ct) = await StartAsync(builder, "postgres");
        string right = (await app.GetConnectionStringAsync("postgres", ct))!;

        await using NpgsqlConnection wrong = new(new NpgsqlConnectionStringBuilder(right) { Password = "guess", Pooling = false }.ConnectionString);
        PostgresException refusal = await Assert.ThrowsAsync<PostgresException>(() => wrong.OpenAsync(ct));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        await using NpgsqlConnection good = new(right);
        await good.OpenAsync(ct);
        Assert.StartsWith("SCRAM-SHA-256", (string)(await new NpgsqlCommand("SELECT rolpassword FROM pg_authid WHERE rolname = current_user", good).ExecuteScalarAsync(ct))!, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", await new NpgsqlCommand("SHOW listen_addresses", good).ExecuteScalarAsync(ct));
    }

    [Fact]
    public async Task A_killed_server_starts_again_with_its_data()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The server is killed by kill(2).");
        await using IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("postgres").AddDatabase("maildb");
        (DistributedApplication app, CancellationToken ct) = await StartAsync(builder, "maildb");
        string connectionString = $"{await app.GetConnectionStringAsync("maildb", ct)};Pooling=false";
        await ExecuteAsync("CREATE TABLE kept (id int)");
        Assert.True((await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", ct)).Snapshot.Pid is { } pid && UnixCalls.Kill(pid, UnixCalls.SigKill) == 0);
        await app.ResourceNotifications.WaitForResourceAsync("postgres", KnownResourceStates.Exited, ct);

        await app.ResourceCommands.ExecuteCommandAsync("postgres", KnownResourceCommands.StartCommand, ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", ct);

        await ExecuteAsync("INSERT INTO kept VALUES (1)");

        async Task ExecuteAsync(string sql)
        {
            await using NpgsqlConnection connection = new(connectionString);
            await connection.OpenAsync(ct);
            await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync(ct);
        }
    }

    [Fact]
    public void Where_the_servers_account_cannot_reach_the_clone_the_data_lie_outside()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Only root changes the account.");
        SystemAccount? account = SystemAccount.ForPostgres();
        Assert.SkipWhen(account is null, "Only root changes the account.");
        string closed = Directory.CreateTempSubdirectory("mail-closed-").FullName; // mode 0700, as /root
        try
        {
            IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Local:Folder", Path.Combine(closed, "clone", ".local"))]).Build();

            PostgresFolders folders = PostgresFolders.For(LocalHost.ForRun(configuration, closed));
            PostgresFolders again = PostgresFolders.For(LocalHost.ForRun(configuration, closed));

            Assert.StartsWith("/var/lib/mail-local/", folders.Base, StringComparison.Ordinal);
            Assert.Equal(folders.Base, again.Base);
            Directory.Delete(folders.Base);
            Directory.Delete(Path.GetFullPath(Path.Combine(folders.Npm, "..", "..")));
        }
        finally
        {
            Directory.Delete(closed, recursive: true);
        }
    }

    private static async Task<(DistributedApplication App, CancellationToken Ct)> StartAsync(IDistributedApplicationTestingBuilder builder, string resource)
    {
        CancellationToken ct = new CancellationTokenSource(_limit).Token;
        DistributedApplication app = await builder.BuildAsync(ct);
        await app.StartAsync(ct);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(resource, ct);
        return (app, ct);
    }
}
