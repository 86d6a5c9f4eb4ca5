using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mail.Core.Templates;

/// <summary>Registers the templates in a host.</summary>
public static class TemplateServices
{
    /// <summary>The catalog and the renderer, one of each, with section "Templates".</summary>
    public static IServiceCollection AddTemplates(this IServiceCollection services)
    {
        services.AddOptions<TemplateOptions>().BindConfiguration("Templates", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TemplateOptions>, TemplateOptionsValidator>();
        return services.AddSingleton<TemplateCatalog>().AddSingleton<TemplateRenderer>();
    }
}
