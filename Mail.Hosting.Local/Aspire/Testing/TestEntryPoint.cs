using System.Reflection;
using Mail.Hosting.Local.Running;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's own program on a thread of its own and holds it inside <c>Build()</c>, so that a test can change the model first.
/// The program learns of the test through an AsyncLocal: several tests run side by side.
/// </summary>
internal sealed class TestEntryPoint(Assembly appHost, string[] args)
{
    private static readonly AsyncLocal<TestEntryPoint?> _ambient = new();

    private readonly TaskCompletionSource<LocalApplicationBuilder> _reachedBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalApplicationBuilder? _builder;

    /// <summary>The test that runs the calling program, if any.</summary>
    public static TestEntryPoint? Current => _ambient.Value;

    public Task<LocalApplicationBuilder> RunToBuildAsync(CancellationToken ct)
    {
        MethodInfo main = appHost.EntryPoint ?? throw new ArgumentException($"{appHost.GetName().Name} has no program.");
        _ambient.Value = this;
        try
        {
            // The new thread inherits the ambient value.
            new Thread(() => RunProgram(main)) { IsBackground = true, Name = $"{appHost.GetName().Name} in a test" }.Start();
        }
        finally
        {
            _ambient.Value = null;
        }

        return _reachedBuild.Task.WaitAsync(ct);
    }

    public async Task<DistributedApplication> FinishBuildAsync(CancellationToken ct)
    {
        _goOn.TrySetResult();
        return await _built.Task.WaitAsync(ct);
    }

    /// <summary>Lets the program end if it still waits in Build().</summary>
    public void Abandon() => _goOn.TrySetException(new AbandonedException());

    public LocalApplicationBuilder CreateBuilder(string[] programArgs) =>
        _builder ??= new LocalApplicationBuilder(programArgs, appHost, testing: true, test: this);

    public void BeforeBuild(LocalApplicationBuilder complete)
    {
        _reachedBuild.TrySetResult(complete);
        _goOn.Task.GetAwaiter().GetResult();
    }

    public void AfterBuild(DistributedApplication application) => _built.TrySetResult(application);

    private void RunProgram(MethodInfo main)
    {
        try
        {
            object? result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]);
            if (result is Task task) task.GetAwaiter().GetResult();
            _reachedBuild.TrySetException(new DistributedApplicationException($"{appHost.GetName().Name} ended without building an application."));
        }
        catch (Exception e)
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            _reachedBuild.TrySetException(cause);
            _built.TrySetException(cause);
            if (cause is not AbandonedException) _builder?.Host.DeleteState();
        }
    }

    private sealed class AbandonedException : Exception;
}
