using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>A resource without a process: created once, as soon as what it belongs to is ready.</summary>
internal sealed class ValueInstance(IResource resource, ValueDriver driver, int depth, InstanceContext context)
    : ResourceInstance(resource, resource.Name, depth, context.Notifications)
{
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    public override void Start() => running = Task.Run(RunAsync);

    public override async Task StopAsync()
    {
        await stopping.CancelAsync();
        await running;
    }

    public override void Dispose() => stopping.Dispose();

    private async Task RunAsync()
    {
        try
        {
            if (Resource is IResourceWithParent child)
            {
                Publish(now => now with { State = KnownResourceStates.Waiting });
                await context.Dependencies.WaitUntilHealthyAsync(child.Parent, stopping.Token);
            }

            await driver.CreateAsync(context.Host, stopping.Token);
            IReadOnlyList<ResourcePropertySnapshot> properties = await driver.PropertiesAsync(stopping.Token);
            Publish(now => now with { State = driver.ReadyState, StartTimeStamp = DateTime.UtcNow, Properties = [.. properties] });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // Whatever it is, the developer must see it and the waiting resources must not hang.
            Publish(now => now with { State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error), Reason = e.Message, Properties = ImmutableArray<ResourcePropertySnapshot>.Empty });
            context.Failed(this, e, e is not DependencyFailedException);
        }
    }
}
