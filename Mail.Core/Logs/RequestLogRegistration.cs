using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mail.Core.Logs;

public static class RequestLogRegistration
{
    /// <summary>For a host that takes calls; before its servers, so that it stops after them. Needs an NpgsqlDataSource.</summary>
    public static IServiceCollection AddRequestLogs(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<RequestLogOptions>, RequestLogOptionsValidator>();
        services.AddOptions<RequestLogOptions>().BindConfiguration("RequestLogs", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<RequestLog>();
        services.AddHostedService(provider => provider.GetRequiredService<RequestLog>());
        services.AddSingleton<RequestLogReader>();
        return services;
    }
}
