using Mail.Core.Mailboxes.Providers.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Mail.Core.Mailboxes.Providers;

public static class ProviderRegistration
{
    /// <summary>Every kind of provider that speaks HTTP, for a host that opens connections or describes them.</summary>
    public static IServiceCollection AddCloudMailboxProviders(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new ProviderLine(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IHostEnvironment>().IsDevelopment()));
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<MailboxProviderKind, SendGrid.SendGridKind>(),
            ServiceDescriptor.Singleton<MailboxProviderKind, Ses.SesKind>(),
            ServiceDescriptor.Singleton<MailboxProviderKind, Microsoft365.Microsoft365Kind>(),
            ServiceDescriptor.Singleton<MailboxProviderKind, Google.GoogleKind>(),
        ]);
        return services;
    }
}
