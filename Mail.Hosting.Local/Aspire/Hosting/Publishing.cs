using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;
using Aspire.Hosting.Kubernetes;

namespace Aspire.Hosting.Publishing
{
    /// <summary>Stands in for Aspire's type of this name, so that a <see cref="ParameterDefault"/> compiles. Nothing is published here.</summary>
    public sealed class ManifestPublishingContext(
        DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
    {
        public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

        public string ManifestPath { get; } = manifestPath;

        public Utf8JsonWriter Writer { get; } = writer;

        public CancellationToken CancellationToken { get; } = cancellationToken;
    }
}

namespace Aspire.Hosting.Docker
{
    /// <summary>Stands in for Aspire's type of this name. Publishing needs real Aspire; in run mode neither has an effect.</summary>
    public class DockerComposeEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource;
}

namespace Aspire.Hosting.Kubernetes
{
    /// <summary>Stands in for Aspire's type of this name. Publishing needs real Aspire; in run mode neither has an effect.</summary>
    public sealed class KubernetesEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource
    {
        /// <summary>emptyDir, hostpath or pvc.</summary>
        public string DefaultStorageType { get; set; } = "emptyDir";

        /// <summary>A Kubernetes quantity.</summary>
        public string DefaultStorageSize { get; set; } = "1Gi";
    }
}

namespace Aspire.Hosting
{
    /// <summary>Stands in for Aspire's type of this name.</summary>
    public static class DockerComposeEnvironmentExtensions
    {
        /// <summary>As in Aspire's run mode, the environment is not part of the model.</summary>
        public static IResourceBuilder<DockerComposeEnvironmentResource> AddDockerComposeEnvironment(this IDistributedApplicationBuilder builder, string name) =>
            builder.CreateResourceBuilder(new DockerComposeEnvironmentResource(name));
    }

    /// <summary>Stands in for Aspire's type of this name.</summary>
    public static class KubernetesEnvironmentExtensions
    {
        /// <summary>As in Aspire's run mode, the environment is not part of the model.</summary>
        public static IResourceBuilder<KubernetesEnvironmentResource> AddKubernetesEnvironment(this IDistributedApplicationBuilder builder, string name) =>
            builder.CreateResourceBuilder(new KubernetesEnvironmentResource(name));

        public static IResourceBuilder<KubernetesEnvironmentResource> WithProperties(
            this IResourceBuilder<KubernetesEnvironmentResource> builder, Action<KubernetesEnvironmentResource> configure)
        {
            configure(builder.Resource);
            return builder;
        }
    }
}
