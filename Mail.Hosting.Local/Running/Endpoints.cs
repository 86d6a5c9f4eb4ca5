using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Running;

/// <summary>Gives every endpoint of a resource its port.</summary>
internal static class Endpoints
{
    private const string Loopback = "localhost";

    public static void Allocate(IResource resource, LocalHost host)
    {
        foreach (EndpointAnnotation endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            int port = host.Ports.Take(endpoint.Port);
            if (endpoint.Port is { } wanted && port != wanted && !host.Testing)
                host.Progress.Line($"Port {wanted} is taken by another program: {resource.Name} ({endpoint.Name}) listens on {port}");
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, Loopback, port);
        }
    }

    public static IEnumerable<UrlSnapshot> Urls(IResource resource) => resource.Annotations.OfType<EndpointAnnotation>()
        .Where(endpoint => endpoint.AllocatedEndpoint is not null)
        .Select(endpoint => new UrlSnapshot(endpoint.Name, endpoint.AllocatedEndpoint!.UriString, IsInternal: endpoint.UriScheme is not ("http" or "https")));
}
