using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Wiring;

/// <summary>The variables that WithReference sets, in the names and forms of Aspire.</summary>
internal static class ReferenceVariables
{
    public static async Task AddConnectionAsync(EnvironmentCallbackContext context, IResourceWithConnectionString source, string name, bool optional)
    {
        string? connection = await source.GetConnectionStringAsync(context.CancellationToken);
        if (string.IsNullOrEmpty(connection))
        {
            if (optional) return;
            throw new DistributedApplicationException($"'{source.Name}' has no connection string for '{context.Resource.Name}'.");
        }

        context.EnvironmentVariables[$"ConnectionStrings__{name}"] = connection;
        if (source is not IConnectionProperties properties) return;
        foreach ((string part, string value) in await properties.GetAsync(context.CancellationToken))
            context.EnvironmentVariables[$"{Encode(name)}_{part}"] = value;
    }

    public static void AddEndpoints(EnvironmentCallbackContext context, IResourceWithServiceDiscovery source)
    {
        Dictionary<string, int> seen = [];
        foreach (EndpointAnnotation endpoint in source.Annotations.OfType<EndpointAnnotation>())
        {
            string key = endpoint.Name is "http" or "https" ? endpoint.UriScheme : endpoint.Name;
            int index = seen.GetValueOrDefault(key);
            seen[key] = index + 1;
            EndpointReference reference = new(source, endpoint.Name);
            context.EnvironmentVariables[string.Create(CultureInfo.InvariantCulture, $"services__{source.Name}__{key}__{index}")] = reference;
            context.EnvironmentVariables[$"{Encode(source.Name)}_{Encode(endpoint.Name)}"] = reference;
        }
    }

    /// <summary>A name as an environment variable can hold it.</summary>
    private static string Encode(string name)
    {
        string encoded = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : '_'));
        return encoded.Length > 0 && char.IsAsciiDigit(encoded[0]) ? $"_{encoded}" : encoded;
    }
}
