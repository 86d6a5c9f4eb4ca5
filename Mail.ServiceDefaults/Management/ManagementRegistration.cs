using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mail.ServiceDefaults.Management;

internal static class ManagementRegistration
{
    public static void AddManagement(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<IValidateOptions<ManagementOptions>, ManagementOptionsValidator>();
        builder.Services.AddOptions<ManagementOptions>().BindConfiguration(ManagementOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        if (builder.HasManagementPort()) builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ManagementServer>()); // what starts first stops last: a drain can be watched
    }

    /// <summary>Whether anybody may come and ask for metrics.</summary>
    public static bool HasManagementPort(this IHostApplicationBuilder builder) => builder.Configuration[$"{ManagementOptions.Section}:{nameof(ManagementOptions.Port)}"] is { Length: > 0 } port && port != "0";
}
