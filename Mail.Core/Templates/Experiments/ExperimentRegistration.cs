using Mail.Core.Templates.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mail.Core.Templates.Experiments;

public static class ExperimentRegistration
{
    /// <summary>For the host that people talk to.</summary>
    public static IServiceCollection AddExperiments(this IServiceCollection services)
    {
        services.TryAddSingleton<ExperimentStore>();
        services.TryAddSingleton<ResultReader>();
        services.TryAddSingleton(provider => new ExperimentSetup(
            provider.GetRequiredService<ExperimentStore>(), provider.GetRequiredService<ResultReader>(), provider.GetRequiredService<TemplateStore>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ExperimentSetup>>()));
        return services;
    }

    /// <summary>For a host that runs in the background: rules that choose a winner.</summary>
    public static IServiceCollection AddWinnerRules(this IServiceCollection services)
    {
        services.TryAddSingleton<ResultReader>();
        services.TryAddSingleton(provider => new WinnerRules(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<ResultReader>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WinnerRules>>()));
        return services.AddHostedService<WinnerRuleLoop>();
    }
}
