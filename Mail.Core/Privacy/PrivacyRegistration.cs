using Mail.Core.Suppressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Privacy;

public static class PrivacyRegistration
{
    /// <summary>Erasing and exporting what is known of a person. Needs the database and Data Protection.</summary>
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddSuppressions();
        services.AddSingleton<ErasureStore>();
        services.AddSingleton(provider => new Erasures(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<ErasureStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Erasures>>()));
        services.AddSingleton<PersonExport>();
        return services;
    }

    /// <summary>For a host that runs in the background: what the asker does not wait for.</summary>
    public static IServiceCollection AddErasureLoop(this IServiceCollection services) => services.AddPrivacy().AddHostedService<ErasureLoop>();
}
