using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Mail.Hosting.Local.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Stands in for Aspire's type of this name: the application, ready to start. Here every resource is a plain process of this machine.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _heldByTest;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    public DistributedApplication(IHost host) : this(host, heldByTest: false)
    {
    }

    internal DistributedApplication(IHost host, bool heldByTest)
    {
        this._host = host;
        this._heldByTest = heldByTest;
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    private LocalHost Local => Services.GetRequiredService<LocalHost>();

    /// <summary>A builder for the AppHost whose program is running.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (TestEntryPoint.Current is { } test) return test.CreateBuilder(args);
        return new LocalApplicationBuilder(args, Assembly.GetEntryAssembly(), testing: false);
    }

    /// <summary>Allocates the ports and puts every resource on its way; wait for them with <see cref="ResourceNotifications"/>.</summary>
    /// <exception cref="DistributedApplicationException">The application cannot start; nothing runs.</exception>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    /// <summary>Stops every process, those first that others do not need.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Starts, and stops on Ctrl-C, SIGTERM or <paramref name="cancellationToken"/>. What is wrong goes to standard error in one line, and the exit code is 1.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_heldByTest)
        {
            await _ended.Task; // the test starts and stops us; the AppHost's program only waits
            return;
        }

        Exception? failure = null;
        try
        {
            await _host.StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
            failure = Services.GetRequiredService<Orchestrator>().Failure;
        }
        catch (DistributedApplicationException e)
        {
            failure = e;
        }
        finally
        {
            await DisposeAsync();
        }

        if (failure is null) return;
        await Console.Error.WriteLineAsync($"Mail cannot start: {failure.Message}");
        System.Environment.ExitCode = 1;
    }

    /// <inheritdoc cref="RunAsync"/>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        GC.SuppressFinalize(this);
        LocalHost local = Local;
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        local.Ports.Dispose();
        local.DeleteState();
        _ended.TrySetResult();
    }
}
