using Mail.Hosting.Local.Wiring;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for the Community Toolkit's type of this name: an inbox for development, with endpoints "smtp" and "http".</summary>
public sealed class MailPitContainerResource(string name) : ContainerResource(name), IResourceWithConnectionString, IConnectionProperties
{
    internal const string HttpEndpointName = "http";
    internal const string SmtpEndpointName = "smtp";

    public EndpointReference PrimaryEndpoint => new(this, SmtpEndpointName);

    private string Address => $"smtp://{PrimaryEndpoint.Host}:{PrimaryEndpoint.Port}";

    /// <summary><c>Endpoint=smtp://host:port</c></summary>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>($"Endpoint={Address}");

    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> IConnectionProperties.GetAsync(CancellationToken ct) =>
        ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>([new("HOST", PrimaryEndpoint.Host), new("PORT", $"{PrimaryEndpoint.Port}"), new("URI", Address)]);
}
