namespace Mail.Hosting.Local.Processes;

/// <summary>A turn between processes; the system ends it when its holder dies.</summary>
internal static class FileLock
{
    private static readonly TimeSpan _retry = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody else holds the file.</summary>
    public static async Task<FileStream> TakeAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            if (TryTake(path) is { } taken) return taken;
            await Task.Delay(_retry, ct);
        }
    }

    /// <summary>Null if another process holds it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
