using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;
using Npgsql;

namespace Mail.Hosting.Local.Postgres;

/// <summary>Runs a PostgreSQL server as a child process: loopback only, TCP only, passwords by SCRAM.</summary>
internal sealed class PostgresServerDriver(PostgresServerResource server) : ProcessDriver
{
    private PostgresBinaries? _binaries;
    private PostgresCluster? _cluster;
    private PostgresFolders? _folders;

    public override string ResourceType => "PostgreSQL";

    public override IReadOnlyList<HealthProbe> Probes => [new("SELECT 1", ct => ProbeAsync("postgres", ct))];

    public override async Task PrepareAsync(LocalHost host, CancellationToken ct)
    {
        _folders = PostgresFolders.For(host);
        _binaries = await PostgresBinaries.FindAsync(host, _folders.Npm, _folders.Account, ct);

        string volume = Volume ?? $"{server.Name}-temporary";
        string data = _folders.Data(volume, _binaries.Major);
        if (Volume is null && Directory.Exists(data)) Directory.Delete(data, recursive: true);
        _cluster = new PostgresCluster(_binaries, _folders, data);
        if (!_cluster.Exists)
        {
            WarnOfOtherVersions(host, data, _binaries.Major);
            using IDisposable step = host.Progress.Step($"Making the data folder of PostgreSQL {_binaries.Major}");
            (string user, string password) = await server.CredentialsAsync(ct);
            await _cluster.CreateAsync(user, password, durable: Volume is not null, ct);
        }
    }

    public override async Task<ProcessSpec> DescribeAsync(LocalHost host, CancellationToken ct)
    {
        await _cluster!.RecoverAsync(host.Progress, ct);
        List<string> arguments = ["-D", _cluster.Data];
        foreach ((string name, string value) in Settings())
        {
            arguments.Add("-c");
            arguments.Add($"{name}={value}");
        }

        return new ProcessSpec(_binaries!.Program("postgres"), arguments, _cluster.Data)
        {
            Account = _folders!.Account,
            Environment = CleanEnvironment(_cluster.Data),
            StopSignal = StopSignal.Interrupt,
            Grace = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>After a kill -9 of the server its last back ends hold the shared memory until they have noticed.</summary>
    public override bool IsPassing(IReadOnlyList<string> lastLines) =>
        lastLines.Any(line => line.Contains("pre-existing shared memory block", StringComparison.Ordinal));

    public override string ExplainFailure(int exitCode, IReadOnlyList<string> lastLines)
    {
        string? fatal = lastLines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal)) ?? (lastLines.Count > 0 ? lastLines[^1] : null);
        string why = fatal is null ? $"the server ended with exit code {exitCode}" : fatal[Math.Max(fatal.IndexOf("FATAL:", StringComparison.Ordinal), 0)..].Trim();
        return _cluster!.Unusable(why).Message;
    }

    /// <summary>The server must not read a developer's PG* variables, nor look for a home it may not enter.</summary>
    public static Dictionary<string, string?> CleanEnvironment(string home)
    {
        Dictionary<string, string?> environment = new() { ["LC_ALL"] = "C", ["TZ"] = "UTC" };
        foreach (string name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>())
            if (name.StartsWith("PG", StringComparison.Ordinal)) environment[name] = null;
        if (!OperatingSystem.IsWindows()) environment["HOME"] = home;
        return environment;
    }

    private string? Volume => server.Annotations.OfType<DataVolume>().LastOrDefault()?.Name;

    private IEnumerable<(string Name, string Value)> Settings()
    {
        yield return ("listen_addresses", "127.0.0.1");
        yield return ("port", server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture));
        yield return ("unix_socket_directories", "");
        yield return ("max_connections", "300");
        yield return ("password_encryption", "scram-sha-256");
        yield return ("timezone", "UTC");
        yield return ("log_timezone", "UTC");
        yield return ("log_line_prefix", "%m [%p] ");
        if (Volume is not null) yield break;

        // Without a volume the data end with us. What a killed process wrote is safe in the system's memory; only a power failure loses it.
        yield return ("fsync", "off");
        yield return ("full_page_writes", "off");
    }

    public async Task<string?> ProbeAsync(string database, CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder target = new(await server.GetConnectionStringAsync(ct)) { Database = database, Pooling = false, Timeout = 5 };
        try
        {
            await using NpgsqlConnection connection = new(target.ConnectionString);
            await connection.OpenAsync(ct);
            await using NpgsqlCommand select = new("SELECT 1", connection);
            await select.ExecuteScalarAsync(ct);
            return null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new LocalHostException(
                $"PostgreSQL refuses the password of user '{target.Username}': the data in {_cluster?.Data} were made with another one. Restore it (parameters.json or Parameters__*), or move the folder away.", e);
        }
        catch (NpgsqlException e)
        {
            return e.Message;
        }
    }

    private static void WarnOfOtherVersions(LocalHost host, string data, int major)
    {
        string parent = Path.GetDirectoryName(data)!;
        if (!Directory.Exists(parent)) return;
        foreach (string other in Directory.EnumerateDirectories(parent).Where(folder => File.Exists(Path.Combine(folder, "PG_VERSION"))))
            host.Progress.Line($"Note: {other} holds data of PostgreSQL {Path.GetFileName(other)}; this start uses PostgreSQL {major} and begins empty. {PostgresBinaries.Setting} chooses another one.");
    }
}
