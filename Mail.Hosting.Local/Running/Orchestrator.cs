using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Mail.Hosting.Local.Wiring;
using Microsoft.Extensions.Hosting;

namespace Mail.Hosting.Local.Running;

/// <summary>Brings the model up in the order of its waits, and down in the reverse order.</summary>
internal sealed class Orchestrator(
    LocalHost host, DistributedApplicationModel model, ResourceNotificationService notifications, IDistributedApplicationEventing eventing,
    DistributedApplicationExecutionContext executionContext, IServiceProvider services, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private IReadOnlyList<ResourceInstance> _instances = [];
    private readonly SecretMask _secrets = new();
    private IReadOnlyList<ResourceInstance> _started = [];
    private LogBook? _logs;
    private bool _stopping;

    public LogBook Logs => _logs ??= new LogBook(host.LogFolder, _secrets);

    public IReadOnlyList<ResourceInstance> Instances => _instances;

    /// <summary>Those that start by themselves; the others wait for a command.</summary>
    public IReadOnlyList<ResourceInstance> Started => _started;

    /// <summary>Why the whole application gave up.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Allocates every port and puts every resource on its way; they come up in the background.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        notifications.StopWaitingOnFailure = host.Testing;
        EnvironmentFiles.Clear(host);
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
        await _secrets.LearnAsync(model, cancellationToken);
        foreach (IResource resource in model.Resources) Endpoints.Allocate(resource, host);
        _instances = CreateInstances();
        _started = StartPlan.Choose(_instances, host.Configuration[StartPlan.Setting]);
        foreach (ResourceInstance instance in _started) instance.Start();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        foreach (IGrouping<int, ResourceInstance> level in _instances.GroupBy(instance => instance.Depth).OrderByDescending(level => level.Key))
            await Task.WhenAll(level.Select(instance => instance.StopAsync()));
        EnvironmentFiles.Clear(host);
    }

    public async Task<ExecuteCommandResult> ExecuteAsync(string nameOrId, string command, CancellationToken ct)
    {
        List<ProcessInstance> meant = [.. Find(nameOrId).OfType<ProcessInstance>()];
        if (meant.Count == 0) return new ExecuteCommandResult { Success = false, Message = $"There is no process '{nameOrId}'." };
        if (command != KnownResourceCommands.StartCommand && command != KnownResourceCommands.StopCommand && command != KnownResourceCommands.RestartCommand)
            return new ExecuteCommandResult { Success = false, Message = $"There is no command '{command}': use start, stop or restart." };
        if (command != KnownResourceCommands.StartCommand) await Task.WhenAll(meant.Select(instance => instance.StopAsync())).WaitAsync(ct);
        if (command != KnownResourceCommands.StopCommand && !_stopping)
            foreach (ProcessInstance instance in meant) instance.Start();
        return new ExecuteCommandResult { Success = true };
    }

    public void Dispose()
    {
        foreach (ResourceInstance instance in _instances) instance.Dispose();
        _logs?.Dispose();
    }

    private IEnumerable<ResourceInstance> Find(string nameOrId) => _instances.Where(instance =>
        string.Equals(instance.Resource.Name, nameOrId, StringComparison.OrdinalIgnoreCase) || string.Equals(instance.Id, nameOrId, StringComparison.OrdinalIgnoreCase));

    private List<ResourceInstance> CreateInstances()
    {
        List<ResourceInstance> created = [];
        Dependencies dependencies = new(notifications, resource => [.. _instances.Where(instance => instance.Resource == resource).Select(instance => instance.Id)]);
        InstanceContext context = new(host, notifications, dependencies, new ResourceEnvironment(executionContext), Logs, Report);
        foreach (IResource resource in model.Resources)
        {
            int depth = Depth(resource, []);
            switch (resource.Annotations.OfType<ResourceDriver>().LastOrDefault())
            {
                case ProcessDriver process when ByHandInstance.IsMeant(resource, host):
                    created.Add(new ByHandInstance(resource, ResourceInstance.NewId(resource.Name), depth, process, context));
                    break;
                case ProcessDriver process:
                    SharedPreparation preparation = new(process);
                    for (int replica = 0; replica < resource.GetReplicaCount(); replica++)
                        created.Add(new ProcessInstance(resource, ResourceInstance.NewId(resource.Name), depth, process, preparation, context));
                    break;
                case ValueDriver value:
                    created.Add(new ValueInstance(resource, value, depth, context));
                    break;
                default:
                    throw new DistributedApplicationException($"'{resource.Name}' is a {resource.GetType().Name}, which this host cannot run without real Aspire (AspireHosting=true).");
            }
        }

        foreach (ResourceInstance instance in created)
            notifications.Publish(instance.Resource, instance.Id, _ => new CustomResourceSnapshot
            {
                ResourceType = instance.Resource.Annotations.OfType<ResourceDriver>().Last().ResourceType,
                Properties = [],
                CreationTimeStamp = DateTime.UtcNow,
                State = KnownResourceStates.NotStarted,
                Urls = [.. Endpoints.Urls(instance.Resource)],
            });
        return created;
    }

    private static int Depth(IResource resource, HashSet<IResource> above)
    {
        if (!above.Add(resource)) throw new DistributedApplicationException($"'{resource.Name}' waits for itself.");
        IEnumerable<IResource> needed = resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource);
        if (resource is IResourceWithParent child) needed = needed.Append(child.Parent);
        int depth = needed.Select(dependency => Depth(dependency, above) + 1).DefaultIfEmpty(0).Max();
        above.Remove(resource);
        return depth;
    }

    private void Report(ResourceInstance instance, Exception why, bool fatal)
    {
        if (_stopping) return;
        if (fatal && !host.Testing)
        {
            Failure ??= why;
            lifetime.StopApplication();
        }
        else
        {
            host.Progress.Line($"{instance.Id}: {why.Message} (its output: {Logs.FileOf(instance.Resource)})");
        }
    }
}
