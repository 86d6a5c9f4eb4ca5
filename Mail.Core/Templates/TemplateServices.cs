using Jering.Javascript.NodeJS;
using Mail.Core.Templates.Editing;
using Mail.Core.Templates.Environments;
using Mail.Core.Templates.Mjml;
using Mail.Core.Templates.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mail.Core.Templates;

/// <summary>Registers the templates in a host.</summary>
public static class TemplateServices
{
    /// <summary>The catalog and the renderer, one of each, with section "Templates".</summary>
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddOptions<TemplateOptions>().BindConfiguration("Templates", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TemplateOptions>, TemplateOptionsLimits>().AddSingleton<IValidateOptions<TemplateOptions>, TemplateOptionsValidator>();
        services.TryAddSingleton<TemplateCatalog>();
        services.TryAddSingleton<TemplateRenderer>();
        services.TryAddSingleton<TemplateStore>();
        services.TryAddSingleton<TemplateDirectory>();
        return services;
    }

    /// <summary>Editing and publishing templates, for the host that people talk to.</summary>
    public static IServiceCollection AddTemplatePublishing(this IServiceCollection services)
    {
        services.AddTemplates();
        services.AddNodeJS();
        services.AddLogging(logging => logging.AddFilter("System.Net.Http.HttpClient.IHttpClientService", LogLevel.Warning)); // its talk with its own process
        services.Configure<OutOfProcessNodeJSServiceOptions>(options => options.NumRetries = 0); // what failed once with the same source fails again
        return services.AddSingleton<MjmlCompiler>().AddSingleton<TemplateBuilder>().AddSingleton<LayoutStore>().AddSingleton<TemplateSetup>().AddSingleton<TemplateEnvironments>();
    }
}
