using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Npm;

/// <summary>
/// npm packages that the local host itself needs. Each set has its package.json and package-lock.json inside this assembly;
/// they are written to a folder and installed there with <c>npm ci</c>, once per content of the lock file.
/// </summary>
internal static class NpmPackages
{
    private static readonly string[] _files = ["package.json", "package-lock.json", ".npmrc"];

    public static async Task InstallAsync(LocalHost host, string set, string folder, string what, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        Dictionary<string, string> contents = _files.ToDictionary(file => file, file => Read(set, file));
        string version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(contents.Values))));
        string stamp = Path.Combine(folder, "node_modules", ".installed");

        // Several test runs may want the same packages at once; the first one installs.
        await using FileStream turn = await FileLock.TakeAsync(Path.Combine(folder, ".lock"), ct);
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp, ct) == version) return;

        Node node = await Node.FindAsync(ct);
        host.Progress.Line(what);
        using IDisposable step = host.Progress.Step($"npm ci in {folder}");
        foreach ((string file, string content) in contents) await File.WriteAllTextAsync(Path.Combine(folder, file), content, ct);
        await node.InstallAsync(folder, ct);
        await File.WriteAllTextAsync(stamp, version, ct);
    }

    private static string Read(string set, string file)
    {
        Assembly assembly = typeof(NpmPackages).Assembly;
        using Stream stream = assembly.GetManifestResourceStream($"npm/{set}/{file}") ?? throw new InvalidOperationException($"npm/{set}/{file} is not embedded.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
