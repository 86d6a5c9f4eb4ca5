using System.Security.Cryptography;
using System.Text;
using Mail.Hosting.Local.Processes;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Postgres;

/// <summary>
/// Where a server's data lie. When we are root, PostgreSQL runs as another user, who must be able to reach them: a clone under /root is
/// closed to everybody else, and then everything of PostgreSQL goes below /var/lib/mail-local.
/// </summary>
/// <param name="Base">Above the data folders.</param>
/// <param name="Npm">Where PostgreSQL from npm is installed, for all applications of the solution.</param>
/// <param name="Account">Who runs the server, when that is not us.</param>
internal sealed record PostgresFolders(string Base, string Npm, SystemAccount? Account)
{
    private const string OutsideBase = "/var/lib/mail-local";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Data(string volume, int major) => Path.Combine(Base, "data", volume, $"{major}");

    public static PostgresFolders For(LocalHost host)
    {
        SystemAccount? account = SystemAccount.ForPostgres();
        string state = host.StateFolder, download = host.DownloadFolder;
        if (account is not null && !OperatingSystem.IsWindows())
        {
            state = Reachable(state);
            download = Reachable(download);
            if (state != host.StateFolder)
                host.Progress.Line($"PostgreSQL runs as user '{account.Name}', who cannot reach {host.StateFolder}: its data are in {state}");
        }

        return new PostgresFolders(state, Path.Combine(download, "npm", "postgres"), account);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string Reachable(string folder)
    {
        if (!IsReachable(folder))
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];
            folder = Path.Combine(OutsideBase, hash);
        }

        Directory.CreateDirectory(folder);
        OpenPath(folder);
        return folder;
    }

    /// <summary>Makes a folder that belongs to the server's account and to nobody else.</summary>
    public void CreateOwned(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        // Every folder on the way may be passed, only the last one is the server's own.
        string parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        if (Account is not null) OpenBetween(Base, parent);
        Directory.CreateDirectory(folder, OwnerOnly);
        Own(folder);
    }

    /// <summary>Gives one file or folder to the server's account.</summary>
    public void Own(string path)
    {
        if (Account is null || OperatingSystem.IsWindows()) return;
        if (UnixCalls.ChangeOwner(path, Account.Uid, Account.Gid) != 0)
            throw new LocalHostException($"{path} cannot be given to user '{Account.Name}', who runs PostgreSQL.");
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool IsReachable(string folder)
    {
        for (DirectoryInfo? parent = new DirectoryInfo(folder).Parent; parent is not null; parent = parent.Parent)
            if (!parent.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        return true;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void OpenBetween(string top, string bottom)
    {
        for (string? folder = bottom; folder is not null && folder.StartsWith(top, StringComparison.Ordinal); folder = Path.GetDirectoryName(folder))
            OpenPath(folder);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void OpenPath(string folder) => File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | Passable);
}
