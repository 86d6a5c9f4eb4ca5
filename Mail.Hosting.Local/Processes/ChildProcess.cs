using System.Diagnostics;
using System.Globalization;

namespace Mail.Hosting.Local.Processes;

/// <summary>
/// A running child: in a process group of its own, its output delivered line by line, ended with us even if we are killed.
/// Unix: started through <see cref="LauncherProgram"/> and known to the <see cref="Keeper"/>. Windows: in a <see cref="JobObject"/>.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan _outputDrain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _killWait = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ProcessSpec _spec;

    private ChildProcess(Process process, ProcessSpec spec)
    {
        this._process = process;
        this._spec = spec;
        Pid = process.Id;
        Exited = WaitForExitAsync();
    }

    public int Pid { get; }

    /// <summary>The exit code; 128 plus the number of the signal that ended the process.</summary>
    public Task<int> Exited { get; }

    /// <param name="onLine">Gets every line of output and error; called on pool threads, at most two at a time.</param>
    /// <exception cref="LocalHostException">The program does not exist or cannot be started.</exception>
    public static ChildProcess Start(ProcessSpec spec, Action<string> onLine)
    {
        ProcessStartInfo start = OperatingSystem.IsWindows() ? WindowsStart(spec) : UnixStart(spec);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach ((string name, string? value) in spec.Environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        Process process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Deliver(line.Data, onLine);
        process.ErrorDataReceived += (_, line) => Deliver(line.Data, onLine);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            process.Dispose();
            throw new LocalHostException($"{spec.Program} could not be started: {e.Message}", e);
        }

        if (OperatingSystem.IsWindows()) JobObject.Add(process);
        else LetGo(process, spec);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process, spec);
    }

    /// <summary>Asks the process to end, kills it with its children after <see cref="ProcessSpec.Grace"/>.</summary>
    public async Task<int> StopAsync()
    {
        if (!Exited.IsCompleted)
        {
            Signal();
            await Task.WhenAny(Exited, Task.Delay(_spec.Grace));
            if (!Exited.IsCompleted) Kill();
        }

        return await Exited.WaitAsync(_killWait);
    }

    public void Dispose()
    {
        if (!Exited.IsCompleted) Kill();
        _process.Dispose();
    }

    private static ProcessStartInfo UnixStart(ProcessSpec spec)
    {
        string user = spec.Account?.Uid.ToString(CultureInfo.InvariantCulture) ?? "-";
        string group = spec.Account?.Gid.ToString(CultureInfo.InvariantCulture) ?? "-";
        return DotnetHost.Helper(["launch", user, group, spec.Folder, spec.Program, .. spec.Arguments]);
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static ProcessStartInfo WindowsStart(ProcessSpec spec) => new(spec.Program, spec.Arguments)
    {
        UseShellExecute = false,
        WorkingDirectory = spec.Folder,
        CreateNewProcessGroup = true,
    };

    // The launcher waits for this byte, so that there is no moment in which the child runs and the keeper does not know it.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void LetGo(Process process, ProcessSpec spec)
    {
        Keeper.Watch(process.Id, spec.Order, SignalNumber(spec.StopSignal), spec.Grace);
        try
        {
            process.StandardInput.BaseStream.WriteByte((byte)'\n');
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The launcher has ended already; its exit code and its last words tell why.
        }
    }

    private static void Deliver(string? line, Action<string> onLine)
    {
        if (line is not null) onLine(line);
    }

    private static int SignalNumber(StopSignal signal) => signal is StopSignal.Interrupt ? UnixSignals.Interrupt : UnixSignals.Terminate;

    private void Signal()
    {
        if (OperatingSystem.IsWindows()) JobObject.SendBreak(Pid);
        else _ = UnixCalls.Kill(Pid, SignalNumber(_spec.StopSignal));
    }

    private void Kill()
    {
        if (OperatingSystem.IsWindows()) _process.Kill(entireProcessTree: true);
        else UnixCalls.KillGroup(Pid, UnixCalls.SigKill);
    }

    private async Task<int> WaitForExitAsync()
    {
        TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) => exited.TrySetResult();
        if (_process.HasExited) exited.TrySetResult();
        await exited.Task;
        if (!OperatingSystem.IsWindows())
        {
            UnixCalls.KillGroup(Pid, UnixCalls.SigKill); // its own children do not outlive it
            Keeper.Forget(Pid);
        }

        // The last lines are still in the pipe. A grandchild that holds it open must not hold us up.
        using CancellationTokenSource drain = new(_outputDrain);
        try
        {
            await _process.WaitForExitAsync(drain.Token);
        }
        catch (OperationCanceledException) when (drain.IsCancellationRequested)
        {
        }

        return _process.ExitCode;
    }

    private static class UnixSignals
    {
        public const int Interrupt = 2;
        public const int Terminate = 15;
    }
}
