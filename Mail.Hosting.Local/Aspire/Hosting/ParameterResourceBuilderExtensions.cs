using Aspire.Hosting.ApplicationModel;
using Mail.Hosting.Local.Parameters;
using Mail.Hosting.Local.Running;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Stands in for Aspire's type of this name.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A value that configuration must supply: <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        Add(builder, new ParameterResource(name, _ => Configured(builder, name) ?? throw new DistributedApplicationException(
            $"The parameter '{name}' has no value: set Parameters:{name} (environment variable {EnvironmentName(name)})."), secret));

    /// <summary>A constant; as in Aspire, configuration cannot override it.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        if (publishValueAsDefault && secret) throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret));
        return Add(builder, new ParameterResource(name, _ => value, secret));
    }

    /// <summary>
    /// A value of <c>Parameters:name</c>, else of <paramref name="value"/>. With <paramref name="persist"/> the default is asked once and kept in
    /// <c>.local/parameters.json</c> (real Aspire: in the user secrets).
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        if (persist) value = new StoredParameterDefault(LocalHost.Of(builder).Parameters, name, value);
        return Add(builder, new ParameterResource(name, _ => Configured(builder, name) ?? value.GetDefaultValue(), secret) { Default = value });
    }

    internal static string EnvironmentName(string name) => $"Parameters__{name.Replace('-', '_')}";

    private static string? Configured(IDistributedApplicationBuilder builder, string name)
    {
        IConfigurationSection parameters = builder.Configuration.GetSection("Parameters");
        string? value = parameters[name] ?? parameters[name.Replace('-', '_')];
        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static IResourceBuilder<ParameterResource> Add(IDistributedApplicationBuilder builder, ParameterResource parameter) =>
        builder.AddResource(parameter).WithAnnotation(new ParameterDriver(parameter));
}
