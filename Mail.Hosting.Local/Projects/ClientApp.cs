using Mail.Hosting.Local.Npm;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Projects;

/// <summary>The web application beside a project, in ClientApp: packages installed when the lock file has changed, built when a source is newer than the last build.</summary>
internal static class ClientApp
{
    private const string Folder = "ClientApp";
    private const string Output = "dist";

    public static async Task BuildAsync(LocalHost host, string projectFolder, CancellationToken ct)
    {
        string app = Path.Combine(projectFolder, Folder);
        if (!File.Exists(Path.Combine(app, "package.json"))) return;
        await using FileStream turn = await NodePackages.TurnAsync(host, app, ct);
        bool install = await NodePackages.AreMissingAsync(app, ct);
        if (!install && !SourcesAreNewer(app)) return;

        Node node = await Node.FindAsync(ct);
        if (install) await NodePackages.InstallAsync(host, node, app, ct);
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
        .Where(folder => folder.Name is not (Output or NodePackages.Folder) && !folder.Name.StartsWith('.'))
        .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories)));
}
