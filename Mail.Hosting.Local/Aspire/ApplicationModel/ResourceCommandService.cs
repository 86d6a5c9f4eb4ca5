using Mail.Hosting.Local.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: what became of a command.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Message { get; init; }
}

/// <summary>Stands in for Aspire's type of this name: starts, stops and restarts resources.</summary>
public class ResourceCommandService
{
    private readonly Orchestrator _orchestrator;

    internal ResourceCommandService(Orchestrator orchestrator) => this._orchestrator = orchestrator;

    /// <summary>Runs a command of <see cref="KnownResourceCommands"/>. A stop returns when the process has ended, a start when it is on its way.</summary>
    /// <param name="resourceId">The id of one process, or the name of a resource: then all its processes are meant.</param>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        _orchestrator.ExecuteAsync(resourceId, commandName, cancellationToken);
}
