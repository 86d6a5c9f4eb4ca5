using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Cache;

namespace Aspire.Hosting;

/// <summary>Stands in for Aspire's type of this name.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>A server of the Redis protocol; here Garnet. It keeps nothing between starts, and without a password of its own it gets a generated one.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ParameterResource secret = password?.Resource
            ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true).Resource;
        RedisResource redis = new(name, secret);
        return builder.AddResource(redis)
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, name: RedisResource.PrimaryEndpointName, port: port, targetPort: 6379))
            .WithAnnotation(new GarnetDriver(redis));
    }
}
