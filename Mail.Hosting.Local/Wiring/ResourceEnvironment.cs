using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Mail.Hosting.Local.Wiring;

/// <summary>The environment variables of one process: Aspire's run-mode contract.</summary>
internal sealed class ResourceEnvironment(DistributedApplicationExecutionContext executionContext)
{
    /// <param name="own">What the driver sets; the model's variables come after and win.</param>
    public async Task<IReadOnlyDictionary<string, string?>> ForProcessAsync(IResource resource, string id, IReadOnlyDictionary<string, string?> own, CancellationToken ct)
    {
        EnvironmentCallbackContext context = new(executionContext, resource, cancellationToken: ct);
        foreach (EnvironmentCallbackAnnotation annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>()) await annotation.Callback(context);

        Dictionary<string, string?> environment = new(own);
        if (resource is ProjectResource)
        {
            environment["OTEL_SERVICE_NAME"] = resource.Name;
            environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={id[(resource.Name.Length + 1)..]}";
            environment["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        }

        foreach (EndpointAnnotation endpoint in resource.Annotations.OfType<EndpointAnnotation>())
            if (endpoint is { EnvironmentVariable: { } variable, AllocatedEndpoint: { } allocated })
                environment[variable] = allocated.Port.ToString(CultureInfo.InvariantCulture);
        foreach ((string name, object value) in context.EnvironmentVariables) environment[name] = await TextAsync(value, ct);
        return environment;
    }

    private static async ValueTask<string?> TextAsync(object value, CancellationToken ct) => value switch
    {
        string text => text,
        ParameterResource parameter => await parameter.GetValueAsync(ct),
        EndpointReference endpoint => endpoint.Url,
        IResourceWithConnectionString resource => await resource.GetConnectionStringAsync(ct),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
