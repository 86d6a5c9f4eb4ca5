using Mail.Core.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Codes;

public static class CodeRegistration
{
    /// <summary>Needs an NpgsqlDataSource, Data Protection and a TimeProvider.</summary>
    public static IServiceCollection AddCodes(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CodeOptions>, CodeOptionsValidator>();
        services.AddOptions<CodeOptions>().BindConfiguration("Codes", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.TryAddSingleton<InstallationKeys>();
        services.TryAddSingleton<CodeStore>();
        return services;
    }
}
