using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>One thing that runs: a replica of a project, a server, or a resource without a process.</summary>
internal abstract class ResourceInstance(IResource resource, string id, int depth, ResourceNotificationService notifications) : IDisposable
{
    public IResource Resource { get; } = resource;

    public string Id { get; } = id;

    /// <summary>How many resources must be there first, one after the other; stopping goes from the deepest to the shallowest.</summary>
    public int Depth { get; } = depth;

    public CustomResourceSnapshot Snapshot => notifications.TryGetCurrentState(Id, out ResourceEvent? known)
        ? known.Snapshot
        : throw new InvalidOperationException($"{Id} has not been announced.");

    /// <summary>As in real Aspire, the id of a process is the resource's name and eight random letters.</summary>
    public static string NewId(string name) => $"{name}-{new string(RandomNumberGenerator.GetItems<char>("abcdefghjkmnpqrstuvwxyz", 8))}";

    /// <summary>Puts the instance on its way; returns at once.</summary>
    public abstract void Start();

    /// <summary>Returns when nothing of the instance runs any more.</summary>
    public abstract Task StopAsync();

    public abstract void Dispose();

    protected void Publish(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => notifications.Publish(Resource, Id, change);
}
