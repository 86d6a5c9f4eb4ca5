using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Inbox;

namespace Aspire.Hosting;

/// <summary>Stands in for the Community Toolkit's type of this name.</summary>
public static class MailPitHostingExtension
{
    /// <summary>An inbox that takes every mail and shows it; here MailDev from npm.</summary>
    public static IResourceBuilder<MailPitContainerResource> AddMailPit(
        this IDistributedApplicationBuilder builder, string name, int? httpPort = null, int? smtpPort = null)
    {
        MailPitContainerResource inbox = new(name);
        return builder.AddResource(inbox)
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "http", name: MailPitContainerResource.HttpEndpointName, port: httpPort, targetPort: 8025))
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "smtp", name: MailPitContainerResource.SmtpEndpointName, port: smtpPort, targetPort: 1025))
            .WithAnnotation(new MailDevDriver(inbox));
    }
}
