using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Wiring;

namespace Mail.Hosting.Local.Running;

/// <summary>What an instance needs from the application around it.</summary>
/// <param name="Failed">Told of a failed start; "fatal" means that the system is of no use without the resource.</param>
internal sealed record InstanceContext(
    LocalHost Host,
    ResourceNotificationService Notifications,
    Dependencies Dependencies,
    ResourceEnvironment Environment,
    LogBook Logs,
    Action<ResourceInstance, Exception, bool> Failed);

/// <summary>Waits for what a resource names in WaitFor.</summary>
internal sealed class Dependencies(ResourceNotificationService notifications, Func<IResource, IReadOnlyList<string>> idsOf)
{
    public static bool AnyOf(IResource resource) => resource.Annotations.OfType<WaitAnnotation>().Any();

    public async Task WaitForAllAsync(IResource resource, CancellationToken ct)
    {
        foreach (WaitAnnotation wait in resource.Annotations.OfType<WaitAnnotation>()) await WaitUntilHealthyAsync(wait.Resource, ct);
    }

    /// <summary>Waits for every replica.</summary>
    /// <exception cref="DependencyFailedException">The dependency ended, and there is no dashboard to start it again.</exception>
    public async Task WaitUntilHealthyAsync(IResource dependency, CancellationToken ct)
    {
        foreach (string id in idsOf(dependency))
        {
            try
            {
                await notifications.WaitForResourceHealthyAsync(id, ct);
            }
            catch (Aspire.Hosting.DistributedApplicationException e)
            {
                throw new DependencyFailedException(e.Message, e);
            }
        }
    }
}

/// <summary>Not a failure of the resource itself: what it waited for has failed and was reported already.</summary>
internal sealed class DependencyFailedException(string message, Exception inner) : Exception(message, inner);
