using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Mail.Hosting.Local.Processes;

/// <summary>This process's end of the pipe to its keeper (<see cref="KeeperProgram"/>). One keeper serves every application in the process.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Keeper
{
    private static readonly Lock _gate = new();
    private static readonly Dictionary<int, string> _children = [];
    private static readonly HashSet<string> _folders = [];
    private static Process? _process;

    /// <summary>The keeper stops this child when we end. Returns once the keeper is sure to learn of it.</summary>
    public static void Watch(int pid, int order, int signal, TimeSpan grace) => Tell(() => _children[pid] =
        string.Create(CultureInfo.InvariantCulture, $"child {order} {signal} {(int)Math.Ceiling(grace.TotalSeconds)} {pid}"));

    public static void Forget(int pid) => Tell(() =>
    {
        _children.Remove(pid);
        return string.Create(CultureInfo.InvariantCulture, $"gone {pid}");
    });

    /// <summary>The keeper deletes this folder when we end.</summary>
    public static void WatchFolder(string folder) => Tell(() =>
    {
        _folders.Add(folder);
        return $"folder {folder}";
    });

    public static void ForgetFolder(string folder) => Tell(() =>
    {
        _folders.Remove(folder);
        return $"kept {folder}";
    });

    private static void Tell(Func<string> order)
    {
        lock (_gate)
        {
            string line = order();
            if (_process is not null && TryWrite(line)) return;

            Replace(); // the first order; or the keeper is gone, and its end has not been noticed yet
        }
    }

    // A new keeper is born with everything it must know, the newest order among it: were it told afterwards, our end in between would
    // leave it nothing to stop.
    private static void Replace()
    {
        _process?.Dispose();
        _process = Start([.. _children.Values, .. _folders.Select(folder => $"folder {folder}")]);
        if (_process.HasExited)
            throw new LocalHostException("The keeper process that cleans up after a crash ended at once.");
    }

    private static void ReplaceIf(Process gone)
    {
        lock (_gate)
            if (_process == gone && _children.Count + _folders.Count > 0) Replace();
    }

    private static bool TryWrite(string line)
    {
        try
        {
            _process!.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
            return !_process.HasExited;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static Process Start(IReadOnlyList<string> orders)
    {
        ProcessStartInfo start = DotnetHost.Helper(["keep", .. orders]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true; // never ours: whoever reads our output must see its end when we end
        start.RedirectStandardError = true;
        Process keeper = Process.Start(start) ?? throw new LocalHostException("The keeper process that cleans up after a crash could not be started.");
        keeper.StandardInput.NewLine = "\n";
        keeper.Exited += (_, _) => ReplaceIf(keeper); // somebody has killed it; without one the next crash would leave orphans
        keeper.EnableRaisingEvents = true;
        return keeper;
    }
}
