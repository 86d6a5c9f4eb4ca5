using Mail.Hosting.Local.Processes;
using Microsoft.Extensions.Hosting;

namespace Mail.Hosting.Local.Running;

/// <summary>Two hosts on one <c>.local</c> folder would fight over the same database. The first service to start and the last to stop.</summary>
internal sealed class FolderLock(LocalHost host) : IHostedService, IDisposable
{
    private FileStream? _held;

    /// <exception cref="LocalHostException">Another host runs from this folder.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _held = FileLock.TryTake(Path.Combine(host.StateFolder, "lock"))
            ?? throw new LocalHostException($"Mail already runs from {host.StateFolder}. Stop that one first (Ctrl-C in its terminal), or give this one its own folder: Local__Folder=other-folder.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _held?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _held?.Dispose();
}
