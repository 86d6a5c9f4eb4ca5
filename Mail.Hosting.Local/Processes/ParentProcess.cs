using System.Diagnostics;
using System.Runtime.Versioning;

namespace Mail.Hosting.Local.Processes;

/// <summary>Who started us. A kill -9 of <c>dotnet run</c> reaches only that process; the program it started has to notice.</summary>
internal static class ParentProcess
{
    /// <summary>True once another process, usually the first one of the system, has become our parent.</summary>
    public static bool IsGone(int parent) => !OperatingSystem.IsWindows() && UnixCalls.ParentId() != parent;

    /// <summary>True if our parent is a dotnet command. A shell may end before us: nohup and setsid are made for that.</summary>
    [UnsupportedOSPlatform("windows")]
    public static bool StartedByDotnetRun(out int parent)
    {
        parent = UnixCalls.ParentId();
        try
        {
            using Process process = Process.GetProcessById(parent);
            return process.ProcessName.Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false; // it has ended already: then it was not waiting for us
        }
    }
}
