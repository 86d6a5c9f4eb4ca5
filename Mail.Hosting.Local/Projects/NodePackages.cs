using System.Security.Cryptography;
using System.Xml.Linq;
using Mail.Hosting.Local.Npm;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Projects;

/// <summary>The npm packages of a folder, installed when its lock file has changed since.</summary>
internal static class NodePackages
{
    public const string Folder = "node_modules";

    /// <summary>Those that a project runs: it names their folders as <c>NodePackages</c> items.</summary>
    public static async Task InstallForAsync(LocalHost host, string projectPath, CancellationToken ct)
    {
        string folder = Path.GetDirectoryName(projectPath)!;
        foreach (string? wanted in XDocument.Load(projectPath).Descendants("NodePackages").Select(item => (string?)item.Attribute("Include")))
        {
            if (wanted is null) continue;
            string packages = Path.GetFullPath(Path.Combine(folder, wanted.Replace('\\', '/')));
            await using FileStream turn = await TurnAsync(host, packages, ct);
            if (await AreMissingAsync(packages, ct)) await InstallAsync(host, await Node.FindAsync(ct), packages, ct);
        }
    }

    /// <summary>Tests and a developer's run share the folder; one of them works in it.</summary>
    public static async Task<FileStream> TurnAsync(LocalHost host, string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(host.DownloadFolder);
        return await FileLock.TakeAsync(Path.Combine(host.DownloadFolder, $"{Path.GetFileName(Path.GetDirectoryName(folder))}.{Path.GetFileName(folder)}.lock"), ct);
    }

    public static async Task<bool> AreMissingAsync(string folder, CancellationToken ct) =>
        !File.Exists(Mark(folder)) || await File.ReadAllTextAsync(Mark(folder), ct) != await VersionAsync(folder, ct);

    public static async Task InstallAsync(LocalHost host, Node node, string folder, CancellationToken ct)
    {
        host.Progress.Line($"Installing the packages of {folder}");
        using IDisposable step = host.Progress.Step($"npm ci in {folder}");
        await node.InstallAsync(folder, ct);
        await File.WriteAllTextAsync(Mark(folder), await VersionAsync(folder, ct), ct);
    }

    private static string Mark(string folder) => Path.Combine(folder, Folder, ".installed");

    private static async Task<string> VersionAsync(string folder, CancellationToken ct)
    {
        string lockFile = Path.Combine(folder, "package-lock.json");
        if (!File.Exists(lockFile)) throw new LocalHostException($"{lockFile} is missing: run npm install in {folder} and commit it.");
        return Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(lockFile, ct)));
    }
}
