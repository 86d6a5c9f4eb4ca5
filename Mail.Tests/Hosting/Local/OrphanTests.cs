using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mail.Hosting.Local.Processes;
using Npgsql;

namespace Mail.Tests.Hosting.Local;

/// <summary>However the host ends, no child is left and the data is there at the next start. Real processes, real signals.</summary>
public sealed partial class OrphanTests : IDisposable
{
    private static readonly string[] _infrastructure = ["--Local:Only=maildb,cache,mailpit"];

    private readonly string _folder = AppHostProcess.NewFolder();

    public OrphanTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Descendants are found through /proc.");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kill_9_of_the_AppHost_leaves_no_child_and_the_data()
    {
        await using AppHostProcess host = AppHostProcess.Start(_folder, _infrastructure);
        await StartedAsync(host);
        await WriteAsync(host);
        Assert.True(host.Descendants().Count >= 4); // the keeper, PostgreSQL and its back ends, the cache, the inbox

        host.Signal(UnixCalls.SigKill);
        await host.ExitAsync();
        await host.AssertNothingIsLeftAsync();

        await AssertDataIsThereAsync();
    }

    [Fact]
    public async Task Kill_9_of_dotnet_run_stops_the_AppHost_and_leaves_no_child()
    {
        await using AppHostProcess host = AppHostProcess.DotnetRun(_folder, _infrastructure);
        await StartedAsync(host);
        await WriteAsync(host);

        host.Signal(UnixCalls.SigKill);
        await host.ExitAsync();
        await host.AssertNothingIsLeftAsync();

        await AssertDataIsThereAsync();
    }

    [Fact]
    public async Task SIGTERM_stops_in_order_with_exit_code_0()
    {
        await using AppHostProcess host = AppHostProcess.Start(_folder, _infrastructure);
        await StartedAsync(host);
        await WriteAsync(host);

        host.Signal(UnixCalls.SigTerm);

        Assert.Equal(0, await host.ExitAsync());
        await host.AssertNothingIsLeftAsync();
        Assert.Contains("database system is shut down", await File.ReadAllTextAsync(Path.Combine(_folder, "logs", "postgres.log")), StringComparison.Ordinal);
        await AssertDataIsThereAsync();
    }

    [Fact]
    public async Task Kill_9_in_the_middle_of_the_start_leaves_no_child()
    {
        await using AppHostProcess host = AppHostProcess.Start(_folder, _infrastructure);
        await host.LineAsync("cache is ready"); // PostgreSQL is still making its data folder, or just starts

        host.Signal(UnixCalls.SigKill);
        await host.ExitAsync();

        await host.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task A_killed_keeper_is_replaced_by_one_that_knows_the_children()
    {
        await using AppHostProcess host = AppHostProcess.Start(_folder, ["--Local:Only=cache"]);
        await host.LineAsync("Mail is running");
        string first = Keeper(host)!;

        _ = UnixCalls.Kill(int.Parse(first.Split(' ')[0], CultureInfo.InvariantCulture), UnixCalls.SigKill);
        while (Keeper(host) is not { } next || next == first) await Task.Delay(20);
        host.Signal(UnixCalls.SigKill);
        await host.ExitAsync();

        await host.AssertNothingIsLeftAsync();
    }

    private static string? Keeper(AppHostProcess host) => host.Descendants().FirstOrDefault(process => process.Contains("Mail.Hosting.Local.dll keep ", StringComparison.Ordinal));

    [Fact]
    public async Task A_second_host_on_the_same_folder_is_refused()
    {
        await using AppHostProcess first = AppHostProcess.Start(_folder, ["--Local:Only=cache"]);
        await first.LineAsync("Mail is running");

        await using AppHostProcess second = AppHostProcess.Start(_folder, ["--Local:Only=cache"]);

        Assert.Equal(1, await second.ExitAsync());
        Assert.Contains("already runs", Assert.Single(second.Errors), StringComparison.Ordinal);
    }

    private static async Task StartedAsync(AppHostProcess host) => await host.LineAsync("Mail is running");

    private async Task WriteAsync(AppHostProcess host)
    {
        await using NpgsqlConnection connection = await ConnectAsync(host);
        await new NpgsqlCommand("CREATE TABLE survives (text text); INSERT INTO survives VALUES ('yes')", connection).ExecuteNonQueryAsync();
    }

    private async Task AssertDataIsThereAsync()
    {
        await using AppHostProcess again = AppHostProcess.Start(_folder, ["--Local:Only=maildb"]);
        await StartedAsync(again);
        await using NpgsqlConnection connection = await ConnectAsync(again);
        Assert.Equal("yes", await new NpgsqlCommand("SELECT text FROM survives", connection).ExecuteScalarAsync());
    }

    private async Task<NpgsqlConnection> ConnectAsync(AppHostProcess host)
    {
        Match port = PostgresAddress().Match(await host.LineAsync("postgres is ready"));
        Dictionary<string, string> parameters = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(_folder, "parameters.json")))!;
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "localhost", Port = int.Parse(port.Groups[1].Value, CultureInfo.InvariantCulture), Username = "mailapp",
            Password = parameters["postgres-password"], Database = "maildb", Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    [GeneratedRegex(@"tcp://localhost:(\d+)")]
    private static partial Regex PostgresAddress();
}
