using Mail.Core.Accounts;
using Mail.Core.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mail.Core.Projects;

public static class ProjectRegistration
{
    /// <summary>Projects, their keys and the people who work in them. Needs alerts.</summary>
    public static IServiceCollection AddProjects(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddSingleton<ApiKeyLookup>();
        services.AddSingleton<SignInThrottle>();
        services.AddOptions<BootstrapOptions>().BindConfiguration("Bootstrap", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BootstrapOptions>, BootstrapValidator>();
        services.AddScoped<Bootstrap>();
        services.AddScoped<LeaverKeys>();
        services.AddScoped<ApiKeySetup>();
        services.AddScoped<MemberSetup>();
        services.AddScoped<ProjectSetup>();
        services.AddIdentityCore<User>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // NIST SP 800-63B §5.1.1.2: length, not character classes.
                identity.Password.RequiredLength = 12;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddEntityFrameworkStores<MailDbContext>();
        return services;
    }
}
