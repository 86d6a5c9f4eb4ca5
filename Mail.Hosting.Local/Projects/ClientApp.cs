using System.Security.Cryptography;
using Mail.Hosting.Local.Npm;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Projects;

/// <summary>The web application beside a project, in ClientApp: packages installed when the lock file has changed, built when a source is newer than the last build.</summary>
internal static class ClientApp
{
    private const string Folder = "ClientApp";
    private const string Output = "dist";
    private const string Packages = "node_modules";

    public static async Task BuildAsync(LocalHost host, string projectFolder, CancellationToken ct)
    {
        string app = Path.Combine(projectFolder, Folder);
        string lockFile = Path.Combine(app, "package-lock.json");
        if (!File.Exists(Path.Combine(app, "package.json"))) return;
        if (!File.Exists(lockFile)) throw new LocalHostException($"{lockFile} is missing: run npm install in {app} and commit it.");

        // Tests and a developer's run share the folder; one of them builds.
        Directory.CreateDirectory(host.DownloadFolder);
        await using FileStream turn = await FileLock.TakeAsync(Path.Combine(host.DownloadFolder, $"{Path.GetFileName(projectFolder)}.{Folder}.lock"), ct);
        string version = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(lockFile, ct)));
        string installed = Path.Combine(app, Packages, ".installed");
        bool install = !File.Exists(installed) || await File.ReadAllTextAsync(installed, ct) != version;
        if (!install && !SourcesAreNewer(app)) return;

        Node node = await Node.FindAsync(ct);
        if (install)
        {
            host.Progress.Line($"Installing the packages of {app}");
            using IDisposable step = host.Progress.Step($"npm ci in {app}");
            await node.InstallAsync(app, ct);
            await File.WriteAllTextAsync(installed, version, ct);
        }

        host.Progress.Line($"Building {app}");
        using IDisposable build = host.Progress.Step($"npm run build in {app}");
        Tool.Result result = await Tool.RunAsync(node.Command(app, "run", "build"), ct);
        string log = Path.Combine(host.LogFolder, $"{Folder}.log");
        Directory.CreateDirectory(host.LogFolder);
        await File.WriteAllTextAsync(log, result.Output, ct);
        if (result.ExitCode != 0) throw new LocalHostException($"npm run build in {app} failed: {Node.FirstError(result.Output)} All of it: {log}");
        File.SetLastWriteTimeUtc(Mark(app), DateTime.UtcNow);
    }

    private static string Mark(string app) => Path.Combine(app, Output, "index.html");

    private static bool SourcesAreNewer(string app)
    {
        if (!File.Exists(Mark(app))) return true;
        DateTime built = File.GetLastWriteTimeUtc(Mark(app));
        return Sources(new DirectoryInfo(app)).Any(file => file.LastWriteTimeUtc > built);
    }

    private static IEnumerable<FileInfo> Sources(DirectoryInfo app) => app.EnumerateFiles().Concat(app.EnumerateDirectories()
        .Where(folder => folder.Name is not (Output or Packages) && !folder.Name.StartsWith('.'))
        .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories)));
}
