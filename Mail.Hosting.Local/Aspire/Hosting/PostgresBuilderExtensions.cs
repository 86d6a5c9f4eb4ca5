using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Postgres;

namespace Aspire.Hosting;

/// <summary>Stands in for Aspire's type of this name.</summary>
public static class PostgresBuilderExtensions
{
    /// <summary>A PostgreSQL server: this machine's own binaries, or those of an npm package. Without a data volume its data end with the application, so it does not wait for the disk (fsync off): a benchmark needs a volume.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        ParameterResource secret = password?.Resource
            ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true).Resource;
        PostgresServerResource server = new(name, userName?.Resource, secret);
        return builder.AddResource(server)
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, name: PostgresServerResource.PrimaryEndpointName, port: port, targetPort: 5432))
            .WithAnnotation(new PostgresServerDriver(server));
    }

    /// <summary>Keeps the data between starts: in <c>.local/data/name/major-version</c> (tests: in their own temporary folder).</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        if (isReadOnly) throw new NotSupportedException("A read-only data volume needs real Aspire.");
        return builder.WithAnnotation(new DataVolume(name ?? $"{builder.Resource.Name}-data"), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>A database of the server, created as soon as the server is ready.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        PostgresDatabaseResource database = new(name, databaseName ?? name, builder.Resource);
        return builder.ApplicationBuilder.AddResource(database).WithAnnotation(new PostgresDatabaseDriver(database));
    }
}
