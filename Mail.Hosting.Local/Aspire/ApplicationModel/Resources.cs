namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: one named part of the distributed application.</summary>
public interface IResource
{
    /// <summary>ASCII letters, digits and single hyphens; unique without regard to case.</summary>
    string Name { get; }

    /// <summary>Everything that was said about the resource: endpoints, environment, waits, replicas.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>Stands in for Aspire's type of this name: a resource whose processes take environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>Stands in for Aspire's type of this name: a resource whose processes take arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>Stands in for Aspire's type of this name: a resource that listens.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>Stands in for Aspire's type of this name: a resource that can wait for others.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>Stands in for Aspire's type of this name: a resource that belongs to another one.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The owner; it starts first.</summary>
    IResource Parent { get; }
}

/// <summary>Stands in for Aspire's type of this name: a resource that belongs to one of type <typeparamref name="T"/>.</summary>
public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    /// <summary>The owner; it starts first.</summary>
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}

/// <summary>Stands in for Aspire's type of this name: a resource that others reach through a connection string.</summary>
public interface IResourceWithConnectionString : IResource
{
    /// <summary>The connection string of the running resource.</summary>
    /// <exception cref="InvalidOperationException">Its port is not known yet: the application has not started.</exception>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
}

/// <summary>Stands in for Aspire's type of this name: a resource that computes, as opposed to a parameter.</summary>
public interface IComputeResource : IResource;

/// <summary>Stands in for Aspire's type of this name: a place to publish to. Without meaning for plain processes.</summary>
public interface IComputeEnvironmentResource : IResource;

/// <summary>Stands in for Aspire's type of this name: the base of every resource.</summary>
public abstract class Resource : IResource
{
    protected Resource(string name)
    {
        ResourceNames.Check(name);
        Name = name;
    }

    /// <inheritdoc/>
    public virtual string Name { get; }

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} {Name}";
}

/// <summary>Stands in for Aspire's type of this name. Real Aspire runs a container; here a plain process takes its place.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>Only for containers; kept so that the type reads as Aspire's does.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}

/// <summary>Stands in for Aspire's type of this name: one .NET project of the solution, run with <c>dotnet</c>.</summary>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IComputeResource;
