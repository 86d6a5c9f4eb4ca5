using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>A resource without a process: created once, as soon as what it belongs to is ready.</summary>
internal sealed class ValueInstance(IResource resource, ValueDriver driver, int depth, InstanceContext context)
    : ResourceInstance(resource, resource.Name, depth, context.Notifications)
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public override void Start() => _running = Task.Run(RunAsync);

    public override async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public override void Dispose() => _stopping.Dispose();

    private async Task RunAsync()
    {
        try
        {
            if (Resource is IResourceWithParent child)
            {
                Publish(now => now with { State = KnownResourceStates.Waiting });
                await context.Dependencies.WaitUntilHealthyAsync(child.Parent, _stopping.Token);
            }

            await driver.CreateAsync(context.Host, _stopping.Token);
            IReadOnlyList<ResourcePropertySnapshot> properties = await driver.PropertiesAsync(_stopping.Token);
            Publish(now => now with { State = driver.ReadyState, StartTimeStamp = DateTime.UtcNow, Properties = [.. properties] });
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
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
