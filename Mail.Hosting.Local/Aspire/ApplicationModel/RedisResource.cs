using Mail.Hosting.Local.Wiring;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Stands in for Aspire's type of this name: a server of the Redis protocol, without TLS.</summary>
public class RedisResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString, IConnectionProperties
{
    internal const string PrimaryEndpointName = "tcp";

    public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

    public ParameterResource? PasswordParameter { get; } = password;

    /// <inheritdoc/>
    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        $"{PrimaryEndpoint.Host}:{PrimaryEndpoint.Port},password={await PasswordParameter!.GetValueAsync(cancellationToken)}";

    async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> IConnectionProperties.GetAsync(CancellationToken ct)
    {
        string secret = await PasswordParameter!.GetValueAsync(ct) ?? "";
        return
        [
            new("HOST", PrimaryEndpoint.Host),
            new("PORT", $"{PrimaryEndpoint.Port}"),
            new("PASSWORD", secret),
            new("URI", $"redis://:{Uri.EscapeDataString(secret)}@{PrimaryEndpoint.Host}:{PrimaryEndpoint.Port}"),
        ];
    }
}
