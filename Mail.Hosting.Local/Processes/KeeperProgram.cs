using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Mail.Hosting.Local.Processes;

/// <summary>
/// The keeper: a process that holds one end of a pipe to the AppHost. When the AppHost ends, however it ends (kill -9 too), the pipe
/// closes, and the keeper stops every child that is still there, in reverse order, and deletes temporary folders.
/// Reads lines: <c>child order signal graceSeconds pid</c>, <c>gone pid</c>, <c>folder path</c>, <c>kept path</c>.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class KeeperProgram
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private sealed record Child(int Order, int Signal, TimeSpan Grace, int Pid);

    public static int Run()
    {
        // Neither Ctrl-C in the terminal nor its closing may end the keeper before its work is done.
        _ = UnixCalls.StartSession();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);

        Dictionary<int, Child> children = [];
        HashSet<string> folders = [];
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
        // A child leads its own session; a process that does not got the number of one that is gone.
        children.RemoveAll(child => !UnixCalls.IsAlive(child.Pid) || UnixCalls.SessionOf(child.Pid) != child.Pid);
        foreach (Child child in children) _ = UnixCalls.Kill(child.Pid, child.Signal);

        long start = Environment.TickCount64;
        while (children.Any(child => UnixCalls.IsAlive(child.Pid) && Environment.TickCount64 - start < child.Grace.TotalMilliseconds)) Thread.Sleep(Poll);
        foreach (Child child in children) UnixCalls.KillGroup(child.Pid, UnixCalls.SigKill);
        while (children.Any(child => UnixCalls.IsAlive(child.Pid)) && Environment.TickCount64 - start < 60_000) Thread.Sleep(Poll);
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
