using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Processes;

namespace Mail.Hosting.Local.Running;

/// <summary>How a resource of the model is brought up on this machine. Every resource carries one as an annotation.</summary>
internal abstract class ResourceDriver : IResourceAnnotation
{
    /// <summary>What the dashboard calls the resource.</summary>
    public abstract string ResourceType { get; }

    /// <summary>What makes the running resource healthy.</summary>
    public virtual IReadOnlyList<HealthProbe> Probes => [];

    /// <summary>For the dashboard: facts besides state and endpoints.</summary>
    public virtual ValueTask<IReadOnlyList<ResourcePropertySnapshot>> PropertiesAsync(CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<ResourcePropertySnapshot>>([]);
}

/// <summary>A resource that is a process, or several.</summary>
internal abstract class ProcessDriver : ResourceDriver
{
    /// <summary>True if the system cannot be used without it: a failed start ends the host instead of waiting for the developer.</summary>
    public virtual bool IsInfrastructure => true;

    /// <summary>Once before the first start: find, install, build, create.</summary>
    /// <exception cref="LocalHostException">Something is missing or broken.</exception>
    public virtual Task PrepareAsync(LocalHost host, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Before every start: what to run. The environment of the model is added by the caller.</summary>
    public abstract Task<ProcessSpec> DescribeAsync(LocalHost host, CancellationToken ct);

    /// <summary>How long to wait before a start that failed for a passing reason is tried again.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>True if the process ended for a reason that goes away by itself in a moment.</summary>
    public virtual bool IsPassing(IReadOnlyList<string> lastLines) => false;

    /// <summary>Says in one line why the process ended before it was ready.</summary>
    public virtual string ExplainFailure(int exitCode, IReadOnlyList<string> lastLines) => ExplainEnd(exitCode, lastLines);

    /// <summary>Says in one line how a process ended that had been ready.</summary>
    public static string ExplainEnd(int exitCode, IReadOnlyList<string> lastLines) =>
        $"it ended with exit code {exitCode}{(lastLines.Count == 0 ? "" : $": {lastLines[^1].Trim()}")}";
}

/// <summary>A resource without a process: a database on a server, a parameter.</summary>
internal abstract class ValueDriver : ResourceDriver
{
    /// <summary>The state of the resource once it is there.</summary>
    public virtual string ReadyState => KnownResourceStates.Running;

    /// <summary>Creates what the resource stands for.</summary>
    public abstract Task CreateAsync(LocalHost host, CancellationToken ct);
}

/// <summary>One question to a running resource: null if it answers well, else what is wrong. The model adds probes as annotations.</summary>
internal sealed record HealthProbe(string Name, Func<CancellationToken, Task<string?>> CheckAsync) : IResourceAnnotation;
