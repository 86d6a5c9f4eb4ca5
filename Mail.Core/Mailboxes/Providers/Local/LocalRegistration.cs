using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mail.Core.Mailboxes.Providers.Local;

public static class LocalRegistration
{
    /// <summary>Mailboxes on this installation. May be called twice. Needs the database, API keys, domains and BASE_URL.</summary>
    public static IServiceCollection AddLocalMailboxes(this IServiceCollection services)
    {
        services.TryAddSingleton<LocalMailboxes>();
        services.TryAddSingleton<LocalInbox>();
        services.TryAddSingleton<MailboxLogins>();
        services.TryAddSingleton<SubmissionAddress>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MailboxProviderKind, LocalKind>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SubmissionAddressOptions>, SubmissionAddressOptionsValidator>());
        services.AddOptions<SubmissionAddressOptions>().BindConfiguration("MailboxSubmission", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        return services;
    }
}
