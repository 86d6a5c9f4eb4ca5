using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Stands in for Aspire's type of this name: collects the resources of the application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>appsettings.json of the AppHost, environment variables, command line.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the AppHost's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>The assembly that holds the AppHost's program.</summary>
    Assembly? AppHostAssembly { get; }

    IHostEnvironment Environment { get; }

    IServiceCollection Services { get; }

    IDistributedApplicationEventing Eventing { get; }

    DistributedApplicationExecutionContext ExecutionContext { get; }

    IResourceCollection Resources { get; }

    /// <summary>Puts the resource into the model.</summary>
    /// <exception cref="DistributedApplicationException">Another resource has that name.</exception>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>A builder for a resource that is, or shall not be, in the model.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;

    DistributedApplication Build();
}

/// <summary>Stands in for Aspire's type of this name.</summary>
public enum DistributedApplicationOperation
{
    Run,

    /// <summary>Only real Aspire publishes.</summary>
    Publish,
}

/// <summary>Stands in for Aspire's type of this name. Plain processes are only ever run.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    public DistributedApplicationOperation Operation { get; } = operation;

    public bool IsRunMode => Operation is DistributedApplicationOperation.Run;

    public bool IsPublishMode => Operation is DistributedApplicationOperation.Publish;
}

/// <summary>Stands in for Aspire's type of this name: names a project of the solution. Its classes are generated, <c>Projects.Mail_Api</c> for Mail.Api.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }

    /// <summary>True when building the AppHost has built the project.</summary>
    bool SuppressBuild => false;
}

/// <summary>Stands in for Aspire's type of this name: a resource whose HTTP address others learn from their environment.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
