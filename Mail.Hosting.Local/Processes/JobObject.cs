using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Mail.Hosting.Local.Processes;

/// <summary>Windows: the kernel ends every process of the job when its last handle closes, which it does when we end, however we end.</summary>
[SupportedOSPlatform("windows")]
internal static partial class JobObject
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnClose = 0x2000;
    private const uint CtrlBreak = 1;

    private static readonly SafeFileHandle _job = Create();

    public static void Add(Process process)
    {
        if (!AssignProcessToJobObject(_job, process.SafeHandle))
            throw new LocalHostException($"Process {process.Id} could not be bound to this one: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>What the .NET host and Node take as a wish to end. PostgreSQL does too.</summary>
    public static void SendBreak(int pid) => GenerateConsoleCtrlEvent(CtrlBreak, (uint)pid);

    private static SafeFileHandle Create()
    {
        SafeFileHandle job = CreateJobObject(0, null);
        ExtendedLimits limits = new() { LimitFlags = KillOnClose };
        if (job.IsInvalid || !SetInformationJobObject(job, ExtendedLimitInformation, in limits, (uint)Marshal.SizeOf<ExtendedLimits>()))
            throw new LocalHostException($"Windows refused a job object: {Marshal.GetLastPInvokeErrorMessage()}");
        return job;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateJobObject(nint attributes, string? name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(SafeFileHandle job, int kind, in ExtendedLimits information, uint length);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION; only the flags are set.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
