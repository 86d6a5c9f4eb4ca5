using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Mail.Hosting.Local.Processes;

/// <summary>
/// The keeper: a process that holds one end of a pipe to the AppHost. When the AppHost ends, however it ends (kill -9 too), the pipe
/// closes, and the keeper stops every child that is still there, in reverse order, and deletes temporary folders.
/// Obeys <c>child order signal graceSeconds pid</c>, <c>gone pid</c>, <c>folder path</c>, <c>kept path</c>: first those it is started with,
/// one an argument, then the lines it reads.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class KeeperProgram
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _signalPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _sessionWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _lastWait = TimeSpan.FromMinutes(1);

    private sealed record Child(int Order, int Signal, TimeSpan Grace, int Pid);

    public static int Run(string[] known)
    {
        // Neither Ctrl-C in the terminal nor its closing may end the keeper before its work is done.
        _ = UnixCalls.StartSession();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);

        Dictionary<int, Child> children = [];
        HashSet<string> folders = [];
        foreach (string order in known) Obey(order, children, folders);
        using StreamReader orders = new(Console.OpenStandardInput());
        while (orders.ReadLine() is { } line) Obey(line, children, folders);

        foreach (IGrouping<int, Child> together in children.Values.GroupBy(child => child.Order).OrderByDescending(group => group.Key))
            Stop([.. together]);
        foreach (string folder in folders) Delete(folder);
        return 0;
    }

    private static void Obey(string line, Dictionary<int, Child> children, HashSet<string> folders)
    {
        string[] words = line.Split(' ', 2);
        switch (words)
        {
            case ["child", string description]:
                int[] numbers = [.. description.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
                children[numbers[3]] = new Child(numbers[0], numbers[1], TimeSpan.FromSeconds(numbers[2]), numbers[3]);
                break;
            case ["gone", string pid]:
                children.Remove(int.Parse(pid, CultureInfo.InvariantCulture));
                break;
            case ["folder", string path]:
                folders.Add(path);
                break;
            case ["kept", string path]:
                folders.Remove(path);
                break;
        }
    }

    private static void Stop(List<Child> children)
    {
        Stopwatch since = Stopwatch.StartNew();
        children.RemoveAll(child => !IsOurs(child));
        TimeSpan nextSignal = TimeSpan.Zero;
        while (children.Any(child => UnixCalls.IsAlive(child.Pid) && since.Elapsed < child.Grace))
        {
            if (since.Elapsed >= nextSignal)
            {
                // Repeated, because a program that has just begun may not have heard the first one.
                foreach (Child child in children) _ = UnixCalls.Kill(child.Pid, child.Signal);
                nextSignal += _signalPause;
            }

            Thread.Sleep(_poll);
        }

        foreach (Child child in children) UnixCalls.KillGroup(child.Pid, UnixCalls.SigKill);
        while (children.Any(child => UnixCalls.IsAlive(child.Pid)) && since.Elapsed < _lastWait) Thread.Sleep(_poll);
    }

    /// <summary>A child leads a session of its own, if not yet, then in a moment. A process that never does got the number of one that is gone.</summary>
    private static bool IsOurs(Child child)
    {
        Stopwatch since = Stopwatch.StartNew();
        while (UnixCalls.IsAlive(child.Pid))
        {
            if (UnixCalls.SessionOf(child.Pid) == child.Pid) return true;
            if (since.Elapsed > _sessionWait) return false;
            Thread.Sleep(_poll);
        }

        return false;
    }

    private static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{folder}: {e.Message}"); // nobody reads it any more; a temporary folder is left to the system
        }
    }
}
