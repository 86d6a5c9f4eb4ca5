using System.Runtime.InteropServices;
using Mail.Hosting.Local.Processes;
using Microsoft.Extensions.Hosting;

namespace Mail.Hosting.Local.Running;

/// <summary>Ends the application in order on Ctrl-C, SIGTERM, a closed terminal, and when the <c>dotnet run</c> that started us is gone.</summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application, LocalHost host) : IHostLifetime, IDisposable
{
    private static readonly TimeSpan _parentPoll = TimeSpan.FromMilliseconds(500);

    private readonly List<PosixSignalRegistration> _signals = [];
    private Timer? _parentWatch;
    private int _stopping;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Stop($"{context.Signal}");
            }));
        if (!OperatingSystem.IsWindows() && ParentProcess.StartedByDotnetRun(out int parent))
            _parentWatch = new Timer(_ => StopIf(ParentProcess.IsGone(parent)), null, _parentPoll, _parentPoll);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _parentWatch?.Dispose();
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
    }

    private void Stop(string why)
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 1) return; // a terminal and dotnet run may both pass a signal on
        host.Progress.Line($"Stopping ({why}) ...");
        application.StopApplication();
    }

    // On Windows dotnet run holds us in a job object: we end with it.
    private void StopIf(bool orphaned)
    {
        if (orphaned) Stop("dotnet run has ended");
    }
}
