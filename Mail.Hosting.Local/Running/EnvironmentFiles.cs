namespace Mail.Hosting.Local.Running;

/// <summary>
/// The environment of a project that the developer starts (<see cref="ByHandInstance"/>), one NAME=value per line, readable by its owner only. Mail.ServiceDefaults reads it. The first
/// line names our process, so that a file that a killed host has left is not taken for a fresh one.
/// </summary>
internal static class EnvironmentFiles
{
    public static string PathOf(LocalHost host, string resource) => Path.Combine(Folder(host), $"{resource}.env");

    public static void Write(LocalHost host, string resource, IReadOnlyDictionary<string, string?> environment)
    {
        Directory.CreateDirectory(Folder(host));
        string path = PathOf(host, resource);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (StreamWriter writer = new($"{path}.new", options))
        {
            writer.WriteLine($"# {Environment.ProcessId}");
            foreach ((string name, string? value) in environment)
                if (value is not null && !value.Contains('\n')) writer.WriteLine($"{name}={value}");
        }

        File.Move($"{path}.new", path, overwrite: true); // whoever waits for the file finds it whole
    }

    /// <summary>The ports of the next start are others.</summary>
    public static void Clear(LocalHost host)
    {
        if (Directory.Exists(Folder(host))) Directory.Delete(Folder(host), recursive: true);
    }

    private static string Folder(LocalHost host) => Path.Combine(host.StateFolder, "environment");
}
