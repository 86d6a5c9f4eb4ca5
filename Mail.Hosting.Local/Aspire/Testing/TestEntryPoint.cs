using System.Reflection;
using Mail.Hosting.Local.Running;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's own program on a thread of its own and holds it inside <c>Build()</c>, so that a test can change the model first.
/// The program learns of the test through an AsyncLocal: several tests run side by side.
/// </summary>
internal sealed class TestEntryPoint(Assembly appHost, string[] args)
{
    private static readonly AsyncLocal<TestEntryPoint?> Ambient = new();

    private readonly TaskCompletionSource<LocalApplicationBuilder> reachedBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalApplicationBuilder? builder;

    /// <summary>The test that runs the calling program, if any.</summary>
    public static TestEntryPoint? Current => Ambient.Value;

    public Task<LocalApplicationBuilder> RunToBuildAsync(CancellationToken ct)
    {
        MethodInfo main = appHost.EntryPoint ?? throw new ArgumentException($"{appHost.GetName().Name} has no program.");
        Ambient.Value = this;
        try
        {
            // The new thread inherits the ambient value.
            new Thread(() => RunProgram(main)) { IsBackground = true, Name = $"{appHost.GetName().Name} in a test" }.Start();
        }
        finally
        {
            Ambient.Value = null;
        }

        return reachedBuild.Task.WaitAsync(ct);
    }

    public async Task<DistributedApplication> FinishBuildAsync(CancellationToken ct)
    {
        goOn.TrySetResult();
        return await built.Task.WaitAsync(ct);
    }

    /// <summary>Lets the program end if it still waits in Build().</summary>
    public void Abandon() => goOn.TrySetException(new AbandonedException());

    public LocalApplicationBuilder CreateBuilder(string[] programArgs) =>
        builder ??= new LocalApplicationBuilder(programArgs, appHost, testing: true, test: this);

    public void BeforeBuild(LocalApplicationBuilder complete)
    {
        reachedBuild.TrySetResult(complete);
        goOn.Task.GetAwaiter().GetResult();
    }

    public void AfterBuild(DistributedApplication application) => built.TrySetResult(application);

    private void RunProgram(MethodInfo main)
    {
        try
        {
            object? result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]);
            if (result is Task task) task.GetAwaiter().GetResult();
            reachedBuild.TrySetException(new DistributedApplicationException($"{appHost.GetName().Name} ended without building an application."));
        }
        catch (Exception e)
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            reachedBuild.TrySetException(cause);
            built.TrySetException(cause);
            if (cause is not AbandonedException) builder?.Host.DeleteState();
        }
    }

    private sealed class AbandonedException : Exception;
}
