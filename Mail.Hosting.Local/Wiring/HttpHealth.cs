using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Running;

namespace Mail.Hosting.Local.Wiring;

/// <summary>Health by HTTP, as WithHttpHealthCheck asks for it.</summary>
internal static class HttpHealth
{
    private static readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) });

    public static HealthProbe Probe(IResourceWithEndpoints resource, string path, int statusCode, string? endpointName) =>
        new($"{resource.Name}_{endpointName ?? "http"}_{path}_{statusCode}_check", async ct =>
        {
            string[] wanted = endpointName is null ? ["http", "https"] : [endpointName];
            EndpointReference endpoint = wanted.Select(name => new EndpointReference(resource, name)).FirstOrDefault(candidate => candidate.Exists)
                ?? throw new LocalHostException($"'{resource.Name}' has a health check but no endpoint '{endpointName ?? "http"}': give its launchSettings.json an applicationUrl.");
            return await GetAsync(new Uri(new Uri(endpoint.Url), path), statusCode, ct);
        });

    /// <returns>Null if the address answers with the status.</returns>
    public static async Task<string?> GetAsync(Uri address, int statusCode, CancellationToken ct)
    {
        try
        {
            using HttpResponseMessage answer = await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, ct);
            return (int)answer.StatusCode == statusCode ? null : $"{address.AbsolutePath} answers {(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"{address.AbsolutePath}: {e.Message}";
        }
    }
}
