namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: how many processes run a project.</summary>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>At least 1.</summary>
    public int Replicas { get; } = replicas;
}

/// <summary>Stands in for Aspire's type of this name.</summary>
public enum WaitType
{
    /// <summary>Running, and healthy if it has health checks.</summary>
    WaitUntilHealthy,

    /// <summary>Ended with the expected exit code.</summary>
    WaitForCompletion,

    /// <summary>Running, healthy or not.</summary>
    WaitUntilStarted,
}

/// <summary>Stands in for Aspire's type of this name: the resource starts only after another one.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>What is waited for.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What state is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>Only for <see cref="WaitType.WaitForCompletion"/>.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>Stands in for Aspire's type of this name: fills in environment variables when a process is about to start.</summary>
public class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Runs before every start of the resource.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>Stands in for Aspire's type of this name.</summary>
public class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
{
    /// <summary>Name to a string, a <see cref="ParameterResource"/> or an <see cref="EndpointReference"/>.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    /// <summary>The resource about to start.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Always run mode here.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>Ends when the application stops.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Stands in for Aspire's type of this name: questions about a resource.</summary>
public static class ResourceExtensions
{
    /// <summary>How many processes run the resource; 1 unless WithReplicas said otherwise.</summary>
    public static int GetReplicaCount(this IResource resource) =>
        resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
}
