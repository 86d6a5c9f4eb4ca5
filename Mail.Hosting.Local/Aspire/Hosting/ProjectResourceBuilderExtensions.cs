using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Projects;

namespace Aspire.Hosting;

/// <summary>Stands in for Aspire's type of this name.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>A project of the solution. Its first launch profile gives environment variables and, by applicationUrl, endpoints.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        TProject metadata = new();
        IResourceBuilder<ProjectResource> project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        LaunchProfile? profile = LaunchProfile.Of(metadata.ProjectPath);
        foreach (EndpointAnnotation endpoint in profile?.Endpoints() ?? []) project.WithAnnotation(endpoint);
        return project.WithAnnotation(new ProjectDriver(project.Resource, metadata, typeof(TProject).Assembly, profile));
    }

    /// <summary>Runs the project several times. Without a proxy only a project without endpoints can be.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }
}
