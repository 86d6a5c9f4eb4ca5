using System.Diagnostics;
using Mail.Tests.Support;
using Npgsql;

namespace Mail.Tests.Operations;

/// <summary>Runs commands at a shell, with PostgreSQL's own tools and what they want to know of a database in the environment, as a guide shows them.</summary>
internal sealed class PostgresTools : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mail-backup-");
    private readonly Dictionary<string, string> _environment;
    private readonly string _database;

    /// <param name="environment">Of the hosts: a guide's commands start them too.</param>
    public PostgresTools(string connectionString, IReadOnlyDictionary<string, string> environment)
    {
        NpgsqlConnectionStringBuilder server = new(connectionString);
        _database = server.Database!;
        _environment = new Dictionary<string, string>(environment)
        {
            ["PGHOST"] = server.Host!, ["PGPORT"] = $"{server.Port}", ["PGUSER"] = server.Username!, ["PGPASSWORD"] = server.Password!,
            ["DATABASE_URL"] = $"postgresql://{server.Username}:{Uri.EscapeDataString(server.Password!)}@{server.Host}:{server.Port}/{_database}",
        };
    }

    public static string? SkipReason { get; } =
        Missing() is { } tool ? $"{tool} is not in PATH (Debian: postgresql-client)." : null;

    /// <summary>The commands of the first block under a heading of docs/guides/backup.md, a line each; for the database and the built hosts of this test.</summary>
    public IReadOnlyList<string> Guide(string heading)
    {
        string text = File.ReadAllText(Repository.Path("docs", "guides", "backup.md"));
        string section = text[text.IndexOf($"## {heading}\n", StringComparison.Ordinal)..];
        string block = section.Split("```")[1].Trim();
        return [.. block.Split('\n').Select(line => line.Replace("createdb mail", $"createdb {_database}", StringComparison.Ordinal).Replace("Mail.Api.dll", Built("Mail.Api"), StringComparison.Ordinal))];
    }

    /// <summary>The guide's last step but for the choice.</summary>
    public static string Restored(string choice) => $"dotnet {Built("Mail.Api")} restored {choice}";

    public static string Worker => $"dotnet {Built("Mail.Worker")}";

    public static string Api => $"dotnet {Built("Mail.Api")} --urls http://127.0.0.1:0";

    public async Task<string> RunAsync(string command)
    {
        (int code, string output) = await TryAsync(command);
        Assert.True(code == 0, $"{command}: exit code {code}\n{output}");
        return output;
    }

    /// <param name="more">Variables that this command gets beside the others; an empty one is none.</param>
    /// <returns>The exit code, and what it wrote.</returns>
    public async Task<(int Code, string Output)> TryAsync(string command, params (string Name, string Value)[] more)
    {
        ProcessStartInfo start = new("/bin/bash", ["-c", $"exec {command}"]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in _environment) start.Environment[name] = value;
        foreach ((string name, string value) in more) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource limit = new(_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command}: did not end within {_limit}\n{await output}{await errors}");
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>As a disaster would leave the server: the database is gone.</summary>
    public Task DropDatabaseAsync() => RunAsync($"dropdb --force {_database}");

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Built(string project)
    {
        char slash = Path.DirectorySeparatorChar;
        return Path.Combine(AppContext.BaseDirectory.Replace($"{slash}Mail.Tests{slash}", $"{slash}{project}{slash}", StringComparison.Ordinal), $"{project}.dll");
    }

    private static string? Missing()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return ((string[])["bash", "pg_dump", "pg_restore", "createdb", "dropdb"]).FirstOrDefault(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool))));
    }
}
