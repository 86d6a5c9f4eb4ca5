using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Mail.Hosting.Local.Processes;

/// <summary>The few POSIX calls that .NET has no API for. Their numbers are the same on Linux and macOS.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixCalls
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigPipe = 13;
    public const int SigTerm = 15;
    public const int NoSuchProcess = 3;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int StartSession();

    [LibraryImport("libc", EntryPoint = "getsid", SetLastError = true)]
    public static partial int SessionOf(int pid);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "setuid", SetLastError = true)]
    public static partial int SetUser(uint uid);

    [LibraryImport("libc", EntryPoint = "setgid", SetLastError = true)]
    public static partial int SetGroup(uint gid);

    // The first parameter is size_t on Linux and int on macOS: the same register, and the value is 1.
    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    public static partial int SetGroups(nint count, [In] uint[] groups);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint uid, uint gid);

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    public static partial nint SetSignalHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, [In] nint[] arguments);

    /// <summary>Sends the signal to every process of the group that <paramref name="leader"/> leads. A group that is gone is no error.</summary>
    public static void KillGroup(int leader, int signal) => _ = Kill(-leader, signal);

    /// <summary>True while the process can still do something; a zombie that nobody has waited for cannot.</summary>
    public static bool IsAlive(int pid)
    {
        if (Kill(pid, 0) != 0 && Marshal.GetLastPInvokeError() == NoSuchProcess) return false;
        return !OperatingSystem.IsLinux() || !IsZombie(pid);
    }

    private static bool IsZombie(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat"); // "pid (name) S ...": the name may hold anything, also ')'
            int end = stat.LastIndexOf(')');
            return end >= 0 && end + 2 < stat.Length && stat[end + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true; // gone between the two looks
        }
    }
}
